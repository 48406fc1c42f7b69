using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>Backs databases up while others read and write them.</summary>
/// <remarks>
/// They work on connections of this library and of the wrapped provider, and on decorators of them. The engine's own work, the copying and checking,
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

    /// <summary>Backs the database up to a stream.</summary>
    /// <remarks>
    /// The snapshot of a WAL database is verified and goes straight to the stream, through a buffer of a fixed size; it is held
    /// until then, and the WAL grows by what is written meanwhile. With <see cref="BackupOptions.TemporaryFolder"/>, and where
    /// there can be no snapshot, a copy is made in a file first. The stream is neither flushed nor closed. After an error
    /// it may hold a part of a backup, which a restore refuses.
    /// </remarks>
    /// <param name="connection">An open connection.</param>
    /// <param name="destination">A stream that can be written.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told after each step of the copy.</param>
    /// <param name="cancellationToken">Ends the backup.</param>
    /// <returns>What was written, with the SHA-256 of the bytes that went to the stream.</returns>
    /// <inheritdoc cref="BackupTo(DbConnection, string, BackupOptions?, IProgress{BackupProgress}?, CancellationToken)" path="/exception"/>
    public static BackupResult BackupTo(
        this DbConnection connection,
        Stream destination,
        BackupOptions? options = null,
        IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => new BackupRun(Live(connection), options ?? new BackupOptions(), progress, async: false, cancellationToken)
            .ToStream(destination).GetAwaiter().GetResult();

    /// <inheritdoc cref="BackupTo(DbConnection, Stream, BackupOptions?, IProgress{BackupProgress}?, CancellationToken)"/>
    public static async Task<BackupResult> BackupToAsync(
        this DbConnection connection,
        Stream destination,
        BackupOptions? options = null,
        IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var run = new BackupRun(Live(connection), options ?? new BackupOptions(), progress, async: true, cancellationToken);
        await LeaveThread();
        return await run.ToStream(destination).ConfigureAwait(false);
    }

    /// <summary>Backs the database up to a target, with its checksum in an item <c>NAME.sha256</c>.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="target">Where to.</param>
    /// <param name="name">The backup's name there; an older one of that name is replaced.</param>
    /// <param name="options">How; null for the defaults. Overwrite is for files alone.</param>
    /// <param name="progress">Told after each step of the copy.</param>
    /// <param name="cancellationToken">Ends the backup; nothing is left behind.</param>
    /// <returns>What was written.</returns>
    /// <inheritdoc cref="BackupTo(DbConnection, string, BackupOptions?, IProgress{BackupProgress}?, CancellationToken)" path="/exception"/>
    public static async Task<BackupResult> BackupToAsync(
        this DbConnection connection,
        IBackupTarget target,
        string name,
        BackupOptions? options = null,
        IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var run = new BackupRun(Live(connection), options ?? new BackupOptions(), progress, async: true, cancellationToken);
        await LeaveThread();
        return await run.ToTarget(target, name).ConfigureAwait(false);
    }

    /// <summary>Adds a backup to a rotation, and deletes those that it does not keep.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="rotation">Where to, and what is kept.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told after each step of the copy.</param>
    /// <param name="cancellationToken">Ends the backup; nothing is left behind.</param>
    /// <returns>What was written.</returns>
    /// <inheritdoc cref="BackupTo(DbConnection, string, BackupOptions?, IProgress{BackupProgress}?, CancellationToken)" path="/exception"/>
    public static async Task<BackupResult> BackupToAsync(
        this DbConnection connection,
        BackupRotation rotation,
        BackupOptions? options = null,
        IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rotation);
        var database = Live(connection);
        await LeaveThread();
        return await rotation.Add(database, options ?? new BackupOptions(), progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Replaces the content of the database by that of a backup, which is verified first.</summary>
    /// <remarks>
    /// <para>The content is replaced in one transaction: other connections and processes see the old database or the new, and
    /// a crash leaves the old. In WAL mode readers go on with what they read; in a rollback journal mode the restore waits for
    /// them up to Busy Timeout. The pending batch of this connection is committed before, which a restore that fails keeps.</para>
    /// <para>Pooled sessions of this file are closed, those in use when they come back. The journal mode stays as it was. A
    /// database that cannot be opened any more is restored by <see cref="DatabaseBackup.RestoreTo(string, string, RestoreOptions?,
    /// CancellationToken)"/>, to a new file.</para>
    /// </remarks>
    /// <param name="connection">An open connection without an open reader or transaction.</param>
    /// <param name="path">The backup, of any kind that BackupTo writes, or any SQLite database that is not in use.</param>
    /// <param name="options">The passphrase, and how much to verify; null for the defaults.</param>
    /// <param name="progress">Told after each step of the copy.</param>
    /// <param name="cancellationToken">Ends the restore; the database is then as it was.</param>
    /// <returns>What was restored.</returns>
    /// <exception cref="InvalidOperationException">The connection is closed, or has an open reader or transaction.</exception>
    /// <exception cref="ArgumentException">The path is the database itself, or the connection is of another provider.</exception>
    /// <exception cref="BackupException">It is no backup, damaged, of a later format, or the passphrase is missing or wrong.</exception>
    /// <exception cref="IOException">The backup cannot be read, or there is no room to unpack it.</exception>
    /// <exception cref="SqliteException">Others kept the database locked, or the disk failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RestoreResult RestoreFrom(
        this DbConnection connection,
        string path,
        RestoreOptions? options = null,
        IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => new RestoreRun(options ?? new RestoreOptions(), progress, async: false, cancellationToken)
            .Into(Live(connection), path).GetAwaiter().GetResult();

    /// <inheritdoc cref="RestoreFrom(DbConnection, string, RestoreOptions?, IProgress{BackupProgress}?, CancellationToken)"/>
    public static async Task<RestoreResult> RestoreFromAsync(
        this DbConnection connection,
        string path,
        RestoreOptions? options = null,
        IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var database = Live(connection);
        await LeaveThread();
        return await new RestoreRun(options ?? new RestoreOptions(), progress, async: true, cancellationToken)
            .Into(database, path).ConfigureAwait(false);
    }

    /// <summary>Replaces the content of the database by that of a backup from a stream, which is unpacked and verified first.</summary>
    /// <param name="connection">An open connection without an open reader or transaction.</param>
    /// <param name="source">A stream that can be read; read to its end and not closed.</param>
    /// <param name="options">The passphrase, and how much to verify; null for the defaults.</param>
    /// <param name="progress">Told after each step of the copy.</param>
    /// <param name="cancellationToken">Ends the restore; the database is then as it was.</param>
    /// <inheritdoc cref="RestoreFrom(DbConnection, string, RestoreOptions?, IProgress{BackupProgress}?, CancellationToken)"
    /// path="/remarks|/returns|/exception"/>
    public static RestoreResult RestoreFrom(
        this DbConnection connection,
        Stream source,
        RestoreOptions? options = null,
        IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => new RestoreRun(options ?? new RestoreOptions(), progress, async: false, cancellationToken)
            .Into(Live(connection), source).GetAwaiter().GetResult();

    /// <inheritdoc cref="RestoreFrom(DbConnection, Stream, RestoreOptions?, IProgress{BackupProgress}?, CancellationToken)"/>
    public static async Task<RestoreResult> RestoreFromAsync(
        this DbConnection connection,
        Stream source,
        RestoreOptions? options = null,
        IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var database = Live(connection);
        await LeaveThread();
        return await new RestoreRun(options ?? new RestoreOptions(), progress, async: true, cancellationToken)
            .Into(database, source).ConfigureAwait(false);
    }

    /// <summary>Replaces the content of the database by that of a backup at a target, which is fetched and verified first.</summary>
    /// <param name="connection">An open connection without an open reader or transaction.</param>
    /// <param name="target">Where the backup is.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="options">The passphrase, and how much to verify; null for the defaults.</param>
    /// <param name="progress">Told after each step of the copy.</param>
    /// <param name="cancellationToken">Ends the restore; the database is then as it was.</param>
    /// <exception cref="FileNotFoundException">There is no such backup.</exception>
    /// <inheritdoc cref="RestoreFrom(DbConnection, string, RestoreOptions?, IProgress{BackupProgress}?, CancellationToken)"
    /// path="/remarks|/returns|/exception"/>
    public static async Task<RestoreResult> RestoreFromAsync(
        this DbConnection connection,
        IBackupTarget target,
        string name,
        RestoreOptions? options = null,
        IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var database = Live(connection);
        await LeaveThread();
        return await new RestoreRun(options ?? new RestoreOptions(), progress, async: true, cancellationToken)
            .Into(database, target, name).ConfigureAwait(false);
    }

    /// <summary>Copies the database over that of another connection: from disk to memory, back, or to another file.</summary>
    /// <remarks>
    /// The source is one moment, as in a backup, and the other database is replaced in one transaction, as in a restore. The
    /// pending batches of both connections are committed first.
    /// </remarks>
    /// <param name="connection">An open connection.</param>
    /// <param name="destination">An open connection to another database, without an open reader or transaction.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellationToken">Ends the copy; the other database is then as it was.</param>
    /// <exception cref="InvalidOperationException">
    /// One connection is closed, or the other database has an open reader or transaction, or it is in memory, in use and has
    /// another page size.
    /// </exception>
    /// <exception cref="ArgumentException">Both are the same database.</exception>
    /// <exception cref="SqliteException">Others kept a database locked, or the disk failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void CopyTo(
        this DbConnection connection,
        DbConnection destination,
        IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => CopyRun.Copy(Live(connection), Live(destination), progress, async: false, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc cref="CopyTo(DbConnection, DbConnection, IProgress{BackupProgress}?, CancellationToken)"/>
    public static async Task CopyToAsync(
        this DbConnection connection,
        DbConnection destination,
        IProgress<BackupProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var (from, to) = (Live(connection), Live(destination));
        await LeaveThread();
        await CopyRun.Copy(from, to, progress, async: true, cancellationToken).ConfigureAwait(false);
    }

    private static LiveDatabase Live(DbConnection connection, [CallerMemberName] string method = "")
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (WrappedBy.Find<WalDbConnection>(connection) is { } ours)
        {
            return LiveDatabase.Of(ours.OpenSession(method));
        }

        return WrappedBy.Find<SqliteConnection>(connection) switch
        {
            { State: ConnectionState.Open } wrapped => LiveDatabase.Of(wrapped),
            { } => throw new InvalidOperationException(WrappedMessages.NeedsOpenConnection(method)),
            null => throw new ArgumentException(
                $"{method} works on a WalDbConnection, on a SqliteConnection, or on a decorator with a WrappedConnection property that leads to "
                + $"one, and got a {connection.GetType()}.",
                nameof(connection)),
        };
    }

    // The copying would hold the thread of an asynchronous caller for as long as it takes.
    private static ConfiguredTaskAwaitable LeaveThread() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
}
