using Microsoft.Data.Sqlite;

namespace WalProvider;

// Snapshots: transactions that read one moment and write nothing.
public sealed partial class WalDbConnection
{
    /// <summary>
    /// Begins a snapshot: until it ends, this connection reads the database as it is now, while others go on writing.
    /// </summary>
    /// <returns>The transaction, of <see cref="System.Data.IsolationLevel.Snapshot"/>; commit or dispose it to end the snapshot.</returns>
    /// <remarks>
    /// <para>It is a deferred transaction whose first read is done at once. It takes no write lock and never enters the write gate.
    /// A statement that would write is refused before it runs, with <see cref="InvalidOperationException"/>; temporary tables may be
    /// written. A transaction begun inside it is a savepoint of it.</para>
    /// <para>Pending writes of this connection's batch are committed first, and so are in the snapshot. A database that is attached has
    /// its moment at its own first read.</para>
    /// <para>As long as it is open the WAL cannot be emptied and grows with what others write; checkpoints name it as the reader that
    /// they wait for. Where the journal mode is not WAL, writers wait for its end with their commit.</para>
    /// <para>Blocks, up to Busy Timeout, only where the batch must be committed or another process has the file locked as a
    /// whole.</para>
    /// </remarks>
    /// <exception cref="InvalidOperationException">The connection is closed, or a transaction or a batch unit is open on it.</exception>
    /// <exception cref="WriteBatchLostException">The pending writes could not be committed.</exception>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    /// <seealso href="https://www.sqlite.org/isolation.html"/>
    public WalDbTransaction BeginSnapshot() => WalDbTransaction.BeginSnapshot(this, async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="BeginSnapshot()"/>
    /// <param name="cancellationToken">Ends the wait for locks; no snapshot is begun then.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<WalDbTransaction> BeginSnapshotAsync(CancellationToken cancellationToken = default)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<WalDbTransaction>(cancellationToken)
            : WalDbTransaction.BeginSnapshot(this, async: true, cancellationToken).AsTask();
}
