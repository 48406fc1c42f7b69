using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>What is done with a backup without a database that is open: looking it through, and restoring it to a new file.</summary>
public static class DatabaseBackup
{
    /// <summary>Looks a backup through: its checksum, its encryption, and the database in it.</summary>
    /// <param name="path">The backup, of any kind that BackupTo writes, or any SQLite database that is not in use.</param>
    /// <param name="options">The passphrase, and how much to verify; null for the defaults.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="BackupException">It is no backup, damaged, of a later format, or the passphrase is missing or wrong.</exception>
    /// <exception cref="IOException">It cannot be read, or there is no room to unpack it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RestoreResult Verify(string path, RestoreOptions? options = null, CancellationToken cancellationToken = default)
        => new RestoreRun(options ?? new RestoreOptions(), null, async: false, cancellationToken).Verify(path).GetAwaiter().GetResult();

    /// <inheritdoc cref="Verify(string, RestoreOptions?, CancellationToken)"/>
    public static async Task<RestoreResult> VerifyAsync(
        string path, RestoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await new RestoreRun(options ?? new RestoreOptions(), null, async: true, cancellationToken).Verify(path).ConfigureAwait(false);
    }

    /// <summary>Restores a backup to a new database file, which appears when it is whole and verified.</summary>
    /// <param name="path">The backup, of any kind that BackupTo writes, or any SQLite database that is not in use.</param>
    /// <param name="databasePath">The file to make. It gets the permissions of the backup.</param>
    /// <param name="options">The passphrase, and how much to verify; null for the defaults.</param>
    /// <param name="cancellationToken">Ends it; nothing is left behind.</param>
    /// <returns>What was restored.</returns>
    /// <exception cref="BackupException">It is no backup, damaged, of a later format, or the passphrase is missing or wrong.</exception>
    /// <exception cref="IOException">
    /// The file exists, or a -wal, -shm or -journal of an older one, or the backup cannot be read, or the disk is full.
    /// </exception>
    /// <exception cref="SqliteException">The unpacked database cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RestoreResult RestoreTo(
        string path, string databasePath, RestoreOptions? options = null, CancellationToken cancellationToken = default)
        => new RestoreRun(options ?? new RestoreOptions(), null, async: false, cancellationToken)
            .ToNewFile(path, databasePath).GetAwaiter().GetResult();

    /// <inheritdoc cref="RestoreTo(string, string, RestoreOptions?, CancellationToken)"/>
    public static async Task<RestoreResult> RestoreToAsync(
        string path, string databasePath, RestoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await new RestoreRun(options ?? new RestoreOptions(), null, async: true, cancellationToken)
            .ToNewFile(path, databasePath).ConfigureAwait(false);
    }

    /// <summary>Restores a backup from a stream to a new database file, readable by its owner alone.</summary>
    /// <param name="source">A stream that can be read; read to its end and not closed.</param>
    /// <param name="databasePath">The file to make.</param>
    /// <param name="options">The passphrase, and how much to verify; null for the defaults.</param>
    /// <param name="cancellationToken">Ends it; nothing is left behind.</param>
    /// <inheritdoc cref="RestoreTo(string, string, RestoreOptions?, CancellationToken)" path="/returns|/exception"/>
    public static RestoreResult RestoreTo(
        Stream source, string databasePath, RestoreOptions? options = null, CancellationToken cancellationToken = default)
        => new RestoreRun(options ?? new RestoreOptions(), null, async: false, cancellationToken)
            .ToNewFile(source, databasePath).GetAwaiter().GetResult();

    /// <inheritdoc cref="RestoreTo(Stream, string, RestoreOptions?, CancellationToken)"/>
    public static async Task<RestoreResult> RestoreToAsync(
        Stream source, string databasePath, RestoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await new RestoreRun(options ?? new RestoreOptions(), null, async: true, cancellationToken)
            .ToNewFile(source, databasePath).ConfigureAwait(false);
    }
}
