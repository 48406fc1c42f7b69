namespace WalProvider;

/// <summary>The idle sessions of a pool, the one that came back last at the end, and the timer that looks after them.</summary>
/// <param name="settings">How long they may lie there.</param>
/// <param name="clock">What that is measured by.</param>
/// <remarks>It has no lock of its own: its members are called under the pool's.</remarks>
internal sealed class IdleSessions(WalSettings settings, TimeProvider clock)
{
    private readonly List<WalSession> _sessions = [];
    private ITimer? _timer;

    /// <summary>How many there are.</summary>
    internal int Count => _sessions.Count;

    private TimeSpan Tick
    {
        get
        {
            var half = settings.ConnectionIdleLifetime / 2;
            return half > TimeSpan.Zero && half < IdleMemory.RestAfter ? half : IdleMemory.RestAfter;
        }
    }

    /// <summary>Takes in one that came back; the timer starts with the first.</summary>
    /// <param name="session">The session.</param>
    /// <param name="look">What the timer calls, without the lock.</param>
    internal void Add_NeedsLock(WalSession session, Action look)
    {
        session.IdleSince = clock.GetTimestamp();
        _sessions.Add(session);
        _timer ??= clock.CreateTimer(_ => look(), null, Tick, Tick);
    }

    /// <summary>Takes out the one that came back last, since its page cache is warm; null for none.</summary>
    internal WalSession? Take_NeedsLock()
    {
        if (_sessions.Count == 0)
        {
            return null;
        }

        var session = _sessions[^1];
        _sessions.RemoveAt(_sessions.Count - 1);
        return session;
    }

    /// <summary>Takes out those that fit; with none left the timer stops, so that it keeps nothing of a file that is done with.</summary>
    internal List<WalSession> Take_NeedsLock(Predicate<WalSession> fits)
    {
        var taken = _sessions.FindAll(fits);
        _sessions.RemoveAll(fits);
        StopIfEmpty_NeedsLock();
        return taken;
    }

    /// <summary>Takes out this one; false if it is not here.</summary>
    internal bool TryTake_NeedsLock(WalSession session)
    {
        var isTaken = _sessions.Remove(session);
        StopIfEmpty_NeedsLock();
        return isTaken;
    }

    /// <summary>Takes out those that nobody has asked for in Connection Idle Lifetime, the oldest first.</summary>
    /// <param name="atMost">How many.</param>
    internal List<WalSession> TakeOld_NeedsLock(int atMost)
    {
        var count = 0;
        while (count < atMost && count < _sessions.Count && IsTooOld(_sessions[count]))
        {
            count++;
        }

        var taken = _sessions.GetRange(0, count);
        _sessions.RemoveRange(0, count);
        return taken;
    }

    /// <summary>Those that have rested for so long that they are to give their memory back; with none left at all the timer stops.</summary>
    internal WalSession[] Resting_NeedsLock()
    {
        StopIfEmpty_NeedsLock();
        return [.. _sessions.Where(session => IdleTimeOf(session) >= IdleMemory.RestAfter)];
    }

    /// <summary>Stops the timer.</summary>
    internal void Stop_NeedsLock()
    {
        _timer?.Dispose();
        _timer = null;
    }

    // NB: not where one is lent: it comes back soon.
    private void StopIfEmpty_NeedsLock()
    {
        if (_sessions.Count == 0)
        {
            Stop_NeedsLock();
        }
    }

    private TimeSpan IdleTimeOf(WalSession session) => clock.GetElapsedTime(session.IdleSince);

    private bool IsTooOld(WalSession session)
        => settings.ConnectionIdleLifetime > TimeSpan.Zero && IdleTimeOf(session) >= settings.ConnectionIdleLifetime;
}
