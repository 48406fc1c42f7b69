namespace WalProvider.Tests;

/// <summary>A clock that stands still until it rushes: then an hour passes between any two looks.</summary>
internal sealed class RushingClock : TimeProvider
{
    private long _ticks;

    public bool IsRushing { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref _ticks, IsRushing ? TimeSpan.TicksPerHour : 0);
}
