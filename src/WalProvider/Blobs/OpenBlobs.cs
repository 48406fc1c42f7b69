namespace WalProvider;

/// <summary>The blobs that are open on a session, to be closed where their owner is lost.</summary>
/// <remarks>Guarded by the session's lock.</remarks>
internal sealed class OpenBlobs
{
    private readonly List<BlobHandle> _blobs = [];

    /// <summary>Notes a blob.</summary>
    internal void Add(BlobHandle blob) => _blobs.Add(blob);

    /// <summary>Forgets a blob that was closed.</summary>
    internal void Remove(BlobHandle blob) => _blobs.Remove(blob);

    /// <summary>Takes the engine's handles away, so that none keeps a snapshot or a lock, or stands in the way of a COMMIT.</summary>
    internal void Abandon()
    {
        while (_blobs.Count > 0)
        {
            _blobs[^1].Abandon();
        }
    }
}
