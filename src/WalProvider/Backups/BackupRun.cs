using System.Diagnostics;

namespace WalProvider;

/// <summary>
/// One backup: the engine copies the database to a file that nobody knows yet, which is verified, encoded where that was
/// asked for, and then takes its name or goes to a stream.
/// </summary>
/// <remarks>
/// A stream gets a snapshot of a WAL database straight (<see cref="SnapshotStream"/>). With a rollback journal writers would
/// wait for the stream, VACUUM reads again what it has written, and a database in memory cannot be pinned: there the copy
/// is made in a temporary file, and sent when the database is free again.
/// </remarks>
/// <param name="database">What is backed up.</param>
/// <param name="options">How.</param>
/// <param name="progress">Told after each step; null for nobody.</param>
/// <param name="async">Whether waits leave the thread free.</param>
/// <param name="cancellationToken">Ends it, with nothing left behind.</param>
internal sealed class BackupRun(
    LiveDatabase database, BackupOptions options, IProgress<BackupProgress>? progress, bool async, CancellationToken cancellationToken)
{
    private const string TemporaryName = "walprovider-backup";

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly BusyWait _wait = new();
    private long _pages;
    private int _pageSize;

    /// <summary>Backs up to a file.</summary>
    internal async ValueTask<BackupResult> ToFile(string path)
    {
        options.Check();
        cancellationToken.ThrowIfCancellationRequested();
        var destination = BackupDestination.Resolve(path, database.FilePath, options.Overwrite);
        using var copy = PendingFile.Create(destination);
        await Copy(copy.Path).ConfigureAwait(false);
        if (options.IsPlain)
        {
            var checksum = options.Checksum ? ChecksumFile.Compute(copy.Path, cancellationToken) : null;
            return Publish(path, copy, destination, checksum);
        }

        using var encoded = PendingFile.Create(destination);
        var sha256 = await Encode(copy.Path, encoded.Path).ConfigureAwait(false);
        return Publish(path, encoded, destination, sha256);
    }

    /// <summary>Backs up to a stream, which is neither flushed nor closed.</summary>
    internal async ValueTask<BackupResult> ToStream(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (!destination.CanWrite)
        {
            throw new ArgumentException("The stream cannot be written.", nameof(destination));
        }

        options.Check();
        cancellationToken.ThrowIfCancellationRequested();
        return await SendSnapshot(destination).ConfigureAwait(false) ?? await SendCopy(destination).ConfigureAwait(false);
    }

    /// <summary>Backs up to a target, and its checksum beside it.</summary>
    internal async ValueTask<BackupResult> ToTarget(IBackupTarget target, string name)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (target is FileBackupTarget folder)
        {
            return await ToFile(folder.PathOf(name)).ConfigureAwait(false);
        }

        BackupResult? result = null;
        var checksumName = ChecksumFile.PathFor(name);
        // An older one would call the new backup damaged.
        await target.DeleteAsync(checksumName, cancellationToken).ConfigureAwait(false);
        await target.WriteAsync(name, async (stream, _) => result = await ToStream(stream).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (result!.Sha256 is { } sha256)
        {
            var line = System.Text.Encoding.UTF8.GetBytes(ChecksumFile.Format(sha256, name));
            await target.WriteAsync(checksumName, (stream, token) => stream.WriteAsync(line, token).AsTask(), cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    private async ValueTask<BackupResult?> SendSnapshot(Stream destination)
    {
        if (options.TemporaryFolder is not null || options.Mode != BackupMode.Online || database.FilePath is null || !SinkDatabase.IsSupported)
        {
            return null;
        }

        await Begin().ConfigureAwait(false);
        using var source = CopySource.Open(database);
        if (!await source.HasWal(_wait, async, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        await source.Pin(_wait, async, cancellationToken).ConfigureAwait(false);
        var snapshot = new SnapshotStream(source, options, database.BusyTimeout, async, cancellationToken);
        if (!await snapshot.Prepare().ConfigureAwait(false))
        {
            return null;
        }

        Refuse(DatabaseCheck.FindDamage(source.Db, options.Verification, cancellationToken));
        var (bytes, sha256) = await new BackupEncoder(options, async, cancellationToken)
            .Write(stream => snapshot.Write(stream, progress), destination).ConfigureAwait(false);
        (_pages, _pageSize) = (snapshot.Length / source.PageSize, source.PageSize);
        return Result(null, bytes, sha256);
    }

    private async ValueTask<BackupResult> SendCopy(Stream destination)
    {
        using var copy = PendingFile.Create(Path.Combine(TemporaryFolder.Resolve(options.TemporaryFolder), TemporaryName));
        await Copy(copy.Path).ConfigureAwait(false);
        var (bytes, sha256) = await new BackupEncoder(options, async, cancellationToken).Write(copy.Path, destination).ConfigureAwait(false);
        return Result(null, bytes, sha256);
    }

    private async ValueTask Begin()
    {
        if (options.CommitPendingBatch)
        {
            await database.CommitBatch(async, cancellationToken).ConfigureAwait(false);
        }

        _wait.Restart(database.BusyTimeout);
    }

    private async ValueTask Copy(string path)
    {
        await Begin().ConfigureAwait(false);
        using (var source = CopySource.Open(database))
        {
            await CopyFrom(source, path).ConfigureAwait(false);
            _pageSize = source.PageSize;
        }

        _pages = new FileInfo(path).Length / _pageSize;
        DatabaseHeader.SetJournalMode(path, options.JournalMode);
        Refuse(DatabaseCheck.FindDamage(path, options.Verification, cancellationToken));
    }

    private async ValueTask CopyFrom(CopySource source, string path)
    {
        if (options.Mode == BackupMode.Online)
        {
            await CopyOnline(source, path, progress).ConfigureAwait(false);
        }
        else if (source.IsOwn)
        {
            await Vacuum(source, path).ConfigureAwait(false);
        }
        else
        {
            // NB: VACUUM INTO of a connection that was opened as memory makes its file in memory as well.
            using var whole = PendingFile.Create(path);
            await CopyOnline(source, whole.Path, null).ConfigureAwait(false);
            using var closed = CopySource.OfClosed(whole.Path);
            await Vacuum(closed, path).ConfigureAwait(false);
        }
    }

    private async ValueTask CopyOnline(CopySource source, string path, IProgress<BackupProgress>? told)
    {
        await source.Pin(_wait, async, cancellationToken).ConfigureAwait(false);
        await OnlineBackup.Copy(source, path, database.BusyTimeout, options, told, async, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask Vacuum(CopySource source, string path)
    {
        await source.Measure(_wait, async, cancellationToken).ConfigureAwait(false);
        await new VacuumBackup(source, path, progress, cancellationToken).Copy(_wait, async).ConfigureAwait(false);
    }

    private void Refuse(string? damage)
    {
        if (damage is not null)
        {
            throw new BackupException(
                BackupFailure.SourceDamaged,
                $"The database '{database.FilePath ?? ":memory:"}' is damaged, so that its backup would be too; no backup was written. "
                + $"SQLite says: {damage}. Restore an older backup, or copy with Verification None to save what can be read.");
        }
    }

    private async ValueTask<string?> Encode(string databasePath, string encodedPath)
    {
        string? sha256;
        var file = new FileStream(encodedPath, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, useAsync: async);
        await using (file.ConfigureAwait(false))
        {
            (_, sha256) = await new BackupEncoder(options, async, cancellationToken).Write(databasePath, file).ConfigureAwait(false);
        }

        if (options.Verification == BackupVerification.Full)
        {
            BackupReader.Compare(encodedPath, databasePath, options.Passphrase, cancellationToken);
        }

        return sha256;
    }

    private BackupResult Publish(string path, PendingFile pending, string destination, string? checksum)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var bytes = new FileInfo(pending.Path).Length;
        BackupPublication.Publish(pending, destination, checksum, Permissions(), options.Overwrite);
        return Result(path, bytes, checksum);
    }

    private UnixFileMode? Permissions()
        => database.FilePath is { } path && !OperatingSystem.IsWindows() ? File.GetUnixFileMode(path) : null;

    private BackupResult Result(string? path, long bytes, string? checksum)
        => new(path, _pages, _pageSize, bytes, checksum, options.Verification, Stopwatch.GetElapsedTime(_started));
}
