using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[NonParallelizable]
// On a file system in memory: what is measured is the wait for others, and a disk may stop everybody for longer than that.
[Row(13, "4 processes that insert into one file, each row its own commit",
    "longest wait 250 ms; no error, no row lost or doubled")]
public class WritingProcessesTests
{
    private const int Processes = 4;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    private static Stint Stint => new(Extent.Of(fast: 200, whole: 0), TimeSpan.FromSeconds(8));

    [Test]
    public void Writers_of_several_processes_lose_nothing_and_wait_shortly()
    {
        using var database = new TestDatabase(isInMemory: true);

        var contention = Contend(database, "ours");

        Report.Figures($"{Processes} processes: {contention}");
        contention.ShouldHaveWritten(database);
        if (Extent.IsWhole)
            contention.LongestWait.ShouldBeLessThanOrEqualTo(LongestWait);
    }

    [Test]
    public void Canary_the_wrapped_provider_loses_nothing_but_waits_for_longer()
    {
        using var database = new TestDatabase(isInMemory: true);

        var contention = Contend(database, "wrapped");

        Report.Figures($"canary, the wrapped provider: {contention}");
        contention.ShouldHaveWritten(database);
        if (Extent.IsWhole)
            contention.LongestWait.ShouldBeGreaterThan(LongestWait);
    }

    private static Contention Contend(TestDatabase database, string provider)
    {
        using var workers = new WorkerFleet(Enumerable.Range(0, Processes).Select(writer => new[] { "contend", database.File, $"{provider} {writer}" }));
        workers.Send($"{Stint}");
        return new Contention([.. workers.ReadLines().Select(ContenderResult.Parse)]);
    }
}
