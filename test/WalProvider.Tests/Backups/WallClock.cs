namespace WalProvider.Tests.Backups;

/// <summary>A calendar that is set by hand.</summary>
internal sealed class WallClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
