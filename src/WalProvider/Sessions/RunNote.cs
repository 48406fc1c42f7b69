namespace WalProvider;

/// <summary>What a session executes and since when, to be named to those whose checkpoint it keeps from its end.</summary>
/// <param name="applicationName">Who it is.</param>
/// <param name="clock">What times are read from.</param>
internal sealed class RunNote(string applicationName, TimeProvider clock)
{
    // The system's clock is read by its ticks, which costs a tenth of a time stamp; this runs once for each execution.
    private readonly bool _isSystemClock = ReferenceEquals(clock, TimeProvider.System);
    private string? _sql;
    private long _sinceMilliseconds;

    /// <summary>Notes an execution that begins; what an open result or transaction began with stays noted.</summary>
    internal void Begin(string sql, bool isInner)
    {
        if (!isInner)
        {
            _sql = sql;
            _sinceMilliseconds = NowMilliseconds();
        }
    }

    /// <summary>Who runs what, and since when.</summary>
    internal WalReader Describe()
    {
        var age = TimeSpan.FromMilliseconds(NowMilliseconds() - _sinceMilliseconds);
        return new WalReader(applicationName, clock.GetUtcNow() - age, age, _sql);
    }

    private long NowMilliseconds() => _isSystemClock ? Environment.TickCount64 : (long)clock.GetElapsedTime(0).TotalMilliseconds;
}
