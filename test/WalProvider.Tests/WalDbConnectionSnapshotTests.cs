using System.Data;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalDbConnectionSnapshotTests
{
    private const string Count = "SELECT count(*) FROM t";

    [Test]
    public async Task BeginSnapshot_reads_one_moment_while_others_write([Values] bool async)
    {
        using var database = new TestDatabase();
        using var writer = database.OpenWithTable();
        using var reader = database.Open();
        writer.Run("INSERT INTO t VALUES(1)");

        using (var snapshot = await Begin(reader, async))
        {
            snapshot.IsolationLevel.ShouldBe(IsolationLevel.Snapshot);
            snapshot.Connection.ShouldBeSameAs(reader);
            // Before anything was read in it by its user: the moment is that of BeginSnapshot.
            for (var row = 0; row < 5; row++)
                writer.Run("INSERT INTO t VALUES(2)");
            reader.Ask(Count).ShouldBe(1L);
            writer.Run("DROP TABLE t");
            reader.Ask(Count).ShouldBe(1L);
        }

        Should.Throw<SqliteException>(() => reader.Ask(Count)).Message.ShouldContain("no such table");
    }

    [Test]
    public void BeginSnapshot_of_an_empty_database_has_its_moment_too()
    {
        using var database = new TestDatabase();
        using var reader = database.Open();
        using var writer = database.Open();

        using var snapshot = reader.BeginSnapshot();
        writer.Run("CREATE TABLE t(a)");

        reader.Ask("SELECT count(*) FROM sqlite_master").ShouldBe(0L);
    }

    [Test]
    public async Task Snapshot_ends_when_it_is_committed_rolled_back_or_disposed([Values(0, 1, 2, 3)] int end, [Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var snapshot = await Begin(connection, async);

        switch (end)
        {
            case 0:
                snapshot.Commit();
                break;
            case 1:
                await snapshot.RollbackAsync();
                break;
            case 2:
                await snapshot.DisposeAsync();
                break;
            default:
                connection.Run("COMMIT");
                break;
        }

        connection.Run("INSERT INTO t VALUES(1)").ShouldBe(1);
        snapshot.Dispose();
        snapshot.Connection.ShouldBeNull();
        database.CommittedRows().ShouldBe(1);
    }

    [TestCase("INSERT INTO t VALUES(1)")]
    [TestCase("UPDATE t SET a = 2")]
    [TestCase("WITH x AS (SELECT 1) DELETE FROM t")]
    [TestCase("INSERT INTO t VALUES(1) RETURNING a")]
    [TestCase("CREATE TABLE other(a)")]
    [TestCase("DROP TABLE t")]
    [TestCase("PRAGMA user_version = 3")]
    [TestCase("VACUUM")]
    [TestCase("BEGIN IMMEDIATE")]
    [TestCase("SAVEPOINT x; DELETE FROM t")]
    public void Write_in_a_snapshot_is_refused_and_the_snapshot_goes_on(string sql)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(0)");
        using (connection.BeginSnapshot())
        {
            Should.Throw<InvalidOperationException>(() => connection.Run(sql)).Message.ShouldContain("BeginSnapshot");

            connection.Session.WriteLock.IsHeld.ShouldBeFalse();
            connection.Ask(Count).ShouldBe(1L);
            connection.Session.Engine.InTransaction.ShouldBeTrue();
        }

        connection.Ask("PRAGMA user_version").ShouldBe(0L);
        connection.Run("INSERT INTO t VALUES(1)").ShouldBe(1);
    }

    [Test]
    public void Write_in_a_transaction_inside_a_snapshot_is_refused()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var snapshot = connection.BeginSnapshot();

        using (var nested = connection.BeginTransaction())
        {
            Should.Throw<InvalidOperationException>(() => connection.Run("INSERT INTO t VALUES(1)"));
            nested.Commit();
        }

        Should.Throw<InvalidOperationException>(() => connection.Run("INSERT INTO t VALUES(1)"));
        snapshot.Commit();
        database.CommittedRows().ShouldBe(0);
    }

    [Test]
    public void Temporary_tables_may_be_written_in_a_snapshot()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("CREATE TEMP TABLE found(a)");
        using var snapshot = connection.BeginSnapshot();

        connection.Run("INSERT INTO found SELECT 1");

        connection.Ask("SELECT count(*) FROM found").ShouldBe(1L);
    }

    [Test]
    public void Transaction_after_a_snapshot_writes([Values] bool typed)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.BeginSnapshot().Dispose();

        if (typed)
        {
            connection.Run("BEGIN; INSERT INTO t VALUES(1); COMMIT");
        }
        else
        {
            using var transaction = connection.BeginTransaction();
            connection.Run("INSERT INTO t VALUES(1)");
            transaction.Commit();
        }

        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Session_goes_back_clean_when_its_connection_is_closed_in_a_snapshot()
    {
        using var database = new TestDatabase();
        WalDbTransaction snapshot;
        using (var connection = database.OpenWithTable())
        {
            snapshot = connection.BeginSnapshot();
            Should.Throw<InvalidOperationException>(() => connection.Run("INSERT INTO t VALUES(1)"));
        }

        using var next = database.Open();
        snapshot.Dispose();
        next.Run("BEGIN; INSERT INTO t VALUES(1); COMMIT");

        database.CommittedRows().ShouldBe(1);
        database.Source.Statistics.Created.ShouldBe(1);
    }

    [Test]
    public void BeginSnapshot_is_refused_in_a_transaction([Values(0, 1, 2, 3)] int kind)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var open = kind switch
        {
            0 => connection.BeginTransaction(),
            1 => connection.BeginSnapshot(),
            2 => (IDisposable)connection.BeginBatchUnit(),
            _ => null,
        };
        if (kind == 3)
            connection.Run("BEGIN");

        Should.Throw<InvalidOperationException>(() => connection.BeginSnapshot());

        connection.Session.Engine.InTransaction.ShouldBeTrue();
    }

    [Test]
    public void BeginSnapshot_is_refused_when_the_connection_is_closed()
    {
        using var connection = new WalDbConnection("Data Source=:memory:");

        Should.Throw<InvalidOperationException>(() => connection.BeginSnapshot());
    }

    [Test]
    public async Task BeginSnapshot_begins_nothing_when_its_token_is_cancelled()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();

        await Should.ThrowAsync<OperationCanceledException>(() => connection.BeginSnapshotAsync(new CancellationToken(canceled: true)));

        connection.Session.Engine.InTransaction.ShouldBeFalse();
    }

    [Test]
    public async Task Pending_writes_are_committed_and_are_in_the_snapshot([Values] bool async)
    {
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=0");
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1)");

        using var snapshot = await Begin(connection, async);

        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(1);
        connection.Ask(Count).ShouldBe(1L);
        Should.Throw<InvalidOperationException>(() => connection.Run("INSERT INTO t VALUES(2)"));
        connection.PendingWrites.ShouldBe(0);
    }

    [Test]
    public void Disposal_out_of_order_is_quiet()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var snapshot = connection.BeginSnapshot();
        var nested = connection.BeginTransaction();
        var reader = connection.Read(Count);
        reader.Read().ShouldBeTrue();

        snapshot.Dispose();
        nested.Dispose();
        reader.Dispose();

        connection.Session.Engine.InTransaction.ShouldBeFalse();
        connection.Run("INSERT INTO t VALUES(1)").ShouldBe(1);
    }

    [Test]
    public void Writers_are_not_kept_waiting_by_a_snapshot_and_it_does_not_enter_the_gate()
    {
        using var database = new TestDatabase();
        using var writer = database.OpenWithTable();
        using var reader = database.Open();
        using var transaction = writer.BeginTransaction();
        writer.Run("INSERT INTO t VALUES(1)");

        using var snapshot = reader.BeginSnapshot();

        reader.Ask(Count).ShouldBe(0L);
        transaction.Commit();
        reader.Ask(Count).ShouldBe(0L);
    }

    [Test]
    public void Checkpoint_names_the_snapshot_that_it_waits_for([Values] bool isAfterBatch)
    {
        using var database = new TestDatabase("Wal Autocheckpoint=0;Write Batch Size=10;Application Name=the report");
        using var writer = database.OpenWithTable();
        using var reading = database.Open();
        if (isAfterBatch)
            reading.Run("INSERT INTO t VALUES(1)");
        using var snapshot = reading.BeginSnapshot();
        writer.Run("INSERT INTO t VALUES(1)");
        reading.Ask(Count);

        var error = Should.Throw<CheckpointBlockedException>(() => writer.CheckpointBeforeFork(TimeSpan.FromMilliseconds(20)));

        error.Reader.ShouldNotBeNull().ApplicationName.ShouldBe("the report");
        error.Reader.Sql.ShouldNotBeNull().ShouldContain("BeginSnapshot");
    }

    [Test]
    public void BeginSnapshot_works_on_a_connection_that_is_read_only()
    {
        using var database = new TestDatabase();
        using var writer = database.OpenWithTable();
        using var connection = new WalDbConnection(database.ConnectionString + ";Mode=ReadOnly");
        connection.Open();
        using var snapshot = connection.BeginSnapshot();

        writer.Run("INSERT INTO t VALUES(1)");

        connection.Ask(Count).ShouldBe(0L);
    }

    private static async Task<WalDbTransaction> Begin(WalDbConnection connection, bool async)
        => async ? await connection.BeginSnapshotAsync() : connection.BeginSnapshot();
}
