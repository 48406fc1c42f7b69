using System.Diagnostics;
using System.Text.Json;

namespace WalProvider.Benchmarks;

/// <summary>Writing processes, started and warm, that set out together.</summary>
internal sealed class Fleet : IDisposable
{
    private readonly List<Process> _processes = [];

    public Fleet(int count, WriterKind writer, string database)
    {
        for (var index = 0; index < count; index++)
        {
            _processes.Add(Myself.Start("writer", writer.ToString(), database));
        }

        foreach (var process in _processes)
        {
            if (process.StandardOutput.ReadLine() != WriterProcess.Ready)
            {
                throw new InvalidOperationException("A writing process did not start.");
            }
        }
    }

    /// <summary>Each does a number of inserts; the time is that until the last is done.</summary>
    public Measure Each(int count)
    {
        var (elapsed, reports) = Run($"each {count}");
        return Sum(reports, elapsed);
    }

    /// <summary>Each goes on for a time.</summary>
    public Measure For(TimeSpan span)
    {
        var (_, reports) = Run($"for {(long)span.TotalMilliseconds}");
        return Sum(reports, span) with
        {
            PoorestShare = reports.Min(report => report.Done) / (double)Math.Max(1, reports.Max(report => report.Done)),
        };
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            // Only one that failed is still waiting for its order.
            process.StandardInput.Dispose();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private static Measure Sum(ProcessReport[] reports, TimeSpan elapsed) => new(reports.Sum(report => report.Done), elapsed)
    {
        LongestWait = TimeSpan.FromMilliseconds(reports.Max(report => report.LongestMilliseconds)),
        LockErrors = reports.Sum(report => report.LockErrors),
    };

    private (TimeSpan Elapsed, ProcessReport[] Reports) Run(string order)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var process in _processes)
        {
            process.StandardInput.WriteLine(order);
        }

        var lines = _processes.Select(process => process.StandardOutput.ReadLine()).ToArray();
        var elapsed = Stopwatch.GetElapsedTime(start);
        return (elapsed, [.. lines.Select(line => JsonSerializer.Deserialize<ProcessReport>(
            line ?? throw new InvalidOperationException("A writing process ended without a report."))!)]);
    }
}
