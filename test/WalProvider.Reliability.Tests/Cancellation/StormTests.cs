using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[Row(15, "cancels, timeouts and disposals that race completions, at the gate, the pool, the queue and in statements",
    "what threw is not there, what returned is; next command untouched; no session, gate or handle leaked")]
public class StormTests
{
    private const int Victims = 4;
    private const int Ways = 4;

    // Ten thousand over the four places.
    private static int Rounds => Extent.Of(fast: 50, whole: 625);

    [Test]
    public async Task Gate_lets_go_of_whoever_is_stopped()
    {
        using var database = new StormDatabase("Busy Timeout=1");

        await Storm(round => new GateVictim(database).Run((StopWay)(round % Ways)));

        ShouldBeAsIfNothingHadBeen(database, "at the gate");
    }

    [Test]
    public async Task Pool_lets_go_of_whoever_is_stopped()
    {
        using var database = new StormDatabase("Max Pool Size=2;Connection Timeout=0", "Max Pool Size=2");

        await Storm(round => new PoolVictim(database).Run((StopWay)(round % Ways)));

        ShouldBeAsIfNothingHadBeen(database, "at the pool");
    }

    [Test]
    public async Task Queue_lets_go_of_whoever_is_stopped()
    {
        using var database = new StormDatabase("");
        await using var queues = new StormQueues(database);

        await Storm(round => queues.Run((StopWay)(round % Ways)));

        await queues.DisposeAsync();
        ShouldBeAsIfNothingHadBeen(database, "in the queue");
    }

    [Test]
    public async Task Statements_are_stopped_alone([Values("", "Write Batch Size=100")] string keywords)
    {
        using var database = new StormDatabase("Query Timeout=1;" + keywords, keywords);

        await Storm(round => new StatementVictim(database).Run((StopWay)(round % Ways), (round / Ways) % 3));

        ShouldBeAsIfNothingHadBeen(database, $"in statements{(keywords == "" ? "" : $" by {keywords}")}");
    }

    [Test]
    public async Task Canary_an_interrupt_reaches_the_next_command()
    {
        var round = await InterruptCanary.FirstHit(mostRounds: 20_000);

        Report.Figures($"canary, sqlite3_interrupt: the next command was hit in round {round}");
        round.ShouldNotBeNull();
    }

    private static async Task Storm(Func<int, Task> victim)
    {
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, Victims).Select(_ => Patience.OnThread(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                await victim(round).Within();
                if (Interlocked.Increment(ref done) is var all && all % 100 == 0)
                    Report.Progress(all, Victims * Rounds);
            }
        }).Unwrap()));
    }

    private static void ShouldBeAsIfNothingHadBeen(StormDatabase database, string place)
    {
        var ledger = database.Ledger;
        Report.Figures($"{Victims * Rounds:N0} stops {place}: {ledger.Stopped:N0} in time, {ledger.Done:N0} writes had returned, 0 lost, 0 half");
        using (var connection = database.Open())
        {
            ledger.ShouldBeIn(connection);
            connection.Ask("PRAGMA integrity_check").ShouldBe("ok");
        }

        StormHandles.ShouldLeaveTheGateFree(database.File);
        StormHandles.ShouldBeNone(database.Folder, database.Sources);
        ledger.Stopped.ShouldBeGreaterThan(0);
    }
}
