using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>What a queue does for the query planner when it ends.</summary>
[TestFixture]
public sealed class WriteQueueStatisticsTests
{
    [Test]
    public async Task Disposal_lets_the_engine_gather_statistics()
    {
        using var database = new TestDatabase();
        var queue = await WithoutStatistics(database);

        await queue.DisposeAsync().AsTask().Within();

        using var connection = database.Open();
        connection.Ask("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 't'").ShouldBe(1L);
    }

    [Test]
    public async Task Disposal_does_not_wait_as_long_as_Busy_Timeout_to_gather_statistics()
    {
        using var database = new TestDatabase("Busy Timeout=600000");
        var queue = await WithoutStatistics(database);
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE");

        await queue.DisposeAsync().AsTask().Within();

        elsewhere.Run("ROLLBACK");
        database.Source.Statistics.InUse.ShouldBe(0);
    }

    /// <summary>A queue whose connection has asked what the planner would know better with statistics, of which there are none.</summary>
    private static async Task<WriteQueue> WithoutStatistics(TestDatabase database)
    {
        WriteQueueTests.Create(database);
        var queue = database.Source.CreateWriteQueue();
        await queue.WriteAsync(c =>
        {
            c.Run("CREATE INDEX i ON t(a); WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000) INSERT INTO t SELECT i FROM n");
            c.Ask("SELECT count(*) FROM t WHERE a = 5").ShouldBe(1L);
        }).Within();
        return queue;
    }
}
