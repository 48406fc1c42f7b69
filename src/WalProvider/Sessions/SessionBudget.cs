namespace WalProvider;

/// <summary>
/// The bound over the sessions of all pools whose connection strings set Max Open Sessions: who would open one too many has the one
/// closed that was idle for longest, and where none is idle waits in the order of coming.
/// </summary>
/// <remarks>
/// <para>Nobody is passed over: while somebody waits, a session that comes back goes to the first of them where he is of its
/// pool, and is closed otherwise, so that busy pools do not keep the sessions among themselves.</para>
/// <para>Lock order: a pool's lock, then this one, which is held for a few instructions; nothing is called under it.</para>
/// </remarks>
internal sealed class SessionBudget
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(ISessionOwner Owner, WalSession Session)> _idle = [];
    private readonly Dictionary<WalSession, LinkedListNode<(ISessionOwner Owner, WalSession Session)>> _places = [];
    private readonly LinkedList<BudgetClaim> _claims = [];
    private int _open;

    /// <summary>How many sessions are open, and how many of them are idle.</summary>
    internal (int Open, int Idle) Count
    {
        get
        {
            lock (_lock)
            {
                return (_open, _idle.Count);
            }
        }
    }

    /// <summary>Waits until the pool may have a session: one of its own that came back, or null for leave to open one.</summary>
    /// <param name="owner">The pool.</param>
    /// <param name="atMost">How long to wait.</param>
    /// <param name="clock">What that is measured by.</param>
    /// <param name="async">Whether to wait off the thread.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The time is up.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed meanwhile.</exception>
    internal async ValueTask<WalSession?> Acquire(
        ISessionOwner owner, TimeSpan atMost, TimeProvider clock, bool async, CancellationToken cancellationToken)
    {
        BudgetClaim? claim;
        while (!TryAcquire(owner, out claim, out var oldest))
        {
            // NB: without the lock: closing takes the other pool's lock, and may take the disk's time.
            oldest.Owner.CloseIfIdle(oldest.Session);
        }

        return claim is null ? null : await Wait(claim, atMost, clock, async, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a place back: the session is closed, or was never opened.</summary>
    internal void Release()
    {
        lock (_lock)
        {
            _open--;
            Serve_NeedsLock();
        }
    }

    /// <summary>Gives a session that came back to the first who waits, where he is of its pool.</summary>
    /// <param name="owner">The pool.</param>
    /// <param name="session">The session.</param>
    /// <param name="isWanted">Whether another pool's waits, so that the session is to be closed.</param>
    internal bool TryPass(ISessionOwner owner, WalSession session, out bool isWanted)
    {
        lock (_lock)
        {
            var first = _claims.First;
            isWanted = first is not null;
            if (first?.Value.Owner != owner)
            {
                return false;
            }

            _claims.RemoveFirst();
            first.Value.Waiter.SetResult(session);
            return true;
        }
    }

    /// <summary>Notes a session as idle; false where somebody waits by now, so that it is to be closed.</summary>
    internal bool TryRest(ISessionOwner owner, WalSession session)
    {
        lock (_lock)
        {
            if (_claims.Count > 0)
            {
                return false;
            }

            _places[session] = _idle.AddLast((owner, session));
            return true;
        }
    }

    /// <summary>Notes that a session is not idle any more, if it was.</summary>
    internal void Wake(WalSession session)
    {
        lock (_lock)
        {
            if (_places.Remove(session, out var place))
            {
                _idle.Remove(place);
            }
        }
    }

    /// <summary>How many wait for a session of a pool.</summary>
    internal int WaitingFor(ISessionOwner owner)
    {
        lock (_lock)
        {
            return _claims.Count(claim => claim.Owner == owner);
        }
    }

    /// <summary>Ends the waits for a pool that is disposed.</summary>
    internal void Expel(ISessionOwner owner)
    {
        lock (_lock)
        {
            for (var place = _claims.First; place is not null;)
            {
                var next = place.Next;
                if (place.Value.Owner == owner)
                {
                    _claims.Remove(place);
                    place.Value.Waiter.SetException(PoolErrors.Disposed());
                }

                place = next;
            }

            Serve_NeedsLock();
        }
    }

    /// <summary>A place, taken; or a claim to one; or else the session to be closed first.</summary>
    private bool TryAcquire(ISessionOwner owner, out BudgetClaim? claim, out (ISessionOwner Owner, WalSession Session) oldest)
    {
        lock (_lock)
        {
            (claim, oldest) = (null, default);
            if (_claims.Count == 0 && _open < owner.Settings.MaxOpenSessions)
            {
                _open++;
                return true;
            }

            // NB: while somebody waits none is idle.
            if (_idle.First is { } first)
            {
                oldest = first.Value;
                _idle.RemoveFirst();
                _places.Remove(oldest.Session);
                return false;
            }

            claim = new BudgetClaim(owner);
            _claims.AddLast(claim);
            return true;
        }
    }

    private ValueTask<WalSession?> Wait(
        BudgetClaim claim, TimeSpan atMost, TimeProvider clock, bool async, CancellationToken cancellationToken)
        => claim.Waiter.Wait(
            atMost, clock, () => TryWithdraw(claim), () => PoolErrors.TooManyOpen(claim.Owner.Settings), async, cancellationToken);

    private bool TryWithdraw(BudgetClaim claim)
    {
        lock (_lock)
        {
            var isWithdrawn = _claims.Remove(claim);
            // Whoever stood behind one with a lower limit may go on now.
            Serve_NeedsLock();
            return isWithdrawn;
        }
    }

    private void Serve_NeedsLock()
    {
        while (_claims.First is { } first && _open < first.Value.Limit)
        {
            _open++;
            _claims.RemoveFirst();
            first.Value.Waiter.SetResult(null);
        }
    }
}
