using System.Transactions;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// A session's part in a System.Transactions transaction: begun when a connection is opened in a scope, ended with
/// the scope, and kept in between, though connections come and go.
/// </summary>
/// <remarks>
/// SQLite has no prepared state, so where several resources take part this one promises at prepare what only its
/// COMMIT can tell. The scope's end may come on another thread: all its work runs under the session's lock.
/// </remarks>
internal sealed class ScopeEnlistment : ISinglePhaseNotification
{
    private readonly Lock _lock = new();
    private readonly WalSession _session;
    private readonly Action<ScopeEnlistment> _onEnded;
    private bool _isInUse = true;

    private ScopeEnlistment(WalSession session, Transaction transaction, Action<ScopeEnlistment> onEnded)
    {
        _session = session;
        _onEnded = onEnded;
        Transaction = transaction;
    }

    /// <summary>The transaction.</summary>
    internal Transaction Transaction { get; }

    /// <summary>The session that takes part.</summary>
    internal WalSession Session => _session;

    /// <summary>Whether the transaction is over.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Whether nobody holds the session any more, so that it can go back to its pool.</summary>
    internal bool IsOrphan
    {
        get
        {
            lock (_lock)
            {
                return HasEnded && !_isInUse;
            }
        }
    }

    /// <summary>Begins the session's transaction and enlists it.</summary>
    /// <exception cref="SqliteBusyException">The write lock did not become free in time.</exception>
    internal static async ValueTask<ScopeEnlistment> Begin(
        WalSession session, Transaction transaction, Action<ScopeEnlistment> onEnded, bool async, CancellationToken cancellationToken)
    {
        var settings = session.Settings;
        var begin = settings.IsReadOnly || settings.TransactionMode == WalTransactionMode.Deferred ? "BEGIN DEFERRED"
            : settings.TransactionMode == WalTransactionMode.Exclusive ? "BEGIN EXCLUSIVE"
            : "BEGIN IMMEDIATE";
        await Run(session, begin, async, cancellationToken).ConfigureAwait(false);
        var enlistment = new ScopeEnlistment(session, transaction, onEnded);
        try
        {
            transaction.EnlistVolatile(enlistment, EnlistmentOptions.None);
        }
        catch (TransactionException)
        {
            session.RollbackTransaction();
            throw;
        }

        return enlistment;
    }

    /// <summary>Gives the session to another connection of the same scope.</summary>
    /// <exception cref="InvalidOperationException">One has it that is still open.</exception>
    internal WalSession Reuse()
    {
        lock (_lock)
        {
            if (_isInUse)
            {
                throw new InvalidOperationException(
                    "Another connection to this database is open in the same TransactionScope. SQLite has one writer, so both must "
                    + "be one: close the first connection before opening the second, or pass the first on. 'Enlist=False' keeps a "
                    + "connection out of the scope.");
            }

            _isInUse = true;
            return _session;
        }
    }

    /// <summary>Leaves the session to the scope, since its connection was closed; true if the scope is over already.</summary>
    internal bool Leave()
    {
        lock (_lock)
        {
            _isInUse = false;
            return HasEnded;
        }
    }

    /// <inheritdoc/>
    public void SinglePhaseCommit(SinglePhaseEnlistment singlePhaseEnlistment)
    {
        if (TryCommit() is { } failure)
        {
            singlePhaseEnlistment.Aborted(failure);
        }
        else
        {
            singlePhaseEnlistment.Committed();
        }
    }

    /// <inheritdoc/>
    public void Prepare(PreparingEnlistment preparingEnlistment)
    {
        if (_session.Engine.InTransaction)
        {
            preparingEnlistment.Prepared();
        }
        else
        {
            End();
            preparingEnlistment.ForceRollback();
        }
    }

    /// <inheritdoc/>
    public void Commit(Enlistment enlistment)
    {
        var failure = TryCommit();
        enlistment.Done();
        if (failure is not null)
        {
            throw new TransactionInDoubtException("The other resources of the transaction were committed and SQLite was not.", failure);
        }
    }

    /// <inheritdoc/>
    public void Rollback(Enlistment enlistment)
    {
        _session.RollbackTransaction();
        End();
        enlistment.Done();
    }

    /// <inheritdoc/>
    public void InDoubt(Enlistment enlistment)
    {
        _session.RollbackTransaction();
        End();
        enlistment.Done();
    }

    private static async ValueTask Run(WalSession session, string sql, bool async, CancellationToken cancellationToken)
    {
        var execution = new Execution(session);
        execution.Start(new TextSequence(sql, null), session.BusyTimeout);
        _ = await execution.NextResult(async, cancellationToken).ConfigureAwait(false);
    }

    private System.Data.Common.DbException? TryCommit()
    {
        try
        {
            if (!_session.Engine.InTransaction)
            {
                return EngineErrors.Plain(raw.SQLITE_ABORT, _session.Engine.Db);
            }

            Run(_session, "COMMIT", async: false, CancellationToken.None).GetAwaiter().GetResult();
            return null;
        }
        catch (System.Data.Common.DbException failure)
        {
            _session.RollbackTransaction();
            return failure;
        }
        finally
        {
            End();
        }
    }

    private void End()
    {
        lock (_lock)
        {
            HasEnded = true;
        }

        _onEnded(this);
    }
}
