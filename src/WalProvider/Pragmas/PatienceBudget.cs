using System.Diagnostics;

namespace WalProvider;

/// <summary>
/// How long opening may still wait for locks, over all its steps. The engine's own busy handler cannot be used for it:
/// engine builds without usleep nap for whole seconds.
/// </summary>
internal sealed class PatienceBudget(TimeSpan total)
{
    private readonly long _begin = Stopwatch.GetTimestamp();

    /// <summary>Waits a little; false where the budget is spent. Blocks the thread for a millisecond.</summary>
    public bool Wait()
    {
        if (Stopwatch.GetElapsedTime(_begin) >= total)
            return false;
        Thread.Sleep(1);
        return true;
    }
}
