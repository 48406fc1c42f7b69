namespace WalProvider;

/// <summary>A backup as a database file that was found to be whole: the file itself, or a temporary one.</summary>
internal sealed class UnpackedBackup : IDisposable
{
    private const string TemporaryName = "walprovider-restore";

    private UnpackedBackup(string path, PendingFile? pending, BackupReader reader, bool hasChecksum)
    {
        Path = path;
        Pending = pending;
        Compression = reader.Compression;
        IsEncrypted = reader.IsEncrypted;
        HasChecksum = hasChecksum;
    }

    /// <summary>The database file.</summary>
    internal string Path { get; }

    /// <summary>The file on its way to its name, where it was unpacked.</summary>
    internal PendingFile? Pending { get; }

    internal BackupCompression Compression { get; }

    internal bool IsEncrypted { get; }

    internal bool HasChecksum { get; }

    /// <summary>Opens a backup file: a plain one is used where it is unless a copy is wanted, any other is unpacked.</summary>
    /// <param name="path">The backup.</param>
    /// <param name="destination">The name beside which it is unpacked.</param>
    /// <param name="isCopied">Whether a plain backup is copied too.</param>
    /// <param name="options">The passphrase, and how much to verify.</param>
    /// <param name="async">Whether waits leave the thread free.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BackupException">It is no backup, damaged, of a later format, or locked.</exception>
    internal static async ValueTask<UnpackedBackup> FromFile(
        string path, string destination, bool isCopied, RestoreOptions options, bool async, CancellationToken cancellationToken)
    {
        RefuseDatabaseInUse(path);
        var hasChecksum = CompareChecksum(path, cancellationToken);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        await using (file.ConfigureAwait(false))
        {
            using var reader = await BackupReader.Open(file, options.Passphrase, async, cancellationToken).ConfigureAwait(false);
            if (reader.IsPlain && !isCopied)
            {
                file.Close();
                return Check(new UnpackedBackup(path, null, reader, hasChecksum), options, cancellationToken);
            }

            return await Unpack(reader, destination, hasChecksum, options, async, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Unpacks a backup from a stream.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="known">The checksums one of which it must have; empty where there are none.</param>
    /// <param name="destination">The name beside which it is unpacked.</param>
    /// <param name="options">The passphrase, and how much to verify.</param>
    /// <param name="async">Whether waits leave the thread free.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <inheritdoc cref="FromFile" path="/exception"/>
    internal static async ValueTask<UnpackedBackup> FromStream(
        Stream source,
        IReadOnlyList<string> known,
        string destination,
        RestoreOptions options,
        bool async,
        CancellationToken cancellationToken)
    {
        using var hashed = new HashingReader(source);
        using var reader = await BackupReader.Open(hashed, options.Passphrase, async, cancellationToken).ConfigureAwait(false);
        var backup = await Unpack(reader, destination, known.Count > 0, options, async, cancellationToken).ConfigureAwait(false);
        try
        {
            return known.Count == 0 || known.Contains(await hashed.Finish(async, cancellationToken).ConfigureAwait(false))
                ? backup
                : throw new BackupException(
                    BackupFailure.Damaged, "The backup is not what its checksum vouches for. Take another copy of it, or an older backup.");
        }
        catch (Exception)
        {
            backup.Dispose();
            throw;
        }
    }

    /// <summary>The name beside which a backup is unpacked that is restored into a database.</summary>
    internal static string PlaceFor(string? databasePath, RestoreOptions options)
        => options.TemporaryFolder is null && databasePath is not null
            ? RealPath.Resolve(databasePath)
            : System.IO.Path.Combine(TemporaryFolder.Resolve(options.TemporaryFolder), TemporaryName);

    /// <inheritdoc/>
    public void Dispose() => Pending?.Dispose();

    private static async ValueTask<UnpackedBackup> Unpack(
        BackupReader reader, string destination, bool hasChecksum, RestoreOptions options, bool async, CancellationToken cancellationToken)
    {
        var pending = PendingFile.Create(destination);
        try
        {
            var file = new FileStream(pending.Path, FileMode.Open, FileAccess.Write, FileShare.None, 1 << 16, useAsync: async);
            await using (file.ConfigureAwait(false))
            {
                await reader.CopyTo(file, async, cancellationToken).ConfigureAwait(false);
            }

            return Check(new UnpackedBackup(pending.Path, pending, reader, hasChecksum || reader.HasTrailer), options, cancellationToken);
        }
        catch (Exception)
        {
            pending.Dispose();
            throw;
        }
    }

    private static UnpackedBackup Check(UnpackedBackup backup, RestoreOptions options, CancellationToken cancellationToken)
    {
        if (DatabaseHeader.FindDamage(backup.Path) is { } cut)
        {
            throw new BackupException(BackupFailure.Damaged, $"The backup is damaged: {cut}. Take another copy of it, or an older backup.");
        }

        return DatabaseCheck.FindDamage(backup.Path, options.Verification, cancellationToken) is { } damage
            ? throw new BackupException(
                BackupFailure.Damaged,
                $"The database in the backup is damaged; nothing was changed. SQLite says: {damage}. Take an older backup.")
            : backup;
    }

    // A database with a log or journal beside it is not whole without it.
    private static void RefuseDatabaseInUse(string path)
    {
        if (SessionPools.IsInUse(path))
        {
            // NB: reading it with a stream would drop the locks that this process holds on it.
            throw new BackupException(
                BackupFailure.NotABackup, $"'{path}' is a database that this process has open, not a backup. Use CopyTo or BackupTo on its connection.");
        }

        foreach (var ending in (ReadOnlySpan<string>)["-wal", "-journal"])
        {
            if (new FileInfo(path + ending) is { Exists: true, Length: > 0 })
            {
                throw new BackupException(
                    BackupFailure.NotABackup,
                    $"Beside '{path}' there is a '{ending}' with content: this is a database in use, not a backup. Open it and use CopyTo or BackupTo.");
            }
        }
    }

    private static bool CompareChecksum(string path, CancellationToken cancellationToken)
    {
        var known = ChecksumFile.Read(path);
        if (known.Count == 0)
        {
            return false;
        }

        return known.Contains(ChecksumFile.Compute(path, cancellationToken))
            ? true
            : throw new BackupException(
                BackupFailure.Damaged,
                $"The backup '{path}' is not what '{ChecksumFile.PathFor(path)}' vouches for. Take another copy of it, or an older backup.");
    }
}
