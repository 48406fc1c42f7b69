using System.Data.Common;

namespace WalProvider;

/// <summary>Checkpoints: copying what the WAL holds into the main database file.</summary>
/// <remarks>
/// <para>The pending batch of the connection is committed first. The write gate is then held, so writers of this process
/// wait meanwhile; readers are never held up. A process that opens the database normally needs none of this: it sees
/// every commit through the WAL.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/wal.html#ckpt"/>
public static class CheckpointExtensions
{
    /// <summary>Copies the WAL into the main file, trying again until it is done or the time is up.</summary>
    /// <param name="connection">An open <see cref="WalDbConnection"/>, or a decorator that shows it as WrappedConnection.</param>
    /// <param name="mode">What to wait for. Default: Full.</param>
    /// <param name="timeout">
    /// How long to go on trying. Default (null): Busy Timeout; for Passive zero, which is one try. <see
    /// cref="Timeout.InfiniteTimeSpan"/>: for ever.
    /// </param>
    /// <returns>What was reached: look at <see cref="CheckpointResult.Completed"/>.</returns>
    /// <remarks>Blocks the thread up to the timeout. What stands in the way is no error here: the result says so.</remarks>
    /// <exception cref="ArgumentException">The connection is not one of this provider.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The mode is not one of the four, or the timeout is negative.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed, in a transaction, or has an open reader.</exception>
    /// <exception cref="WriteBatchLostException">The pending batch could not be committed.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">
    /// The connection is read-only and there is something to copy (code 8), or a disk failed.
    /// </exception>
    public static CheckpointResult Checkpoint(
        this DbConnection connection, CheckpointMode mode = CheckpointMode.Full, TimeSpan? timeout = null)
        => Run(connection, nameof(Checkpoint), mode, timeout, async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="Checkpoint"/>
    /// <summary>The same without blocking the thread while it waits; the copying itself runs on the caller's thread.</summary>
    /// <param name="connection">As in the other form.</param>
    /// <param name="mode">As in the other form.</param>
    /// <param name="timeout">As in the other form.</param>
    /// <param name="cancellationToken">Ends the waiting between two tries; what was copied stays copied.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<CheckpointResult> CheckpointAsync(
        this DbConnection connection,
        CheckpointMode mode = CheckpointMode.Full,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
        => Run(connection, nameof(CheckpointAsync), mode, timeout, async: true, cancellationToken).AsTask();

    /// <summary>
    /// Brings everything that is committed into the main file and empties the WAL, before the file is copied, shipped, or
    /// opened <c>immutable=1</c> by worker processes.
    /// </summary>
    /// <param name="connection">An open <see cref="WalDbConnection"/>, or a decorator that shows it as WrappedConnection.</param>
    /// <param name="timeout">How long to go on trying. Default (null): Busy Timeout.</param>
    /// <returns>A completed result.</returns>
    /// <remarks>
    /// It holds for what was committed up to now: those who write after the return write into the WAL again. Keep them out
    /// with <see cref="WalDbDataSource"/>'s HoldForFork. Blocks the thread up to the timeout.
    /// </remarks>
    /// <exception cref="CheckpointBlockedException">Not done in time; it names the reader of this process in the way.</exception>
    /// <exception cref="WriteGateTimeoutException">Another connection of this process was writing all the time; it is named.</exception>
    /// <inheritdoc cref="Checkpoint" path="/exception"/>
    public static CheckpointResult CheckpointBeforeFork(this DbConnection connection, TimeSpan? timeout = null)
        => RunBeforeFork(connection, nameof(CheckpointBeforeFork), timeout, async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="CheckpointBeforeFork"/>
    /// <param name="connection">As in the other form.</param>
    /// <param name="timeout">As in the other form.</param>
    /// <param name="cancellationToken">Ends the waiting between two tries; what was copied stays copied.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<CheckpointResult> CheckpointBeforeForkAsync(
        this DbConnection connection, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
        => RunBeforeFork(connection, nameof(CheckpointBeforeForkAsync), timeout, async: true, cancellationToken).AsTask();

    /// <summary>Says how long the WAL is, how much of it is in the main file, and who keeps it from being emptied.</summary>
    /// <param name="connection">An open <see cref="WalDbConnection"/>, or a decorator that shows it as WrappedConnection.</param>
    /// <remarks>Moves no frame and waits for nobody.</remarks>
    /// <exception cref="ArgumentException">The connection is not one of this provider.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed.</exception>
    public static WalStatus GetWalStatus(this DbConnection connection)
    {
        var session = SessionOf(connection, nameof(GetWalStatus));
        var file = session.File;
        var frames = file?.ReadFrames();
        return new WalStatus(
            session.Settings.IsFileless ? 0 : file?.WalBytes ?? 0,
            frames?.LogFrames,
            frames?.CheckpointedFrames,
            file?.OldestReader(),
            file?.LastCheckpoint);
    }

    private static async ValueTask<CheckpointResult> Run(
        DbConnection connection, string method, CheckpointMode mode, TimeSpan? timeout, bool async, CancellationToken cancellationToken)
    {
        if (!Enum.IsDefined(mode))
        {
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "The modes are Passive, Full, Restart and Truncate.");
        }

        CheckpointTimeout.Check(timeout);
        var checkpointer = new Checkpointer(SessionOf(connection, method));
        return await checkpointer.Run(mode, timeout, async, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<CheckpointResult> RunBeforeFork(
        DbConnection connection, string method, TimeSpan? timeout, bool async, CancellationToken cancellationToken)
    {
        CheckpointTimeout.Check(timeout);
        var checkpointer = new Checkpointer(SessionOf(connection, method));
        return await checkpointer.RunBeforeFork(timeout, async, cancellationToken).ConfigureAwait(false);
    }

    private static WalSession SessionOf(DbConnection connection, string method)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return WrappedBy.Find<WalDbConnection>(connection)?.OpenSession(method) ?? throw new ArgumentException(
            $"{method} works on a WalDbConnection, or on a decorator with a WrappedConnection property that leads to one, and "
            + $"got a {connection.GetType()}. Pass the WalDbConnection; for a SqliteConnection, open the same connection "
            + "string as a WalDbConnection.",
            nameof(connection));
    }
}
