namespace WalProvider.Tests;

/// <summary>A clock whose waits are over at once: it notes how long each was to be, and does something meanwhile.</summary>
internal sealed class RetryClock(Action<int>? onWait = null) : TimeProvider
{
    private readonly List<TimeSpan> _waits = [];

    public IReadOnlyList<TimeSpan> Waits => _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _waits.Add(dueTime);
        onWait?.Invoke(_waits.Count);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
