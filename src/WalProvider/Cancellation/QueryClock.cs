namespace WalProvider;

/// <summary>How long the engine has run one statement, all its steps together: waits, and the time between two rows, are not its own.</summary>
internal sealed class QueryClock(TimeSpan limit, RunNote run)
{
    private readonly long _limit = (long)limit.TotalMilliseconds;
    private long _spent;
    private long _began;

    /// <summary>How long it may run.</summary>
    internal TimeSpan Limit => limit;

    /// <summary>Whether it has run for longer; asked during a step.</summary>
    internal bool IsOver => _spent + run.Ticks() - _began > _limit;

    /// <summary>Starts anew for another statement.</summary>
    internal void Restart() => _spent = 0;

    /// <summary>A step begins.</summary>
    internal void BeginStep() => _began = run.Ticks();

    /// <summary>The step has ended.</summary>
    internal void EndStep() => _spent += run.Ticks() - _began;
}
