using System.Data.Common;
using System.Transactions;
using IsolationLevel = System.Data.IsolationLevel;

namespace WalProvider;

// Transactions, our own and those of System.Transactions.
public sealed partial class WalDbConnection
{
    /// <summary>Begins a transaction, immediate by default: it waits for the write lock here and never at a later write.</summary>
    /// <remarks>
    /// The batch is committed first. Inside a transaction it begins a nested one, a savepoint. Waits up to Busy Timeout.
    /// </remarks>
    /// <exception cref="SqliteBusyException">The database stayed locked for longer than Busy Timeout.</exception>
    public new WalDbTransaction BeginTransaction() => BeginTransaction(IsolationLevel.Unspecified);

    /// <summary>Begins a transaction; a deferred one takes no lock before its first statement, and reads one snapshot.</summary>
    /// <param name="deferred">Whether to begin without the write lock.</param>
    /// <inheritdoc cref="BeginTransaction()" path="/remarks|/exception"/>
    public WalDbTransaction BeginTransaction(bool deferred) => BeginTransaction(IsolationLevel.Unspecified, deferred);

    /// <summary>Begins a transaction.</summary>
    /// <param name="isolationLevel">
    /// SQLite's transactions are serializable; the weaker levels are too, except ReadUncommitted in a shared cache, which
    /// also makes the transaction deferred.
    /// </param>
    /// <exception cref="ArgumentException">Chaos or Snapshot was asked for.</exception>
    /// <inheritdoc cref="BeginTransaction()" path="/remarks|/exception"/>
    public new WalDbTransaction BeginTransaction(IsolationLevel isolationLevel)
        => BeginTransaction(isolationLevel, IsDeferred(isolationLevel));

    /// <summary>Begins a transaction.</summary>
    /// <param name="isolationLevel">As in the other form.</param>
    /// <param name="deferred">Whether to begin without the write lock.</param>
    /// <exception cref="ArgumentException">Chaos or Snapshot was asked for.</exception>
    /// <inheritdoc cref="BeginTransaction()" path="/remarks|/exception"/>
    public WalDbTransaction BeginTransaction(IsolationLevel isolationLevel, bool deferred)
        => WalDbTransaction.Begin(this, isolationLevel, deferred, async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>
    /// Makes the connection take part in a transaction of System.Transactions, as opening it inside a TransactionScope does.
    /// The transaction is immediate; Transaction Mode says otherwise.
    /// </summary>
    /// <param name="transaction">The transaction; null does nothing.</param>
    /// <exception cref="InvalidOperationException">The connection is closed, or has another transaction.</exception>
    /// <exception cref="SqliteBusyException">The database stayed locked for longer than Busy Timeout.</exception>
    public override void EnlistTransaction(Transaction? transaction)
    {
        var session = OpenSession(nameof(EnlistTransaction));
        if (transaction is null || (_enlistment is { HasEnded: false } current && current.Transaction == transaction))
        {
            return;
        }

        if (_enlistment is { HasEnded: false } || CurrentTransaction is not null)
        {
            throw new InvalidOperationException("The connection has a transaction already. End it before enlisting in another.");
        }

        _enlistment = _pool.Enlistments.Add(session, transaction, async: false, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>
    /// Refuses to go on where SQLite has rolled back the transaction that is current: each statement would be written outside of it.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was rolled back, and its owner has not ended it yet.</exception>
    internal void RefuseLostTransaction()
    {
        CurrentTransaction?.RefuseIfRolledBack();
        if (_enlistment is { HasEnded: false } && Session is { Engine.InTransaction: false, Transaction.WasCommittedByText: false })
        {
            throw new InvalidOperationException(
                "SQLite has rolled back the work of the TransactionScope in this database. Leave the scope, which is aborted, and begin again.");
        }
    }

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => BeginTransaction(isolationLevel);

    /// <inheritdoc/>
    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(
        IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await WalDbTransaction
            .Begin(this, isolationLevel, IsDeferred(isolationLevel), async: true, cancellationToken)
            .ConfigureAwait(false);
    }

    private static bool IsDeferred(IsolationLevel isolationLevel) => isolationLevel == IsolationLevel.ReadUncommitted;
}
