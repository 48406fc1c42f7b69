namespace WalProvider;

/// <summary>
/// How long opening may still wait for locks, over all its steps. The engine's own busy handler cannot be used for it:
/// engine builds without usleep nap for whole seconds.
/// </summary>
/// <param name="total">The budget; zero does not wait.</param>
/// <param name="clock">Measures it; the system's where null.</param>
/// <param name="nap">Waits a little; the thread sleeps a millisecond where null.</param>
internal sealed class PatienceBudget(TimeSpan total, TimeProvider? clock = null, Action? nap = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly long _begin = (clock ?? TimeProvider.System).GetTimestamp();

    /// <summary>Waits a little, on this thread; false at once where the budget is spent.</summary>
    public bool Wait()
    {
        if (_clock.GetElapsedTime(_begin) >= total)
            return false;
        if (nap is null)
            Thread.Sleep(1);
        else
            nap();
        return true;
    }
}
