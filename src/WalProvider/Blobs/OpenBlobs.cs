namespace WalProvider;

/// <summary>The blobs that are open on a session, to be closed where their owner is lost.</summary>
/// <remarks>Guarded by the session's lock. It knows of each only how to take the engine's handle from it.</remarks>
internal sealed class OpenBlobs
{
    private readonly List<Action> _abandoning = [];

    /// <summary>Notes a blob.</summary>
    internal void Add(Action abandon) => _abandoning.Add(abandon);

    /// <summary>Forgets a blob that was closed.</summary>
    internal void Remove(Action abandon) => _abandoning.Remove(abandon);

    /// <summary>Takes the engine's handles away, so that none keeps a snapshot or a lock, or stands in the way of a COMMIT.</summary>
    internal void Abandon()
    {
        while (_abandoning.Count > 0)
        {
            _abandoning[^1]();
        }
    }
}
