namespace WalProvider;

/// <summary>Copies one open database over another.</summary>
internal static class CopyRun
{
    /// <summary>Copies.</summary>
    /// <exception cref="ArgumentException">Both are the same database.</exception>
    internal static async ValueTask Copy(
        LiveDatabase source, LiveDatabase destination, IProgress<BackupProgress>? progress, bool async, CancellationToken cancellationToken)
    {
        if (IsSame(source, destination))
        {
            throw new ArgumentException("The destination is the same database as the source.", nameof(destination));
        }

        await source.CommitBatch(async, cancellationToken).ConfigureAwait(false);
        var wait = new BusyWait();
        wait.Restart(source.BusyTimeout);
        using var pinned = CopySource.Open(source);
        await pinned.Pin(wait, async, cancellationToken).ConfigureAwait(false);
        await new DatabaseOverwrite(destination, progress, async, cancellationToken).CopyFrom(pinned).ConfigureAwait(false);
    }

    private static bool IsSame(LiveDatabase one, LiveDatabase other)
        => one.FilePath is { } path && other.FilePath is { } otherPath
            ? RealPath.Resolve(path) == RealPath.Resolve(otherPath)
            : ReferenceEquals(one.Db, other.Db);
}
