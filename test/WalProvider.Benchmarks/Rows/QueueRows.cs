using System.Diagnostics;

namespace WalProvider.Benchmarks;

/// <summary>Many callers whose every insert is to be on the disk before they go on.</summary>
internal static class QueueRows
{
    private const int Callers = 64;
    private const int EachCaller = 1_000;
    private const int Threads = 8;
    private const int EachThread = 300;
    private const string Durable = "PRAGMA synchronous=FULL;";

    public static IEnumerable<Row> All()
    {
        yield return new Row(
            "queue-full",
            "write queue, 64 callers in flight, FULL",
            "rows",
            [
                Side.OfOurs(Queue),
                // Eight, since with 64 of its threads the last is done so late that nothing could be compared.
                new Side(Side.Wrapped, "wrapped provider, 8 threads", Wrapped),
            ])
        {
            Rounds = 5,
        };
    }

    private static Func<Measure> Queue(Round round)
    {
        using (Databases.OpenWrapped(round.Database))
        {
        }

        var source = round.Own(new WalDbDataSourceBuilder($"Data Source={round.Database};Synchronous=FULL").Build());
        var queue = round.Own(source.CreateWriteQueue());
        var each = round.Count(EachCaller);
        return () =>
        {
            var bytes = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            var waits = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => Call(queue, each)))).GetAwaiter().GetResult();
            return new Measure(Callers * each, Stopwatch.GetElapsedTime(start))
            {
                AllocatedBytes = GC.GetTotalAllocatedBytes(precise: true) - bytes,
                LongestWait = waits.Max(),
            };
        };
    }

    // One caller: the next insert when the last is committed. It gives the longest that it waited.
    private static async Task<TimeSpan> Call(WriteQueue queue, int count)
    {
        var longest = TimeSpan.Zero;
        for (var operation = 0; operation < count; operation++)
        {
            var id = operation;
            var start = Stopwatch.GetTimestamp();
            await queue.WriteAsync(connection => ThreadRows.Insert(connection, id));
            var elapsed = Stopwatch.GetElapsedTime(start);
            longest = elapsed > longest ? elapsed : longest;
        }

        return longest;
    }

    private static Func<Measure> Wrapped(Round round)
    {
        var contenders = Enumerable.Range(0, Threads).Select(_ =>
        {
            var connection = round.Own(Databases.OpenWrapped(round.Database, Durable));
            return new Contender(operation => ThreadRows.Insert(connection, operation));
        });
        var crew = new Crew([.. contenders]);
        return () => crew.Each(round.Count(EachThread));
    }
}
