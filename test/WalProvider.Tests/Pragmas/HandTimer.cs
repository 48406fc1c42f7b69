namespace WalProvider.Tests;

/// <summary>A timer of a <see cref="HandClock"/>.</summary>
internal sealed class HandTimer(HandClock clock, Action callback) : ITimer
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    private readonly Lock _lock = new();
    private long _dueAt = long.MaxValue;
    private TimeSpan _period = Never;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _dueAt = dueTime == Never ? long.MaxValue : clock.GetTimestamp() + dueTime.Ticks;
            _period = period;
        }

        return true;
    }

    public void FireIfDue()
    {
        lock (_lock)
        {
            if (_dueAt > clock.GetTimestamp())
                return;
            _dueAt = _period == Never || _period == TimeSpan.Zero ? long.MaxValue : clock.GetTimestamp() + _period.Ticks;
        }

        callback();
    }

    public void Dispose()
    {
        Change(Never, Never);
        clock.Forget(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
