using System.Diagnostics;

namespace WalProvider;

/// <summary>One backup: copies a database to a file beside the destination, verifies it, and lets it take its name.</summary>
/// <param name="database">What is backed up.</param>
/// <param name="options">How.</param>
/// <param name="progress">Told after each step; null for nobody.</param>
/// <param name="async">Whether waits leave the thread free.</param>
/// <param name="cancellationToken">Ends it, with nothing left behind.</param>
internal sealed class BackupRun(
    LiveDatabase database, BackupOptions options, IProgress<BackupProgress>? progress, bool async, CancellationToken cancellationToken)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _pages;
    private int _pageSize;

    /// <summary>Backs up to a file.</summary>
    internal async ValueTask<BackupResult> ToFile(string path)
    {
        options.Check();
        cancellationToken.ThrowIfCancellationRequested();
        var destination = BackupDestination.Resolve(path, database.FilePath, options.Overwrite);
        using var pending = PendingFile.Create(destination);
        await CopyTo(pending.Path).ConfigureAwait(false);
        Verify(pending.Path);
        var checksum = options.Checksum ? ChecksumFile.Compute(pending.Path, cancellationToken) : null;
        cancellationToken.ThrowIfCancellationRequested();
        BackupPublication.Publish(pending, destination, checksum, Permissions(), options.Overwrite);
        return Result(path, new FileInfo(destination).Length, checksum);
    }

    private async ValueTask CopyTo(string path)
    {
        if (options.CommitPendingBatch)
        {
            await database.CommitBatch(async, cancellationToken).ConfigureAwait(false);
        }

        using (var source = CopySource.Open(database))
        {
            await source.Pin(async, cancellationToken).ConfigureAwait(false);
            await OnlineBackup.Copy(source, path, database.BusyTimeout, options, progress, async, cancellationToken).ConfigureAwait(false);
            (_pages, _pageSize) = (source.PageCount, source.PageSize);
        }

        DatabaseHeader.SetJournalMode(path, options.JournalMode);
    }

    private void Verify(string path)
    {
        if (DatabaseCheck.FindDamage(path, options.Verification, cancellationToken) is { } damage)
        {
            throw new BackupException(
                BackupFailure.SourceDamaged,
                $"The database '{database.FilePath ?? ":memory:"}' is damaged, so that its backup would be too; no backup was written. "
                + $"SQLite says: {damage}. Restore an older backup, or copy with Verification None to save what can be read.");
        }
    }

    private UnixFileMode? Permissions()
        => database.FilePath is { } path && !OperatingSystem.IsWindows() ? File.GetUnixFileMode(path) : null;

    private BackupResult Result(string? path, long bytes, string? checksum)
        => new(path, _pages, _pageSize, bytes, checksum, options.Verification, Stopwatch.GetElapsedTime(_started));
}
