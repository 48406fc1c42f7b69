using System.Diagnostics;

namespace WalProvider.Benchmarks;

/// <summary>What one side of a row did in one round.</summary>
/// <param name="Operations">How many operations were done.</param>
/// <param name="Elapsed">How long all of them took together.</param>
internal sealed record Measure(long Operations, TimeSpan Elapsed)
{
    /// <summary>Managed bytes allocated by all operations; null where other processes did the work.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>The longest single operation; null where operations were not timed one by one.</summary>
    public TimeSpan? LongestWait { get; init; }

    /// <summary>The poorest writer's operations over the richest's; null where each had the same number to do.</summary>
    public double? PoorestShare { get; init; }

    /// <summary>How many operations failed with SQLITE_BUSY or SQLITE_LOCKED.</summary>
    public long LockErrors { get; init; }

    public double PerSecond => Operations / Elapsed.TotalSeconds;

    public double Nanoseconds => Elapsed.TotalNanoseconds / Operations;

    public double? BytesPerOperation => AllocatedBytes / (double)Operations;

    /// <summary>Times work that this thread does alone.</summary>
    public static Measure Of(long operations, Action work)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        work();
        var elapsed = Stopwatch.GetElapsedTime(start);
        return new Measure(operations, elapsed) { AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - bytes };
    }
}
