using System.Diagnostics;

namespace WalProvider.Benchmarks;

/// <summary>Ever more callers with single inserts: threads with connections of their own at the gate, and callers of one write queue.</summary>
internal sealed class ScaleThreads(string folder, TimeSpan span, Action<string> progress)
{
    public const string Gate = "write gate";
    public const string Queue = "write queue";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    private int _turns;

    public CallersReport RunGate(int callers)
    {
        progress($"{Gate}: {callers}");
        var file = NewFile();
        var connections = Enumerable.Range(0, callers).Select(_ => Databases.OpenOurs(file, "Max Pool Size=100")).ToArray();
        var report = Measure(
            Gate, callers, (caller, until) => Task.Factory.StartNew(() => Insert(connections[caller], until), TaskCreationOptions.LongRunning));
        Array.ForEach(connections, connection => connection.Dispose());
        WalDbConnection.ClearAllPools();
        return report;
    }

    public CallersReport RunQueue(int callers)
    {
        progress($"{Queue}: {callers}");
        var file = NewFile();
        using (Databases.OpenOurs(file))
        {
        }

        using var source = new WalDbDataSourceBuilder($"Data Source={file}").Build();
        using var queue = source.CreateWriteQueue();
        return Measure(Queue, callers, (_, until) => Task.Run(() => Write(queue, until)));
    }

    private static List<long> Insert(WalDbConnection connection, long until)
    {
        var times = new List<long>();
        for (long start, operation = 0; (start = Stopwatch.GetTimestamp()) < until; operation++)
        {
            ThreadRows.Insert(connection, operation);
            times.Add(Stopwatch.GetTimestamp() - start);
        }

        return times;
    }

    private static async Task<List<long>> Write(WriteQueue queue, long until)
    {
        var times = new List<long>();
        for (long start, operation = 0; (start = Stopwatch.GetTimestamp()) < until; operation++)
        {
            var id = operation;
            await queue.WriteAsync(connection => ThreadRows.Insert(connection, id));
            times.Add(Stopwatch.GetTimestamp() - start);
        }

        return times;
    }

    private static List<long>[] Run(int callers, TimeSpan span, Func<int, long, Task<List<long>>> begin)
    {
        var until = Stopwatch.GetTimestamp() + (long)(span.TotalSeconds * Stopwatch.Frequency);
        return Task.WhenAll(Enumerable.Range(0, callers).Select(caller => begin(caller, until))).GetAwaiter().GetResult();
    }

    private CallersReport Measure(string way, int callers, Func<int, long, Task<List<long>>> begin)
    {
        Run(callers, WarmUp, begin);
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        var times = Run(callers, span, begin).SelectMany(list => list).Order().ToArray();
        var elapsed = Stopwatch.GetElapsedTime(start);
        TimeSpan At(double part) => Stopwatch.GetElapsedTime(0, times[(int)Math.Min(times.Length - 1, times.Length * part)]);
        return new CallersReport(way, callers, times.Length / elapsed.TotalSeconds, At(0.5), At(0.99), At(1));
    }

    private string NewFile() => Path.Combine(folder, $"callers-{++_turns}.db");
}
