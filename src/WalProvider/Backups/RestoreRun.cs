using System.Diagnostics;

namespace WalProvider;

/// <summary>One restore: unpacks the backup, looks it through, and only then changes anything.</summary>
/// <param name="options">The passphrase, and how much to verify.</param>
/// <param name="progress">Told after each step of the copy; null for nobody.</param>
/// <param name="async">Whether waits leave the thread free.</param>
/// <param name="cancellationToken">Ends it; nothing is changed then.</param>
internal sealed class RestoreRun(
    RestoreOptions options, IProgress<BackupProgress>? progress, bool async, CancellationToken cancellationToken)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Restores a file into a database that is open.</summary>
    internal async ValueTask<RestoreResult> Into(LiveDatabase database, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var resolved = RealPath.Resolve(path);
        if (database.FilePath is { } file && RealPath.Resolve(file) == resolved)
        {
            throw new ArgumentException($"'{path}' is the database itself, not a backup of it.", nameof(path));
        }

        var place = UnpackedBackup.PlaceFor(database.FilePath, options);
        using var backup = await UnpackedBackup.FromFile(resolved, place, isCopied: false, options, async, cancellationToken).ConfigureAwait(false);
        return await Copy(backup, database).ConfigureAwait(false);
    }

    /// <summary>Restores a stream into a database that is open.</summary>
    internal async ValueTask<RestoreResult> Into(LiveDatabase database, Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var place = UnpackedBackup.PlaceFor(database.FilePath, options);
        using var backup = await UnpackedBackup.FromStream(source, [], place, options, async, cancellationToken).ConfigureAwait(false);
        return await Copy(backup, database).ConfigureAwait(false);
    }

    /// <summary>Restores an item of a target into a database that is open.</summary>
    internal async ValueTask<RestoreResult> Into(LiveDatabase database, IBackupTarget target, string name)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var known = await Checksums(target, name).ConfigureAwait(false);
        var place = UnpackedBackup.PlaceFor(database.FilePath, options);
        var source = await target.OpenReadAsync(name, cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            using var backup = await UnpackedBackup
                .FromStream(source, known, place, options, async, cancellationToken).ConfigureAwait(false);
            return await Copy(backup, database).ConfigureAwait(false);
        }
    }

    /// <summary>Restores a file to a new database file.</summary>
    internal async ValueTask<RestoreResult> ToNewFile(string path, string databasePath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var destination = NewFile(databasePath);
        var resolved = RealPath.Resolve(path);
        using var backup = await UnpackedBackup.FromFile(resolved, destination, isCopied: true, options, async, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        backup.Pending!.Publish(OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(resolved), overwrite: false);
        return Result(backup, destination);
    }

    /// <summary>Restores a stream to a new database file, readable by its owner alone.</summary>
    internal async ValueTask<RestoreResult> ToNewFile(Stream source, string databasePath)
    {
        ArgumentNullException.ThrowIfNull(source);
        var destination = NewFile(databasePath);
        using var backup = await UnpackedBackup.FromStream(source, [], destination, options, async, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        backup.Pending!.Publish(null, overwrite: false);
        return Result(backup, destination);
    }

    /// <summary>Looks a backup through and restores nothing.</summary>
    internal async ValueTask<RestoreResult> Verify(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var place = UnpackedBackup.PlaceFor(null, options);
        using var backup = await UnpackedBackup
            .FromFile(RealPath.Resolve(path), place, isCopied: false, options, async, cancellationToken).ConfigureAwait(false);
        return Result(backup, backup.Path);
    }

    private static string NewFile(string databasePath)
        => BackupDestination.Resolve(databasePath, sourcePath: null, overwrite: false);

    private async ValueTask<IReadOnlyList<string>> Checksums(IBackupTarget target, string name)
    {
        var checksumName = ChecksumFile.PathFor(name);
        var items = await target.ListAsync(checksumName, cancellationToken).ConfigureAwait(false);
        if (!items.Any(item => item.Name == checksumName))
        {
            return [];
        }

        using var reader = new StreamReader(await target.OpenReadAsync(checksumName, cancellationToken).ConfigureAwait(false));
        var text = await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        return [.. ChecksumFile.Parse(text.Split('\n'), name)];
    }

    private async ValueTask<RestoreResult> Copy(UnpackedBackup backup, LiveDatabase database)
    {
        using (var source = CopySource.OfClosed(backup.Path))
        {
            await source.Pin(new BusyWait(), async, cancellationToken).ConfigureAwait(false);
            await new DatabaseOverwrite(database, progress, async, cancellationToken).CopyFrom(source).ConfigureAwait(false);
        }

        // NB: read by managed code, so not before SQLite has closed it.
        return Result(backup, backup.Path);
    }

    private RestoreResult Result(UnpackedBackup backup, string path)
    {
        var (pageSize, pages) = DatabaseHeader.Measure(path);
        return new RestoreResult(
            pages, pageSize, backup.Compression, backup.IsEncrypted, backup.HasChecksum, options.Verification, Stopwatch.GetElapsedTime(_started));
    }
}
