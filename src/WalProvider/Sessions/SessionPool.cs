namespace WalProvider;

/// <summary>The sessions of one connection string: lent out, taken back, and closed when they are no longer wanted.</summary>
/// <remarks>
/// The one who was idle last is lent first, since its page cache is warm. Whoever finds none waits in the order of
/// coming. The pool's lock is held for a few instructions; sessions are opened, restored and closed outside it. Lock order: the
/// pool's, then the budget's.
/// </remarks>
internal sealed class SessionPool : ISessionOwner, IDisposable
{
    private readonly Lock _lock = new();
    private readonly WalSettings _settings;
    private readonly SessionFactory _factory;
    private readonly TimeProvider _clock;
    private readonly MemoryAnchor? _anchor;
    private readonly SessionBudget? _budget;
    private readonly bool _isPooling;
    private readonly HashSet<WalSession> _open = [];
    private readonly IdleSessions _idle;
    private readonly PoolQueue _waiting;
    private int _slots;
    private int _generation;
    private long _created;
    private long _dropped;
    private bool _isInUse;
    private bool _isDisposed;
    private bool _isLast;

    /// <summary>Creates an empty pool.</summary>
    /// <remarks>
    /// The anchor keeps a shared database in memory for the pool's life; null where it is to end with the last connection, so
    /// that no idle session may keep it. Without upkeep settings the defaults hold. The budget is kept to where the settings ask
    /// for one.
    /// </remarks>
    internal SessionPool(
        WalSettings settings, SessionFactory factory, TimeProvider clock, MemoryAnchor? anchor, UpkeepSettings? upkeep, SessionBudget budget)
    {
        Upkeep = new CheckpointUpkeep(factory, upkeep ?? UpkeepSettings.DefaultFor(settings), clock);
        _settings = settings;
        _factory = factory;
        _clock = clock;
        _idle = new IdleSessions(settings, clock);
        _waiting = new PoolQueue(_lock, settings, clock);
        Enlistments = new ScopeEnlistments(Return);
        _anchor = anchor;
        _budget = settings.MaxOpenSessions > 0 ? budget : null;
        _isPooling = settings.Pooling && (anchor is not null || !settings.IsSharedMemory);
    }

    /// <summary>Told, under the lock, when the pool begins to have something open and when it has nothing open any more.</summary>
    internal Action<SessionPool, bool>? UseChanged { get; init; }

    /// <summary>What keeps the WAL short.</summary>
    internal CheckpointUpkeep Upkeep { get; }

    /// <summary>What its sessions are opened with.</summary>
    public WalSettings Settings => _settings;

    /// <summary>Its sessions' parts in transactions of System.Transactions.</summary>
    internal ScopeEnlistments Enlistments { get; }

    /// <summary>How many sessions there are and what they do.</summary>
    internal WalPoolStatistics Statistics
    {
        get
        {
            lock (_lock)
            {
                var waiting = _waiting.Count + (_budget?.WaitingFor(this) ?? 0);
                return new WalPoolStatistics(_open.Count, _open.Count - _idle.Count, _idle.Count, waiting, _created, _dropped);
            }
        }
    }

    private int Capacity => _isPooling ? _settings.MaxPoolSize : int.MaxValue;

    /// <summary>Lends a session, waiting for one up to Connection Timeout.</summary>
    /// <exception cref="InvalidOperationException">All are in use and none came back in time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while waiting.</exception>
    /// <exception cref="ObjectDisposedException">The data source that owns the pool is disposed.</exception>
    internal ValueTask<WalSession> Rent(bool async, CancellationToken cancellationToken)
    {
        while (true)
        {
            var session = Take(out var waiter);
            if (waiter is not null)
            {
                return Wait(waiter, _clock.GetTimestamp(), async, cancellationToken);
            }

            if (session is null)
            {
                return OpenInSlot(_clock.GetTimestamp(), async, cancellationToken);
            }

            if (IsUsable(session))
            {
                return new ValueTask<WalSession>(session);
            }

            Drop(session);
        }
    }

    /// <summary>Takes a session back: the next in the queue gets it, or it stays idle, or it is closed.</summary>
    internal void Return(WalSession session)
    {
        var isKept = session.TryRestore() && _isPooling;
        lock (_lock)
        {
            isKept &= !_isDisposed && session.Generation == _generation;
            if (isKept && TryKeep_NeedsLock(session))
            {
                return;
            }
        }

        Drop(session);
    }

    /// <summary>Closes the idle sessions now and those in use when they come back, so that the file is free.</summary>
    internal void Clear()
    {
        // Before the lock is taken: whoever comes back later is of an old generation, whoever came before is idle.
        Interlocked.Increment(ref _generation);
        CloseIdle(_ => true);
    }

    /// <summary>Closes those of the idle sessions that fit.</summary>
    internal void CloseIdle(Predicate<WalSession> fits)
    {
        List<WalSession> closing;
        lock (_lock)
        {
            closing = _idle.Take_NeedsLock(fits);
            closing.ForEach(Forget);
        }

        closing.ForEach(session => End(session, Upkeep.Close));
    }

    /// <inheritdoc/>
    public void CloseIfIdle(WalSession session)
    {
        lock (_lock)
        {
            if (!_idle.TryTake_NeedsLock(session))
            {
                return;
            }

            Forget(session);
        }

        End(session, Upkeep.Close);
    }

    /// <summary>Every open session, lent ones too. The process ends: they, and those still to come, commit each write at once.</summary>
    internal WalSession[] EndBatching()
    {
        lock (_lock)
        {
            _isLast = true;
            WalSession[] sessions = [.. _open];
            Array.ForEach(sessions, session => session.Batch.CommitEach());
            return sessions;
        }
    }

    /// <summary>Closes idle sessions beyond the minimum that nobody has asked for in Connection Idle Lifetime; the others give memory back.</summary>
    internal void Prune()
    {
        List<WalSession> closing;
        WalSession[] resting;
        lock (_lock)
        {
            closing = _idle.TakeOld_NeedsLock(atMost: _slots - _settings.MinPoolSize);
            closing.ForEach(Forget);
            resting = _idle.Resting_NeedsLock();
        }

        closing.ForEach(session => End(session, Upkeep.Close));
        Array.ForEach(resting, IdleMemory.Shrink);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _idle.Stop_NeedsLock();
            _waiting.Close_NeedsLock();
            NoteUse_NeedsLock();
        }

        _budget?.Expel(this);
        Clear();
        _anchor?.Dispose();
    }

    /// <summary>An idle session, or a place in the queue; neither where a slot was taken to open one.</summary>
    private WalSession? Take(out PoolWaiter? waiter)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                throw PoolErrors.Disposed();
            }

            waiter = null;
            if (_idle.Take_NeedsLock() is { } session)
            {
                _budget?.Wake(session);
                return session;
            }

            if (_slots < Capacity)
            {
                _slots++;
                NoteUse_NeedsLock();
            }
            else
            {
                waiter = _waiting.Enter_NeedsLock();
            }

            return null;
        }
    }

    private void Drop(WalSession session)
    {
        lock (_lock)
        {
            Forget(session);
        }

        End(session, Upkeep.Drop);
    }

    // The place in the budget is free once the file is closed, and not before.
    private void End(WalSession session, Action<WalSession> close)
    {
        try
        {
            close(session);
        }
        finally
        {
            _budget?.Release();
        }
    }

    private bool TryKeep_NeedsLock(WalSession session)
    {
        var isWantedElsewhere = false;
        if (_budget?.TryPass(this, session, out isWantedElsewhere) == true
            || (!isWantedElsewhere && _waiting.TryServe_NeedsLock(session)))
        {
            return true;
        }

        if (isWantedElsewhere || _budget?.TryRest(this, session) == false)
        {
            return false;
        }

        _idle.Add_NeedsLock(session, Prune);
        return true;
    }

    // A deleted, renamed or replaced file is noticed here: a session of the old one would write where nobody looks.
    private bool IsUsable(WalSession session) => _settings.IsFileless || !EngineExports.HasMoved(session.Engine.Db);

    private async ValueTask<WalSession> OpenInSlot(long since, bool async, CancellationToken cancellationToken)
    {
        if (_budget is not null && await AcquirePlace(_budget, since, async, cancellationToken).ConfigureAwait(false) is { } passed)
        {
            return passed;
        }

        int generation;
        lock (_lock)
        {
            generation = _generation;
        }

        try
        {
            _anchor?.Keep();
            var session = async
                ? await SessionOpening.Run(_factory, generation, _settings.BusyTimeout, cancellationToken).ConfigureAwait(false)
                : _factory.Open(generation);
            lock (_lock)
            {
                _open.Add(session);
                _created++;
                if (_isLast)
                    session.Batch.CommitEach();
            }

            Upkeep.Opened(session);
            return session;
        }
        catch (Exception)
        {
            GiveUpSlot();
            _budget?.Release();
            throw;
        }
    }

    /// <summary>Waits for leave to open one more in the process, and then gives null; or gets a session of this pool that came back.</summary>
    private async ValueTask<WalSession?> AcquirePlace(SessionBudget budget, long since, bool async, CancellationToken cancellationToken)
    {
        WalSession? session;
        try
        {
            var atMost = TimeSpan.FromTicks(Math.Max(0, (_settings.ConnectionTimeout - _clock.GetElapsedTime(since)).Ticks));
            session = await budget.Acquire(this, atMost, _clock, async, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            GiveUpSlot();
            throw;
        }

        if (session is null)
        {
            return null;
        }

        // It has a slot of its own.
        GiveUpSlot();
        if (IsUsable(session))
        {
            return session;
        }

        Drop(session);
        return await Rent(async, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<WalSession> Wait(PoolWaiter waiter, long since, bool async, CancellationToken cancellationToken)
    {
        var session = await _waiting.Wait(waiter, async, cancellationToken).ConfigureAwait(false);
        if (session is null || IsUsable(session))
        {
            return session ?? await OpenInSlot(since, async, cancellationToken).ConfigureAwait(false);
        }

        lock (_lock)
        {
            // NB: the slot is not given up, or the next in the queue would take it and this one lose its turn.
            _open.Remove(session);
            _dropped++;
        }

        End(session, Upkeep.Drop);
        return await OpenInSlot(since, async, cancellationToken).ConfigureAwait(false);
    }

    private void Forget(WalSession session)
    {
        _open.Remove(session);
        _dropped++;
        _budget?.Wake(session);
        ReleaseSlot();
    }

    private void GiveUpSlot()
    {
        lock (_lock)
        {
            ReleaseSlot();
        }
    }

    private void NoteUse_NeedsLock()
    {
        var isInUse = _slots > 0 || (!_isDisposed && _anchor is { IsKeeping: true });
        if (isInUse != _isInUse)
        {
            _isInUse = isInUse;
            UseChanged?.Invoke(this, isInUse);
        }
    }

    private void ReleaseSlot()
    {
        // The slot goes on to the first who waits, with leave to open a session.
        if (!_waiting.TryServe_NeedsLock(null))
        {
            _slots--;
            NoteUse_NeedsLock();
        }
    }
}
