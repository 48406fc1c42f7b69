namespace WalProvider;

/// <summary>Those who wait for a session of a pool, in the order of coming.</summary>
/// <param name="poolLock">The pool's lock.</param>
/// <param name="settings">How long they wait.</param>
/// <param name="clock">What that is measured by.</param>
internal sealed class PoolQueue(Lock poolLock, WalSettings settings, TimeProvider clock)
{
    private readonly LinkedList<PoolWaiter> _waiters = [];

    /// <summary>How many wait.</summary>
    internal int Count => _waiters.Count;

    /// <summary>Takes the last place.</summary>
    internal PoolWaiter Enter_NeedsLock()
    {
        var waiter = new PoolWaiter();
        _waiters.AddLast(waiter);
        return waiter;
    }

    /// <summary>Gives the first a session, or with null leave to open one; false where nobody waits.</summary>
    internal bool TryServe_NeedsLock(WalSession? session)
    {
        if (_waiters.First is not { } first)
        {
            return false;
        }

        _waiters.RemoveFirst();
        first.Value.SetResult(session);
        return true;
    }

    /// <summary>Sends everybody away, since the pool is disposed.</summary>
    internal void Close_NeedsLock()
    {
        foreach (var waiter in _waiters)
        {
            waiter.TrySetException(PoolErrors.Disposed());
        }

        _waiters.Clear();
    }

    /// <summary>Waits for one's turn; without the lock.</summary>
    /// <exception cref="InvalidOperationException">The time is up.</exception>
    internal ValueTask<WalSession?> Wait(PoolWaiter waiter, bool async, CancellationToken cancellationToken)
        => waiter.Wait(
            settings.ConnectionTimeout, clock, () => TryWithdraw(waiter), () => PoolErrors.Exhausted(settings), async, cancellationToken);

    private bool TryWithdraw(PoolWaiter waiter)
    {
        lock (poolLock)
        {
            return _waiters.Remove(waiter);
        }
    }
}
