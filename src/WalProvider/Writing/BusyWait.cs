using System.Diagnostics;

namespace WalProvider;

/// <summary>
/// The time that one operation may spend waiting for locks, all its waits together, and the waits for the file lock,
/// which only asking again can tell to be free.
/// </summary>
/// <remarks>
/// The waits grow from 0.8 to 5 milliseconds and are jittered: shorter ones cost other processes their
/// throughput, longer ones their latency. Who has had bad luck for some 25 milliseconds asks every half of one, so that it is
/// not had for much longer; those are few at any time. The engine's own waiting is off, since its build may nap whole seconds.
/// </remarks>
internal sealed class BusyWait
{
    private const double FirstMilliseconds = 0.8;
    private const double LongestMilliseconds = 5;
    private const double UrgentMilliseconds = 0.5;
    private const int PatientNaps = 8;

    private TimeSpan _limit;
    private long _started;
    private int _naps;

    /// <summary>How long the operation has waited; zero before its first wait.</summary>
    internal TimeSpan Elapsed => _started == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_started);

    /// <summary>How long it may go on waiting; infinite where there is no limit.</summary>
    internal TimeSpan Remaining
        // NB: the clock is read once, or the time could run out between two looks and leave a negative rest, which is no limit at all.
        => _limit == Timeout.InfiniteTimeSpan ? _limit
            : _limit - Elapsed is var rest && rest > TimeSpan.Zero ? rest
            : TimeSpan.Zero;

    /// <summary>Whether nothing remains.</summary>
    internal bool IsSpent => Remaining == TimeSpan.Zero;

    /// <summary>The whole time that was granted.</summary>
    internal TimeSpan Limit => _limit;

    /// <summary>Grants a new operation its time; the clock starts with its first wait.</summary>
    internal void Restart(TimeSpan limit)
    {
        _limit = limit;
        _started = 0;
        _naps = 0;
    }

    /// <summary>Starts the clock, if no wait has done so.</summary>
    internal void Begin()
    {
        if (_started == 0)
        {
            _started = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Waits a little before the lock is asked for again.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal ValueTask Nap(bool async, CancellationToken cancellationToken)
    {
        Begin();
        var length = NapLength(_naps++, Random.Shared.NextDouble());
        if (async)
        {
            // NB: a delay counts whole milliseconds, and is none at all below one.
            return new ValueTask(Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(length.TotalMilliseconds)), cancellationToken));
        }

        cancellationToken.ThrowIfCancellationRequested();
        Naps.Sleep(length);
        return default;
    }

    /// <summary>How long a nap is.</summary>
    /// <param name="nap">How many naps the operation has taken before.</param>
    /// <param name="jitter">Where between half the length and one and a half of it: from 0 to 1.</param>
    internal static TimeSpan NapLength(int nap, double jitter)
    {
        var milliseconds = nap < PatientNaps ? Math.Min(LongestMilliseconds, FirstMilliseconds * Math.Pow(1.5, nap)) : UrgentMilliseconds;
        return TimeSpan.FromMilliseconds(milliseconds * (0.5 + jitter));
    }
}
