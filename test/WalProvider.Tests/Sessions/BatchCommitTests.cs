using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class BatchCommitTests
{
    private const int PendingWritesLost = 1002;
    private const string Batching = "Write Batch Size=100;Write Batch Interval=0";

    [TestCase("PRAGMA user_version = 5")]
    [TestCase("BEGIN")]
    [TestCase("BEGIN IMMEDIATE")]
    [TestCase("CommitBatch")]
    public async Task Batch_waits_for_readers_of_a_rollback_journal_before_what_cannot_be_part_of_it(string sql)
    {
        using var database = new TestDatabase("Journal Mode=Delete;" + Batching);
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1)");
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN");
        elsewhere.Ask("SELECT count(*) FROM t").ShouldBe(0L);

        // On this very thread, which must come back to let the reader go.
        var running = sql == "CommitBatch" ? connection.CommitBatchAsync() : connection.RunAsync(sql);
        running.IsCompleted.ShouldBeFalse();
        elsewhere.Run("COMMIT");

        await running.Within();
        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task RunAbandoned_commits_and_leaves_the_session_to_whoever_comes_next([Values] bool hasReaders)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1)");

        BatchCommit.RunAbandoned(connection.Session, hasReaders);

        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(1);
        await Patience.OnThread(() => connection.Run("INSERT INTO t VALUES(2)")).Within();
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void RunAbandoned_does_nothing_where_nothing_is_pending_or_nobody_may_touch_the_session()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        BatchCommit.RunAbandoned(connection.Session, hasReaders: false);
        using (var transaction = connection.BeginTransaction())
        {
            connection.Run("INSERT INTO t VALUES(1)");
            BatchCommit.RunAbandoned(connection.Session, hasReaders: false);
            database.CommittedRows().ShouldBe(0);
            transaction.Rollback();
        }

        connection.Run("INSERT INTO t VALUES(2)");
        using (connection.Session.Enter())
        {
            Patience.OnThread(() => BatchCommit.RunAbandoned(connection.Session, hasReaders: true)).Wait(Patience.Limit).ShouldBeTrue();
        }

        connection.PendingWrites.ShouldBe(1);
    }

    [Test]
    public void RunAbandoned_tells_the_log_of_writes_that_it_cannot_commit()
    {
        using var database = new TestDatabase("Journal Mode=Delete;" + Batching);
        database.OpenWithTable().Dispose();
        using var log = new LogList();
        using var source = new WalDbDataSourceBuilder(database.ConnectionString).UseLoggerFactory(log).Build();
        using var connection = source.OpenConnection();
        connection.Run("INSERT INTO t VALUES(1)");
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN");
        elsewhere.Ask("SELECT count(*) FROM t").ShouldBe(0L);

        BatchCommit.RunAbandoned(connection.Session, hasReaders: false);

        log.Events.Count(entry => entry.Id == PendingWritesLost).ShouldBe(1);
        elsewhere.Run("COMMIT");
    }
}
