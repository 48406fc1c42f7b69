namespace WalProvider;

/// <summary>The sessions of one connection string: lent out, taken back, and closed when they are no longer wanted.</summary>
/// <remarks>
/// The one who was idle last is lent first, since its page cache is warm. Whoever finds none waits in the order of
/// coming. The pool's lock is held for a few instructions; sessions are opened, restored and closed outside it.
/// </remarks>
internal sealed class SessionPool : IDisposable
{
    private readonly Lock _lock = new();
    private readonly WalSettings _settings;
    private readonly SessionFactory _factory;
    private readonly TimeProvider _clock;
    private readonly MemoryAnchor? _anchor;
    private readonly bool _isPooling;
    private readonly HashSet<WalSession> _open = [];
    private readonly IdleSessions _idle;
    private readonly LinkedList<PoolWaiter> _waiting = [];
    private int _slots;
    private int _generation;
    private long _created;
    private long _dropped;
    private bool _isDisposed;
    private Action? _whenEmpty;

    /// <summary>Creates an empty pool.</summary>
    /// <remarks>
    /// The anchor keeps a shared database in memory for the pool's life; null where it is to end with the last connection, so
    /// that no idle session may keep it. Without upkeep settings the defaults hold.
    /// </remarks>
    internal SessionPool(
        WalSettings settings, SessionFactory factory, TimeProvider clock, MemoryAnchor? anchor, UpkeepSettings? upkeep = null)
    {
        Upkeep = new CheckpointUpkeep(factory, upkeep ?? UpkeepSettings.DefaultFor(settings), clock);
        _settings = settings;
        _factory = factory;
        _clock = clock;
        _idle = new IdleSessions(settings, clock);
        Enlistments = new ScopeEnlistments(Return);
        _anchor = anchor;
        _isPooling = settings.Pooling && (anchor is not null || !settings.IsSharedMemory);
    }

    /// <summary>What keeps the WAL short.</summary>
    internal CheckpointUpkeep Upkeep { get; }

    /// <summary>What its sessions are opened with.</summary>
    internal WalSettings Settings => _settings;

    /// <summary>Its sessions' parts in transactions of System.Transactions.</summary>
    internal ScopeEnlistments Enlistments { get; }

    /// <summary>How many sessions there are and what they do.</summary>
    internal WalPoolStatistics Statistics
    {
        get
        {
            lock (_lock)
            {
                return new WalPoolStatistics(
                    _open.Count, _open.Count - _idle.Count, _idle.Count, _waiting.Count, _created, _dropped);
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
                return Wait(waiter, async, cancellationToken);
            }

            if (session is null)
            {
                return OpenInSlot(async, cancellationToken);
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
            if (isKept && TryServe(session))
            {
                return;
            }

            if (isKept)
            {
                _idle.Add_NeedsLock(session, Prune);
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

        closing.ForEach(Upkeep.Close);
    }

    /// <summary>Runs something when no session is open any more: now, or when the last one has come back.</summary>
    internal void WhenEmpty(Action action)
    {
        lock (_lock)
        {
            _whenEmpty = action;
            RunIfEmpty();
        }
    }

    /// <summary>Every open session, lent ones too.</summary>
    internal WalSession[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _open];
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

        closing.ForEach(Upkeep.Close);
        Array.ForEach(resting, IdleMemory.Shrink);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _idle.Stop_NeedsLock();
            foreach (var waiter in _waiting)
            {
                waiter.TrySetException(PoolErrors.Disposed());
            }

            _waiting.Clear();
        }

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
                return session;
            }

            if (_slots < Capacity)
            {
                _slots++;
            }
            else
            {
                waiter = new PoolWaiter();
                _waiting.AddLast(waiter);
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

        Upkeep.Drop(session);
    }

    // A deleted, renamed or replaced file is noticed here: a session of the old one would write where nobody looks.
    private bool IsUsable(WalSession session) => _settings.IsFileless || !EngineExports.HasMoved(session.Engine.Db);

    private async ValueTask<WalSession> OpenInSlot(bool async, CancellationToken cancellationToken)
    {
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
            }

            Upkeep.Opened(session);
            return session;
        }
        catch (Exception)
        {
            lock (_lock)
            {
                ReleaseSlot();
            }

            throw;
        }
    }

    private async ValueTask<WalSession> Wait(PoolWaiter waiter, bool async, CancellationToken cancellationToken)
    {
        var session = await WaitForTurn(waiter, async, cancellationToken).ConfigureAwait(false);
        if (session is null || IsUsable(session))
        {
            return session ?? await OpenInSlot(async, cancellationToken).ConfigureAwait(false);
        }

        lock (_lock)
        {
            // NB: the slot is not given up, or the next in the queue would take it and this one lose its turn.
            _open.Remove(session);
            _dropped++;
        }

        Upkeep.Drop(session);
        return await OpenInSlot(async, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<WalSession?> WaitForTurn(PoolWaiter waiter, bool async, CancellationToken cancellationToken)
    {
        try
        {
            return await waiter.Wait(_settings.ConnectionTimeout, _clock, async, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            if (TryWithdraw(waiter))
            {
                throw error is TimeoutException ? PoolWaiter.Exhausted(_settings) : error;
            }

            // Served at the last moment: what was given must not be lost.
            return await waiter.Task.ConfigureAwait(false);
        }
    }

    private bool TryWithdraw(PoolWaiter waiter)
    {
        lock (_lock)
        {
            return _waiting.Remove(waiter);
        }
    }

    private bool TryServe(WalSession? session)
    {
        if (_waiting.First is not { } first)
        {
            return false;
        }

        _waiting.RemoveFirst();
        first.Value.SetResult(session);
        return true;
    }

    private void Forget(WalSession session)
    {
        _open.Remove(session);
        _dropped++;
        ReleaseSlot();
    }

    private void RunIfEmpty()
    {
        if (_slots == 0)
        {
            _whenEmpty?.Invoke();
        }
    }

    private void ReleaseSlot()
    {
        // The slot goes on to the first who waits, with leave to open a session.
        if (!TryServe(null))
        {
            _slots--;
            RunIfEmpty();
        }
    }
}
