using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[NonParallelizable]
[Row(23, "200 callers at once, half by the write queue and half by pooled connections; every thousandth unit fails and is brought again",
    "every unit there once with its content, none of those that failed; memory bounded and flat")]
public class LoadTests
{
    private const int Callers = 200;
    private const long MostGrowthOfHeap = 16L << 20;
    private const long MostWorkingSet = 400L << 20;

    private static int UnitsEach => Extent.Of(fast: 100, whole: 5_000);

    [Test]
    public async Task Every_unit_is_there_once_and_memory_is_bounded()
    {
        using var database = new TestDatabase("Max Pool Size=8;Cache Size=-4000;Journal Size Limit=16777216");
        using (var connection = database.Open())
            connection.Run(LoadCaller.Schema);
        await Run(database, firstUnit: 0, UnitsEach / 10);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var memory = new MemoryPeak();

        await Run(database, UnitsEach / 10, UnitsEach);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Report.Figures(
            $"{Callers * UnitsEach:N0} units by {Callers} callers, 0 lost, 0 doubled; heap grown by {grown / 1e6:0.0} MB, "
            + $"at most {memory.Heap / 1e6:0} MB of it, working set at most {memory.WorkingSet / 1e6:0} MB");
        LoadCaller.ShouldHaveWritten(database, Callers, UnitsEach);
        grown.ShouldBeLessThan(MostGrowthOfHeap);
        if (Extent.IsWhole)
            (memory.WorkingSet - memory.WorkingSetBefore).ShouldBeLessThan(MostWorkingSet);
        var end = database.Source.Statistics;
        (end.InUse, end.Waiting).ShouldBe((0, 0));
    }

    private static async Task Run(TestDatabase database, int firstUnit, int lastUnit)
    {
        await using var queue = database.Source.CreateWriteQueue();
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(number => Task.Run(async () =>
        {
            var caller = new LoadCaller(database.Source, number % 2 == 0 ? queue : null, number);
            for (var unit = firstUnit; unit < lastUnit; unit++)
            {
                await caller.Write(unit);
                if (Interlocked.Increment(ref done) is var all && all % 10_000 == 0)
                    Report.Progress(all, Callers * (lastUnit - firstUnit));
            }
        })));
    }
}
