using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WriteBatchLossTests
{
    private const string Batching = "Write Batch Size=100;Write Batch Interval=0";

    [Test]
    public void Rollback_by_conflict_loses_the_batch_and_says_how_much([Values] bool async)
    {
        using var database = new TestDatabase(Batching);
        using var connection = WithRow(database);
        connection.Run("INSERT INTO t VALUES(2)");
        connection.Run("INSERT INTO t VALUES(3)");

        var error = Should.Throw<WriteBatchLostException>(() => connection.Run("INSERT OR ROLLBACK INTO t VALUES(1)", async).Within());

        error.LostWrites.ShouldBe(2);
        error.SqliteErrorCode.ShouldBe(19);
        error.Message.ShouldContain("UNIQUE constraint failed");
        ShouldBeUsable(connection);
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Full_database_loses_the_batch_and_says_how_much([Values] bool async)
    {
        using var database = new TestDatabase(Batching);
        using var connection = WithRow(database);
        connection.Run("PRAGMA max_page_count=10");
        connection.Run("INSERT INTO t VALUES(2)");

        var error = Should.Throw<WriteBatchLostException>(() => connection.Run("INSERT INTO t VALUES(zeroblob(200000))", async).Within());

        error.SqliteErrorCode.ShouldBe(13);
        error.LostWrites.ShouldBe(1);
        connection.Run("PRAGMA max_page_count=100000");
        ShouldBeUsable(connection);
    }

    [TestCase(10, true)]
    [TestCase(13, false)]
    public void Loss_says_whether_it_is_unknown(int errorCode, bool isUnknown)
    {
        using var database = new TestDatabase(Batching);
        using var connection = WithRow(database);
        connection.Run("INSERT INTO t VALUES(2)");

        using (connection.Session.Enter())
        {
            var lost = connection.Session.Batch.Lose(new SqliteException("As the engine would say it.", errorCode));
            lost.LostWrites.ShouldBe(1);
            lost.Message.Contains("unknown", StringComparison.Ordinal).ShouldBe(isUnknown);
        }

        connection.PendingWrites.ShouldBe(0);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public void Loss_that_was_thrown_is_not_thrown_again_by_Dispose()
    {
        using var database = new TestDatabase(Batching);
        var connection = WithRow(database);
        connection.Run("INSERT INTO t VALUES(2)");
        Should.Throw<WriteBatchLostException>(() => connection.Run("INSERT OR ROLLBACK INTO t VALUES(1)"));
        connection.Dispose();
        database.Source.Statistics.InUse.ShouldBe(0);
    }

    [TestCase("Close")]
    [TestCase("Dispose")]
    [TestCase("DisposeAsync")]
    public void Commit_that_fails_at_the_end_is_thrown_after_everything_was_released(string way)
    {
        using var database = new TestDatabase(Batching);
        var connection = database.Open();
        connection.Run("CREATE TABLE p(a PRIMARY KEY); CREATE TABLE t(a REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
        connection.CommitBatch();
        connection.Run("INSERT INTO t VALUES(1)");

        var error = Should.Throw<WriteBatchLostException>(async () =>
        {
            if (way == "Close")
                connection.Close();
            else if (way == "Dispose")
                connection.Dispose();
            else
                await connection.DisposeAsync();
        });

        error.LostWrites.ShouldBe(1);
        connection.State.ShouldBe(System.Data.ConnectionState.Closed);
        database.Source.Statistics.InUse.ShouldBe(0);
        connection.Dispose();
        using var next = database.Open();
        next.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        next.Run("INSERT INTO p VALUES(1)");
    }

    [Test]
    public void Rollback_by_a_trigger_loses_the_batch()
    {
        using var database = new TestDatabase(Batching);
        using var connection = WithRow(database);
        connection.Run("CREATE TRIGGER no BEFORE INSERT ON t WHEN NEW.a=9 BEGIN SELECT RAISE(ROLLBACK, 'no'); END");
        connection.CommitBatch();
        connection.Run("INSERT INTO t VALUES(2)");
        Should.Throw<WriteBatchLostException>(() => connection.Run("INSERT INTO t VALUES(9)")).LostWrites.ShouldBe(1);
        ShouldBeUsable(connection);
    }

    [Test]
    public void Rest_of_a_text_is_not_run_when_the_batch_is_lost()
    {
        using var database = new TestDatabase(Batching);
        using var connection = WithRow(database);
        Should.Throw<WriteBatchLostException>(() => connection.Run(
            "INSERT INTO t VALUES(2); INSERT OR ROLLBACK INTO t VALUES(1); INSERT INTO t VALUES(3)")).LostWrites.ShouldBe(1);
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Conflict_without_a_batch_is_the_engines_own_error()
    {
        using var database = new TestDatabase();
        using var connection = WithRow(database);
        Should.Throw<SqliteException>(() => connection.Run("INSERT OR ROLLBACK INTO t VALUES(1)")).GetType().ShouldBe(typeof(SqliteException));
    }

    [TestCase("INSERT INTO t VALUES(2)")]
    [TestCase("INSERT INTO t VALUES(2); SELECT a FROM t")]
    [TestCase("INSERT INTO t VALUES(2) RETURNING a")]
    public void Commit_at_the_threshold_that_fails_is_thrown_by_the_write_that_reached_it(string sql)
    {
        using var database = new TestDatabase("Write Batch Size=3;Write Batch Interval=0");
        using var connection = WithRow(database);
        connection.Run("INSERT INTO t VALUES(3)");
        connection.Run("INSERT INTO t VALUES(4)");
        // A commit hook that says no turns the COMMIT into a rollback, as a disk that fails would.
        SQLitePCL.raw.sqlite3_commit_hook(connection.Handle!, _ => 1, null);

        Should.Throw<WriteBatchLostException>(() => connection.Run(sql)).LostWrites.ShouldBe(3);

        SQLitePCL.raw.sqlite3_commit_hook(connection.Handle!, null, null);
        ShouldBeUsable(connection);
    }

    [Test]
    public void CommitBatch_keeps_the_writes_pending_when_readers_are_in_its_way([Values] bool async)
    {
        using var database = new TestDatabase(Batching + ";Journal Mode=DELETE;Busy Timeout=50");
        using var connection = WithRow(database);
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN; SELECT count(*) FROM t");
        connection.Run("INSERT INTO t VALUES(2)");

        Should.Throw<SqliteBusyException>(async () =>
        {
            if (async)
                await connection.CommitBatchAsync();
            else
                connection.CommitBatch();
        });

        connection.PendingWrites.ShouldBe(1);
        elsewhere.Run("COMMIT");
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Close_says_that_writes_are_lost_when_readers_are_in_its_way([Values] bool async)
    {
        using var database = new TestDatabase(Batching + ";Journal Mode=DELETE;Busy Timeout=50");
        var connection = WithRow(database);
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN; SELECT count(*) FROM t");
        connection.Run("INSERT INTO t VALUES(2)");

        var error = Should.Throw<WriteBatchLostException>(async () =>
        {
            if (async)
                await connection.CloseAsync();
            else
                connection.Close();
        });

        error.SqliteErrorCode.ShouldBe(5);
        error.LostWrites.ShouldBe(1);
        database.Source.Statistics.InUse.ShouldBe(0);
        elsewhere.Run("COMMIT");
        using var next = database.Open();
        next.Ask("SELECT count(*) FROM t").ShouldBe(1L);
        next.Run("INSERT INTO t VALUES(3)");
    }

    [TestCase("BEGIN")]
    [TestCase("PRAGMA user_version=1")]
    [TestCase("COMMIT")]
    public void Half_read_RETURNING_of_the_batch_refuses_what_would_commit_it(string sql)
    {
        using var database = new TestDatabase(Batching + ";Busy Timeout=2000000000");
        using var connection = WithRow(database);
        connection.Run("INSERT INTO t VALUES(2)");
        using (var reader = connection.Read("INSERT INTO t VALUES(3), (4) RETURNING a"))
        {
            reader.Read().ShouldBeTrue();
            Should.Throw<SqliteException>(() => Patience.OnThread(() => connection.Run(sql)).Within())
                .Message.ShouldContain("close its readers first");
            connection.PendingWrites.ShouldBe(1);
            reader.Read().ShouldBeTrue();
        }

        connection.PendingWrites.ShouldBe(2);
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(4);
    }

    private static WalDbConnection WithRow(TestDatabase database)
    {
        var connection = database.Open();
        connection.Run("CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1)");
        connection.CommitBatch();
        return connection;
    }

    private static void ShouldBeUsable(WalDbConnection connection)
    {
        connection.PendingWrites.ShouldBe(0);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        connection.Session.Engine.InTransaction.ShouldBeFalse();
        connection.Ask("SELECT count(*) FROM t").ShouldBe(1L);
        connection.Run("INSERT INTO t VALUES(77)");
        connection.PendingWrites.ShouldBe(1);
        connection.CommitBatch();
    }
}
