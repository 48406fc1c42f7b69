using System.Transactions;

namespace WalProvider;

// How the connection comes by its session, and gives it back.
public sealed partial class WalDbConnection
{
    private ScopeEnlistment? _enlistment;
    private int _closings;
    private bool _isClosing;

    private async ValueTask Open(bool async, CancellationToken cancellationToken)
    {
        if (_session is not null)
        {
            return;
        }

        var closings = Volatile.Read(ref _closings);
        var scope = _pool.Settings.Enlist ? Transaction.Current : null;
        var enlistment = scope is null ? null : _pool.Enlistments.Find(scope);
        var session = enlistment?.Reuse() ?? await _pool.Rent(async, cancellationToken).ConfigureAwait(false);
        try
        {
            Prepare(session);
            _enlistment = enlistment is null && scope is not null
                ? await _pool.Enlistments.Add(session, scope, async, cancellationToken).ConfigureAwait(false)
                : enlistment;
        }
        catch (Exception)
        {
            session.Touch();
            GiveBack(session, enlistment);
            throw;
        }

        if (Interlocked.CompareExchange(ref _session, session, null) is not null)
        {
            // By another thread, while this one waited.
            GiveBack(session, _enlistment);
            return;
        }

        // NB: looked at after the session is there, as Close looks for the session after it has counted: one of both sees the other.
        if (closings != Volatile.Read(ref _closings))
        {
            await Close(async).ConfigureAwait(false);
            throw StopErrors.ClosedMeanwhile();
        }

        OnStateChange(Opened);
    }

    private void Prepare(WalSession session)
    {
        session.BatchCommitted = _batchCommitted is null ? null : Notifier();
        Listen(session);
        if (_registrations is not null)
        {
            session.Touch();
            _registrations.ForEach(register => register(session.Engine.Inner));
        }
    }

    /// <summary>Closes in the one way or the other.</summary>
    internal async ValueTask Close(bool async)
    {
        if (_session is null)
        {
            // It may be about to open, and is not to stay open then.
            Interlocked.Increment(ref _closings);
        }

        if (_session is not { } session)
        {
            return;
        }

        // NB: refuses to close from inside a user function, before anything is given up. Another thread's step is waited for.
        session.EnterToEnd().Dispose();
        if (Interlocked.Exchange(ref _isClosing, true))
        {
            // One of the readers that it closes is to close the connection. Or two threads close, and one does it.
            return;
        }

        try
        {
            await CloseReaders(async).ConfigureAwait(false);
        }
        finally
        {
            // Another thread may have closed it before this one got in.
            if (ReferenceEquals(_session, session))
            {
                await CloseSession(session, async).ConfigureAwait(false);
            }
            else
            {
                _isClosing = false;
            }
        }
    }

    private async ValueTask CloseSession(WalSession session, bool async)
    {
        CurrentTransaction?.EndWithConnection();
        CurrentTransaction = null;
        // Held: a handler that closes the connection would close it inside this.
        var changes = session.Engine.Changes;
        changes?.Hold();
        try
        {
            session.UndoUnits();
            await BatchCommit.RunLast(session, async).ConfigureAwait(false);
        }
        finally
        {
            _session = null;
            _spareExecution = null;
            _isClosing = false;
            GiveBack(session, _enlistment);
            _enlistment = null;
            OnStateChange(Closed);
            changes?.Release();
        }

        changes?.ThrowFailures();
    }

    private void GiveBack(WalSession session, ScopeEnlistment? enlistment)
    {
        // NB: before it leaves: the scope may end on another thread at that moment.
        KeepListening(enlistment);
        if (enlistment is null || enlistment.Leave())
        {
            _pool.Return(session);
        }
    }

    private void Reclaim(WalSession session)
    {
        session.Touch();
        BatchCommit.RunAbandoned(session, hasReaders: false);
        _pool.Return(session);
    }
}
