namespace WalProvider;

/// <summary>What a session executes and since when, to be told to those whom it is in the way of.</summary>
internal sealed class RunNote(string applicationName, TimeProvider clock)
{
    private readonly long _openedAt = clock.GetTimestamp();
    private string? _sql;
    private long _since;

    /// <summary>How long the session has been open.</summary>
    internal TimeSpan SessionAge => clock.GetElapsedTime(_openedAt);

    /// <summary>Notes what begins now.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="isInner">Whether a result or a transaction is open: what that began with stays noted.</param>
    internal void Begin(string sql, bool isInner)
    {
        if (!isInner)
        {
            _sql = sql;
            _since = Ticks();
        }
    }

    /// <summary>Who it is, since when, and what. From any thread: what is noted meanwhile may mix with what was.</summary>
    internal WalReader Describe()
    {
        var age = TimeSpan.FromMilliseconds(Ticks() - _since);
        return new WalReader(applicationName, clock.GetUtcNow() - age, age, _sql);
    }

    /// <summary>Milliseconds of its clock. The system's is read by its ticks, which costs a tenth of a time stamp.</summary>
    internal long Ticks() => ReferenceEquals(clock, TimeProvider.System)
        ? Environment.TickCount64
        : (long)clock.GetElapsedTime(0).TotalMilliseconds;
}
