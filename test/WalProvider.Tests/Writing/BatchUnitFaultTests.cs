using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class BatchUnitFaultTests
{
    private const string Batching = "Write Batch Size=100;Write Batch Interval=0";

    [Test]
    public async Task Unit_left_open_at_Close_is_undone_and_the_rest_committed([Values] bool async, [Values] bool batching)
    {
        using var database = new TestDatabase(batching ? Batching : "");
        using var connection = database.OpenWithTable();
        connection.Run(BatchUnitTests.Insert(1));
        var outer = connection.BeginBatchUnit();
        connection.Run(BatchUnitTests.Insert(2));
        var inner = connection.BeginBatchUnit();
        connection.Run(BatchUnitTests.Insert(3));
        await (async ? connection.CloseAsync() : Task.Run(connection.Close));

        database.CommittedRows().ShouldBe(1);
        Should.Throw<InvalidOperationException>(inner.Complete);
        Should.Throw<InvalidOperationException>(outer.Complete);
        inner.Dispose();
        outer.Dispose();
        connection.Open();
        connection.Run(BatchUnitTests.Insert(4));
        connection.CommitBatch();
        BatchUnitTests.Values(connection).ShouldBe("1,4");
    }

    [Test]
    public void Unit_that_the_end_of_the_process_has_undone_takes_no_more_writes()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        connection.Run(BatchUnitTests.Insert(1));
        using (var unit = connection.BeginBatchUnit())
        {
            connection.Run(BatchUnitTests.Insert(2));

            // Its thread runs on meanwhile.
            BatchCommit.RunAbandoned(connection.Session, hasReaders: true);

            Should.Throw<InvalidOperationException>(() => connection.Run(BatchUnitTests.Insert(3)));
            Should.Throw<InvalidOperationException>(unit.Complete);
        }

        connection.Run(BatchUnitTests.Insert(4));
        connection.CommitBatch();
        BatchUnitTests.Values(connection).ShouldBe("1,4");
    }

    [TestCase("INSERT INTO t VALUES(5)")]
    [TestCase("BEGIN")]
    public void Begin_refuses_an_explicit_transaction(string sql)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        using var transaction = sql == "BEGIN" ? null : connection.BeginTransaction();
        connection.Run(sql);

        Should.Throw<InvalidOperationException>(connection.BeginBatchUnit);

        connection.Run(BatchUnitTests.Insert(6));
        if (transaction is null)
        {
            connection.Run("COMMIT");
        }
        else
        {
            transaction.Commit();
        }

        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        database.CommittedRows().ShouldBe(transaction is null ? 1 : 2);
    }

    [Test]
    public void Begin_refuses_a_closed_connection()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.Source.CreateConnection();

        Should.Throw<InvalidOperationException>(connection.BeginBatchUnit);
    }

    [TestCase("PRAGMA foreign_keys = 0")]
    [TestCase("VACUUM")]
    [TestCase("ATTACH ':memory:' AS other")]
    [TestCase("BEGIN")]
    [TestCase("BEGIN IMMEDIATE")]
    [TestCase("SAVEPOINT mine")]
    [TestCase("COMMIT")]
    [TestCase("ROLLBACK")]
    [TestCase("RELEASE walprovider_unit_1")]
    public void Statement_that_would_commit_the_batch_is_refused_inside_a_unit(string sql)
    {
        ShouldRefuse(connection => connection.Run(sql));
    }

    [Test]
    public void CommitBatch_is_refused_inside_a_unit() => ShouldRefuse(connection => connection.CommitBatch());

    [Test]
    public void BeginTransaction_is_refused_inside_a_unit([Values] bool deferred)
        => ShouldRefuse(connection => connection.BeginTransaction(deferred));

    [Test]
    public void Checkpoint_is_refused_inside_a_unit() => ShouldRefuse(connection => connection.Checkpoint(CheckpointMode.Passive));

    [Test]
    public void Batch_lost_inside_a_unit_loses_the_unit_and_refuses_its_other_half([Values] bool async)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        connection.Run("PRAGMA max_page_count=10");
        connection.Run(BatchUnitTests.Insert(1));
        var unit = connection.BeginBatchUnit();
        connection.Run(BatchUnitTests.Insert(2));
        Should.Throw<WriteBatchLostException>(() => connection.Run("INSERT INTO t VALUES(zeroblob(200000))", async).Within())
            .LostWrites.ShouldBe(2);

        Should.Throw<InvalidOperationException>(() => connection.Run(BatchUnitTests.Insert(3), async).Within());
        Should.Throw<InvalidOperationException>(() => connection.BeginTransaction());
        Should.Throw<InvalidOperationException>(connection.BeginBatchUnit);
        connection.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        Should.Throw<InvalidOperationException>(unit.Complete);
        unit.Dispose();

        connection.Run(BatchUnitTests.Insert(4));
        connection.CommitBatch();
        BatchUnitTests.Values(connection).ShouldBe("4");
    }

    [Test]
    public void Loss_inside_a_unit_that_is_never_disposed_does_not_reach_the_next_user()
    {
        using var database = new TestDatabase(Batching);
        var connection = database.OpenWithTable();
        connection.Run("CREATE UNIQUE INDEX u ON t(a)");
        connection.Run(BatchUnitTests.Insert(1));
        _ = connection.BeginBatchUnit();
        Should.Throw<WriteBatchLostException>(() => connection.Run("INSERT OR ROLLBACK INTO t VALUES(1)"));
        var session = connection.Session;
        connection.Dispose();

        using var next = database.Open();
        next.Session.ShouldBeSameAs(session);
        next.Run(BatchUnitTests.Insert(2));
        next.PendingWrites.ShouldBe(1);
    }

    [Test]
    public void RollbackBatch_inside_a_unit_takes_the_unit_with_it()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        using (var unit = connection.BeginBatchUnit())
        {
            connection.Run(BatchUnitTests.Insert(1));
            connection.RollbackBatch();
            connection.PendingWrites.ShouldBe(0);
            Should.Throw<InvalidOperationException>(() => connection.Run(BatchUnitTests.Insert(2)));
            Should.Throw<InvalidOperationException>(unit.Complete);
        }

        connection.Run(BatchUnitTests.Insert(3));
        BatchUnitTests.Values(connection).ShouldBe("3");
    }

    [Test]
    public void Failing_statement_inside_a_unit_undoes_itself_only()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        connection.Run("CREATE UNIQUE INDEX u ON t(a)");
        using var unit = connection.BeginBatchUnit();
        connection.Run(BatchUnitTests.Insert(1));
        Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => connection.Run("INSERT INTO t VALUES(2), (1)")).SqliteErrorCode.ShouldBe(19);
        connection.Run(BatchUnitTests.Insert(3));
        unit.Complete();
        connection.CommitBatch();

        BatchUnitTests.Values(connection).ShouldBe("1,3");
    }

    [Test]
    public void Complete_refuses_while_a_reader_that_writes_is_open([Values] bool batching)
    {
        using var database = new TestDatabase(batching ? Batching : "");
        using var connection = database.OpenWithTable();
        using var unit = connection.BeginBatchUnit();
        var reader = connection.Read("INSERT INTO t VALUES(1), (2) RETURNING a");
        reader.Read().ShouldBeTrue();

        Should.Throw<InvalidOperationException>(unit.Complete);

        reader.Read().ShouldBeTrue();
        reader.Dispose();
        unit.Complete();
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Begin_refuses_while_a_reader_that_writes_is_open([Values] bool batching)
    {
        using var database = new TestDatabase(batching ? Batching : "");
        using var connection = database.OpenWithTable();
        var reader = connection.Read("INSERT INTO t VALUES(1), (2) RETURNING a");

        Should.Throw<InvalidOperationException>(connection.BeginBatchUnit);

        reader.Dispose();
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Disposal_beside_a_reader_that_writes_undoes_the_unit()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        connection.Run(BatchUnitTests.Insert(1));
        var unit = connection.BeginBatchUnit();
        using (connection.Read("INSERT INTO t VALUES(2), (3) RETURNING a"))
        {
            unit.Dispose();
        }

        using (var next = connection.BeginBatchUnit())
        {
            connection.Run(BatchUnitTests.Insert(4));
            next.Complete();
        }

        connection.CommitBatch();
        BatchUnitTests.Values(connection).ShouldBe("1,4");
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public void Unit_goes_on_beside_an_open_reader()
    {
        using var database = new TestDatabase("Write Batch Size=1;Write Batch Interval=0");
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1), (2), (3)");
        using (var reader = connection.Read("SELECT a FROM t"))
        {
            reader.Read().ShouldBeTrue();
            using (connection.BeginBatchUnit())
            {
                connection.Run("UPDATE t SET a = 0");
            }

            using var unit = connection.BeginBatchUnit();
            connection.Run(BatchUnitTests.Insert(4));
            unit.Complete();
            database.CommittedRows().ShouldBe(3);
        }

        connection.CommitBatch();
        BatchUnitTests.Values(connection).ShouldBe("1,2,3,4");
    }

    [Test]
    public void Commit_that_fails_without_batching_ends_the_unit_and_says_what_was_lost()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(p REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
        using var unit = connection.BeginBatchUnit();
        connection.Run("INSERT INTO c VALUES(1)");

        Should.Throw<WriteBatchLostException>(unit.Complete).LostWrites.ShouldBe(1);

        Should.Throw<InvalidOperationException>(unit.Complete);
        connection.Ask("SELECT count(*) FROM c").ShouldBe(0L);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public void Commit_that_meets_a_reader_in_a_rollback_journal_can_be_tried_again_or_undone([Values] bool again)
    {
        using var database = new TestDatabase("Journal Mode=Delete;Busy Timeout=0");
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        using (var unit = connection.BeginBatchUnit())
        {
            connection.Run(BatchUnitTests.Insert(1));
            elsewhere.Run("BEGIN");
            elsewhere.Ask("SELECT count(*) FROM t").ShouldBe(0L);
            Should.Throw<SqliteBusyException>(unit.Complete);
            elsewhere.Run("COMMIT");
            if (again)
            {
                unit.Complete();
            }
        }

        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        database.CommittedRows().ShouldBe(again ? 1 : 0);
    }

    private static void ShouldRefuse(Action<WalDbConnection> action)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        using (var unit = connection.BeginBatchUnit())
        {
            connection.Run(BatchUnitTests.Insert(1));

            Should.Throw<InvalidOperationException>(() => action(connection));

            connection.Run(BatchUnitTests.Insert(2));
            database.CommittedRows().ShouldBe(0);
            unit.Complete();
        }

        connection.CommitBatch();
        database.CommittedRows().ShouldBe(2);
    }
}
