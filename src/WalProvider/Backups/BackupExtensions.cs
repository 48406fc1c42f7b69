using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>Backs databases up while others read and write them.</summary>
/// <remarks>
/// They work on connections of this library and of the wrapped provider. The engine's own work, the copying and checking,
/// runs on the caller's thread; in the Async forms on a thread of the pool.
/// </remarks>
/// <seealso href="https://www.sqlite.org/backup.html"/>
public static class BackupExtensions
{
    /// <summary>Backs the database up to a file, while others read and write it.</summary>
    /// <remarks>
    /// <para>The backup is one moment of the database, and one file. It is made beside the destination, verified, flushed to
    /// the disk and renamed: a crash leaves the old backup or the new one. It gets the permissions of the database.</para>
    /// <para>In WAL mode writers go on meanwhile; in a rollback journal mode they wait at COMMIT until the copy is done.</para>
    /// </remarks>
    /// <param name="connection">An open connection.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told after each step of the copy, on the copying thread or as it sees fit.</param>
    /// <param name="cancellationToken">Ends the backup; nothing is left behind, and an older backup stays.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="InvalidOperationException">The connection is closed.</exception>
    /// <exception cref="ArgumentException">The path is the database itself, or the connection is of another provider.</exception>
    /// <exception cref="BackupException">The database is damaged.</exception>
    /// <exception cref="IOException">The folder does not exist, the path is a directory, or the disk failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    /// <exception cref="SqliteException">The database cannot be read, or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static BackupResult BackupTo(
        this DbConnection connection,
        string path,
        BackupOptions? options = null,
        IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => new BackupRun(Live(connection), options ?? new BackupOptions(), progress, async: false, cancellationToken)
            .ToFile(path).GetAwaiter().GetResult();

    /// <inheritdoc cref="BackupTo(DbConnection, string, BackupOptions?, IProgress{BackupProgress}?, CancellationToken)"/>
    public static async Task<BackupResult> BackupToAsync(
        this DbConnection connection,
        string path,
        BackupOptions? options = null,
        IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var run = new BackupRun(Live(connection), options ?? new BackupOptions(), progress, async: true, cancellationToken);
        await LeaveThread();
        return await run.ToFile(path).ConfigureAwait(false);
    }

    private static LiveDatabase Live(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection switch
        {
            WalDbConnection ours => LiveDatabase.Of(ours.OpenSession(nameof(BackupTo))),
            SqliteConnection { State: ConnectionState.Open } wrapped => LiveDatabase.Of(wrapped),
            SqliteConnection => throw new InvalidOperationException(WrappedMessages.NeedsOpenConnection(nameof(BackupTo))),
            _ => throw new ArgumentException(
                $"A backup needs a WalDbConnection or a SqliteConnection; this is a {connection.GetType()}.", nameof(connection)),
        };
    }

    // The copying would hold the thread of an asynchronous caller for as long as it takes.
    private static System.Runtime.CompilerServices.ConfiguredTaskAwaitable LeaveThread() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
}
