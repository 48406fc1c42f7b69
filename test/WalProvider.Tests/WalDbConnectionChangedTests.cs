using System.Transactions;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using WalProvider.Tests.Changes;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalDbConnectionChangedTests
{
    private const string Insert = "INSERT INTO t VALUES(1)";
    private const string Batching = "Write Batch Size=3;Write Batch Interval=500";

    [Test]
    public async Task Changed_tells_database_table_rowid_and_kind([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("CREATE TABLE \"größe\"(id INTEGER PRIMARY KEY); CREATE TEMP TABLE s(a); ATTACH ':memory:' AS other; CREATE TABLE other.t(a)");
        var watch = new ChangeWatch(connection);

        await connection.Run("INSERT INTO t VALUES(1), (2); UPDATE t SET a = 3 WHERE rowid = 2; DELETE FROM t WHERE rowid = 1", async);
        watch.Take().ShouldBe("+t1 +t2 *t2 -t1");
        await connection.Run("INSERT INTO größe VALUES(9223372036854775807), (-5); INSERT INTO s VALUES(1); INSERT INTO other.t VALUES(1)", async);
        watch.Take().ShouldBe("+größe9223372036854775807 +größe-5 +temp.s1 +other.t1");
    }

    [Test]
    public void Changed_names_the_connection_as_sender()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        object? sender = null;
        connection.Changed += (from, _) => sender = from;

        connection.Run(Insert);

        sender.ShouldBeSameAs(connection);
    }

    [Test]
    public async Task Changed_is_raised_after_the_commit_and_not_after_a_rollback([Values] bool commits, [Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var watch = new ChangeWatch(connection);
        var committed = -1L;
        connection.Changed += (_, _) => committed = database.CommittedRows();
        await using (var transaction = connection.BeginTransaction())
        {
            await connection.Run(Insert, async);
            watch.Count.ShouldBe(0);
            if (commits && async)
                await transaction.CommitAsync();
            else if (commits)
                transaction.Commit();
        }

        watch.Take().ShouldBe(commits ? "+t1" : "");
        committed.ShouldBe(commits ? 1 : -1);
        connection.Run(Insert);
        watch.Take().ShouldBe(commits ? "+t2" : "+t1");
    }

    [Test]
    public void Nested_transactions_and_savepoints_tell_what_remains()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var watch = new ChangeWatch(connection);
        using (var outer = connection.BeginTransaction())
        {
            connection.Run(Insert);
            using (connection.BeginTransaction())
                connection.Run(Insert);
            using (var kept = connection.BeginTransaction())
            {
                connection.Run("INSERT INTO t(rowid) VALUES(10)");
                outer.Save("s");
                connection.Run("INSERT INTO t(rowid) VALUES(11)");
                outer.Rollback("s");
                connection.Run("INSERT INTO t(rowid) VALUES(12)");
                outer.Release("s");
                kept.Commit();
            }

            outer.Commit();
        }

        watch.Take().ShouldBe("+t1 +t10 +t12");
    }

    [Test]
    public void Statement_that_fails_in_a_transaction_tells_only_what_it_has_kept([Values("ABORT", "FAIL", "IGNORE")] string conflict)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE t(a UNIQUE)");
        var watch = new ChangeWatch(connection);
        using var transaction = connection.BeginTransaction();
        connection.Run(Insert);
        connection.CurrentTransaction.ShouldNotBeNull();
        if (conflict == "IGNORE")
            connection.Run($"INSERT OR {conflict} INTO t VALUES(2), (3), (1), (4)");
        else
            Should.Throw<SqliteException>(() => connection.Run($"INSERT OR {conflict} INTO t VALUES(2), (3), (1), (4)"));

        transaction.Commit();

        watch.Take().ShouldBe(conflict switch { "ABORT" => "+t1", "FAIL" => "+t1 +t2 +t3", _ => "+t1 +t2 +t3 +t4" });
        watch.Count.ShouldBe(0);
    }

    [Test]
    public void Delete_without_where_tells_each_row_though_it_was_compiled_before()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1), (2)");
        connection.Run("DELETE FROM t");
        var watch = new ChangeWatch(connection);
        connection.Run("INSERT INTO t VALUES(1), (2)");
        watch.Take();

        connection.Run("DELETE FROM t").ShouldBe(2);

        watch.Take().ShouldBe("-t1 -t2");
    }

    [Test]
    public void Schema_changes_work_and_tell_nothing()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1), (2)");
        var watch = new ChangeWatch(connection);

        connection.Run(
            """
            CREATE TABLE u(id INTEGER PRIMARY KEY AUTOINCREMENT, a); CREATE INDEX i ON u(a); CREATE VIEW v AS SELECT a FROM t;
            CREATE TRIGGER w AFTER INSERT ON u BEGIN DELETE FROM t; END; CREATE VIRTUAL TABLE f USING fts5(x); CREATE TEMP TABLE tmp(a);
            ALTER TABLE t ADD COLUMN b; ANALYZE; DROP TRIGGER w; DROP VIEW v; DROP INDEX i; DROP TABLE u; DROP TABLE temp.tmp; REINDEX; VACUUM;
            CREATE TABLE copy AS SELECT * FROM t
            """);
        connection.Ask("SELECT group_concat(name) FROM sqlite_master WHERE name IN ('u', 'i', 'v', 'w')").ShouldBe(DBNull.Value);
        connection.Run("DROP TABLE t; DROP TABLE f");

        connection.Ask("SELECT count(*) FROM sqlite_master WHERE name IN ('t', 'f', 'f_data')").ShouldBe(0L);
        watch.TakeAll().Select(change => change.Table).Where(table => !table.StartsWith("f_", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Test]
    public void Delete_after_a_drop_in_the_same_text_tells_its_rows()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("CREATE TABLE u(a); INSERT INTO t VALUES(1), (2)");
        var watch = new ChangeWatch(connection);

        connection.Run("DROP TABLE u; DELETE FROM t");

        watch.Take().ShouldBe("-t1 -t2");
    }

    [Test]
    public void Cascades_and_triggers_are_told()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(p REFERENCES p ON DELETE CASCADE)");
        connection.Run("INSERT INTO p VALUES(1); INSERT INTO c VALUES(1), (1)");
        var watch = new ChangeWatch(connection);

        connection.Run("DELETE FROM p");

        watch.Take().ShouldBe("-p1 -c1 -c2");
    }

    [Test]
    public void Tables_without_rowid_and_rows_replaced_in_another_column_are_not_told()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE w(a PRIMARY KEY) WITHOUT ROWID; CREATE TABLE t(id INTEGER PRIMARY KEY, a UNIQUE); INSERT INTO t VALUES(1, 1)");
        var watch = new ChangeWatch(connection);

        connection.Run("INSERT INTO w VALUES(1); INSERT OR REPLACE INTO t VALUES(2, 1)");

        watch.Take().ShouldBe("+t2");
        connection.Ask("SELECT count(*) FROM t").ShouldBe(1L);
    }

    [Test]
    public void Pending_writes_are_told_when_their_batch_commits()
    {
        using var database = new TestDatabase(Batching, new HandClock());
        using var connection = database.OpenWithTable();
        var watch = new ChangeWatch(connection);

        connection.Run(Insert);
        connection.Run(Insert);
        watch.Count.ShouldBe(0);
        connection.Run(Insert);
        watch.Take().ShouldBe("+t1 +t2 +t3");
        connection.Run(Insert);
        connection.RollbackBatch();
        connection.Run("INSERT INTO t(rowid) VALUES(9)");
        connection.CommitBatch();
        watch.Take().ShouldBe("+t9");
    }

    [Test]
    public void Batch_units_tell_what_they_keep()
    {
        using var database = new TestDatabase("Write Batch Size=2;Write Batch Interval=0");
        using var connection = database.OpenWithTable();
        var watch = new ChangeWatch(connection);
        connection.Run(Insert);
        using (connection.BeginBatchUnit())
            connection.Run("INSERT INTO t(rowid) VALUES(5)");
        using (var unit = connection.BeginBatchUnit())
        {
            connection.Run("INSERT INTO t(rowid) VALUES(6)");
            using (connection.BeginBatchUnit())
                connection.Run("INSERT INTO t(rowid) VALUES(7)");
            unit.Complete();
        }

        watch.Take().ShouldBe("+t1 +t6");
    }

    [Test]
    public void Batch_that_is_lost_tells_nothing()
    {
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=0");
        using var connection = database.Open();
        connection.Run("CREATE TABLE t(a UNIQUE)");
        connection.CommitBatch();
        var watch = new ChangeWatch(connection);
        connection.Run(Insert);
        Should.Throw<WriteBatchLostException>(() => connection.Run("INSERT OR ROLLBACK INTO t VALUES(1)"));

        connection.Run("INSERT INTO t VALUES(2)");
        connection.CommitBatch();

        watch.Take().ShouldBe("+t1");
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Rows_that_are_returned_are_told_when_their_reader_has_closed()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var watch = new ChangeWatch(connection);
        using (var reader = connection.Read("INSERT INTO t VALUES(1), (2) RETURNING a"))
        {
            reader.Read().ShouldBeTrue();
            watch.Count.ShouldBe(0);
        }

        watch.Take().ShouldBe("+t1 +t2");
    }

    [Test]
    public void Transaction_scope_tells_when_it_completes([Values] bool completes, [Values] bool closesFirst)
    {
        using var database = new TestDatabase();
        using (database.OpenWithTable())
        {
        }

        var told = new List<long?>();
        WalDbConnection? open;
        using (var scope = new TransactionScope())
        {
            open = WriteInScope(database, told, closesFirst);
            GC.Collect();
            told.ShouldBeEmpty();
            if (completes)
                scope.Complete();
        }

        told.ShouldBe(completes ? [1L] : []);
        database.CommittedRows().ShouldBe(completes ? 1 : 0);
        open?.Dispose();
    }

    // Gives the connection only where it is open: one that was closed may be collected before the scope ends.
    private static WalDbConnection? WriteInScope(TestDatabase database, List<long?> told, bool closesFirst)
    {
        var connection = database.Open();
        connection.Changed += (_, change) => told.Add(change.RowId);
        connection.Run(Insert);
        if (!closesFirst)
            return connection;
        connection.Close();
        return null;
    }
}
