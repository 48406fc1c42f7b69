using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[NonParallelizable]
// On a file system in memory: what is measured is the wait for others, and a disk may stop everybody for longer than that.
[Row(12, "8 threads that insert into one file, each row its own commit, or in batches that give way",
    "longest wait 100 ms, the poorest thread's share of the richest's 0.7; no error, no row lost or doubled")]
public class GateFairnessTests
{
    private const int Threads = 8;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);
    private const double PoorestShare = 0.7;

    // Without a clock in the ordinary run: there it shares the machine with other tests.
    private static Stint Stint => new(Extent.Of(fast: 200, whole: 0), TimeSpan.FromSeconds(4));

    [TestCase("", false)]
    [TestCase("", true)]
    [TestCase("Write Batch Size=100", false)]
    public async Task Writers_take_turns(string keywords, bool async)
    {
        using var database = new TestDatabase(keywords, isInMemory: true);

        var results = await Contend(() => database.Open(), async);

        var contention = new Contention(results);
        Report.Figures($"{Threads} {(async ? "tasks" : "threads")}{(keywords == "" ? "" : $" by {keywords}")}: {contention}");
        contention.ShouldHaveWritten(database);
        database.Source.Statistics.InUse.ShouldBe(0);
        if (Extent.IsWhole)
        {
            contention.LongestWait.ShouldBeLessThanOrEqualTo(LongestWait);
            contention.PoorestShare.ShouldBeGreaterThanOrEqualTo(PoorestShare);
        }
    }

    [Test]
    public async Task Canary_the_wrapped_provider_loses_no_row_but_starves_threads()
    {
        using var database = new TestDatabase(isInMemory: true);
        database.Open().Dispose();

        var results = await Contend(() => OpenWrapped(database), async: false);

        var contention = new Contention(results);
        Report.Figures($"canary, the wrapped provider: {contention}");
        contention.ShouldHaveWritten(database);
        if (Extent.IsWhole)
            (contention.LongestWait > LongestWait || contention.PoorestShare < PoorestShare).ShouldBeTrue();
    }

    private static async Task<ContenderResult[]> Contend(Func<DbConnection> open, bool async)
    {
        using (var connection = open())
            connection.Run(Contender.Schema);
        using var start = new Barrier(Threads);
        return await Task.WhenAll(Enumerable.Range(0, Threads).Select(writer => Patience.OnThread(() => Write(open, writer, start, async)).Unwrap()));
    }

    private static async Task<ContenderResult> Write(Func<DbConnection> open, int writer, Barrier start, bool async)
    {
        await using var connection = open();
        start.SignalAndWait();
        return await new Contender(connection, writer).Run(Stint, async);
    }

    private static SqliteConnection OpenWrapped(TestDatabase database)
    {
        var connection = new SqliteConnection($"Data Source={database.File};Pooling=False");
        connection.Open();
        connection.Run("PRAGMA synchronous=NORMAL");
        return connection;
    }
}
