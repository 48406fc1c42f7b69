namespace WalProvider;

// The write batch: writes outside a transaction that share one.
public sealed partial class WalDbConnection
{
    private EventHandler<WalBatchCommittedEventArgs>? _batchCommitted;

    /// <summary>
    /// Raised after the batch has committed, by whatever cause; from a timer's or another writer's thread where one of
    /// those was the cause. The handler must not use this connection.
    /// </summary>
    public event EventHandler<WalBatchCommittedEventArgs>? BatchCommitted
    {
        add
        {
            _batchCommitted += value;
            _session?.BatchCommitted = Notifier();
        }

        remove => _batchCommitted -= value;
    }

    /// <summary>How many writes of the batch are not committed yet. 0 while closed, or where batching is off.</summary>
    public int PendingWrites => _session?.Batch.Pending ?? 0;

    /// <summary>Commits the pending writes of the batch. Does nothing if there are none.</summary>
    /// <exception cref="WriteBatchLostException">The COMMIT failed; the writes are lost, or unknown after an I/O error.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed, or a reader of a RETURNING statement is open.</exception>
    public void CommitBatch() => CommitBatch(async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="CommitBatch()"/>
    /// <param name="cancellationToken">Ends the wait for readers that keep a rollback journal from committing.</param>
    public Task CommitBatchAsync(CancellationToken cancellationToken = default)
        => CommitBatch(async: true, cancellationToken).AsTask();

    /// <summary>Undoes the pending writes of the batch. Does nothing if there are none.</summary>
    /// <exception cref="InvalidOperationException">The connection is closed.</exception>
    public void RollbackBatch() => OpenSession(nameof(RollbackBatch)).RollbackBatch();

    /// <summary>
    /// Begins a unit of writes that stay together: the batch is never cut inside it. Without batching it is a transaction.
    /// </summary>
    /// <returns>The unit; disposing it without <see cref="BatchUnit.Complete()"/> undoes exactly its writes.</returns>
    /// <remarks>Waits for the write lock up to Busy Timeout where no batch is open.</remarks>
    /// <exception cref="InvalidOperationException">The connection is closed, or a transaction is open.</exception>
    /// <exception cref="SqliteBusyException">The database stayed locked for longer than Busy Timeout.</exception>
    public BatchUnit BeginBatchUnit()
        => BeginBatchUnit(async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="BeginBatchUnit()"/>
    /// <param name="cancellationToken">Ends the wait for the write lock.</param>
    public Task<BatchUnit> BeginBatchUnitAsync(CancellationToken cancellationToken = default)
        => BeginBatchUnit(async: true, cancellationToken).AsTask();

    private ValueTask<BatchUnit> BeginBatchUnit(bool async, CancellationToken cancellationToken)
        => BatchUnit.Begin(OpenSession(nameof(BeginBatchUnit)), LockWait(null), async, cancellationToken);

    private async ValueTask CommitBatch(bool async, CancellationToken cancellationToken)
    {
        await BatchCommit.Run(OpenSession(nameof(CommitBatch)), async, cancellationToken).ConfigureAwait(false);
        ThrowHandlerFailures();
    }

    // NB: weak, or the session, which the pool knows, would keep a connection alive that was never closed.
    private Action<int> Notifier()
    {
        var connection = new WeakReference<WalDbConnection>(this);
        return writes =>
        {
            if (connection.TryGetTarget(out var target))
            {
                target._batchCommitted?.Invoke(target, new WalBatchCommittedEventArgs(writes));
            }
        };
    }
}
