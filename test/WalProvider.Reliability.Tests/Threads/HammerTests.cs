using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[Row(21, "one connection used by 8 threads at once, against the rule",
    "each call is done, once and with its own result, or refused by an exception; no damage, no hang, nothing leaked")]
public class HammerTests
{
    private const int Threads = 8;

    private static int Calls => Extent.Of(fast: 1_500, whole: 40_000);

    [TestCase("")]
    [TestCase("Write Batch Size=20")]
    public async Task Statements_are_done_once_or_refused(string keywords)
    {
        using var database = new TestDatabase(keywords);
        var connection = database.OpenWithTable();
        var blow = new Blows(connection);

        await Hammer(thread => blow.Statement(thread));

        connection.Close();
        Report.Figures($"{Threads * Calls:N0} statements{(keywords == "" ? "" : $" by {keywords}")}: {blow.Refused:N0} refused");
        ShouldBeSound(database);
        blow.ShouldBeIn(database);
    }

    [TestCase("")]
    [TestCase("Write Batch Size=20")]
    public async Task Transactions_and_units_damage_and_leak_nothing(string keywords)
    {
        using var database = new TestDatabase(keywords);
        var connection = database.OpenWithTable();
        var blow = new Blows(connection);

        await Hammer(thread => blow.Anything(thread));

        connection.Close();
        Report.Figures($"{Threads * Calls:N0} calls of all kinds{(keywords == "" ? "" : $" by {keywords}")}: {blow.Refused:N0} refused");
        ShouldBeSound(database);
    }

    private static async Task Hammer(Action<Random> blow)
    {
        using var start = new Barrier(Threads);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Patience.OnThread(() =>
        {
            var random = new Random(thread);
            start.SignalAndWait();
            for (var call = 0; call < Calls; call++)
                blow(random);
        }))).WaitAsync(TimeSpan.FromMinutes(2));
    }

    private static void ShouldBeSound(TestDatabase database)
    {
        using (var other = database.Open())
            other.Ask("PRAGMA integrity_check").ShouldBe("ok");
        StormHandles.ShouldLeaveTheGateFree(database.File);
        StormHandles.ShouldBeNone(database.Folder, database.Source);
    }
}
