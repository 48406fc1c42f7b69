using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace WalProvider.Benchmarks;

/// <summary>Contenders on threads of their own, started together.</summary>
internal sealed class Crew(IReadOnlyList<Contender> contenders)
{
    /// <summary>Each does a number of operations; the time is that until the last is done.</summary>
    public Measure Each(int count)
    {
        var (elapsed, bytes) = Run(contender => contender.Run(count));
        return Sum(elapsed) with { AllocatedBytes = bytes };
    }

    /// <summary>Each goes on for a time.</summary>
    public Measure For(TimeSpan span)
    {
        var (_, bytes) = Run(contender => contender.Run(span));
        return Sum(span) with
        {
            AllocatedBytes = bytes,
            PoorestShare = contenders.Min(c => c.Done) / (double)Math.Max(1, contenders.Max(c => c.Done)),
        };
    }

    private Measure Sum(TimeSpan elapsed) => new(contenders.Sum(c => c.Done), elapsed)
    {
        LongestWait = contenders.Max(c => c.Longest),
        LockErrors = contenders.Sum(c => c.LockErrors),
    };

    private (TimeSpan Elapsed, long Bytes) Run(Action<Contender> work)
    {
        ExceptionDispatchInfo? failure = null;
        using var start = new Barrier(contenders.Count + 1);
        var threads = contenders.Select(contender => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                work(contender);
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
            }
        })).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        start.SignalAndWait();
        var begin = Stopwatch.GetTimestamp();
        foreach (var thread in threads)
        {
            thread.Join();
        }

        var elapsed = Stopwatch.GetElapsedTime(begin);
        failure?.Throw();
        return (elapsed, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }
}
