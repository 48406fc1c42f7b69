using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalDbTransactionNestingTests
{
    [Test]
    public void Nested_transactions_keep_and_undo_their_own_work(
        [Values] bool outer, [Values] bool middle, [Values] bool inner, [Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var expected = new List<string>();

        var first = connection.BeginTransaction();
        connection.Run("INSERT INTO t VALUES('outer')");
        var second = connection.BeginTransaction();
        connection.Run("INSERT INTO t VALUES('middle')");
        var third = connection.BeginTransaction();
        connection.Run("INSERT INTO t VALUES('inner')");
        End(third, inner, async);
        connection.CurrentTransaction.ShouldBeSameAs(second);
        End(second, middle, async);
        connection.CurrentTransaction.ShouldBeSameAs(first);
        End(first, outer, async);

        if (outer)
            expected.Add("outer");
        if (outer && middle)
            expected.Add("middle");
        if (outer && middle && inner)
            expected.Add("inner");
        Rows(connection).ShouldBe(expected);
        connection.CurrentTransaction.ShouldBeNull();
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public void Outer_transaction_that_ends_takes_the_nested_ones_with_it([Values] bool commits)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var outer = connection.BeginTransaction();
        using var nested = connection.BeginTransaction();
        using var deepest = connection.BeginTransaction();
        connection.Run("INSERT INTO t VALUES('x')");

        End(outer, commits, async: false);

        nested.Connection.ShouldBeNull();
        deepest.Connection.ShouldBeNull();
        Should.Throw<InvalidOperationException>(deepest.Commit);
        database.CommittedRows().ShouldBe(commits ? 1 : 0);
    }

    [Test]
    public void Disposal_in_any_order_is_quiet_after_the_engine_has_rolled_back([Values] bool outerFirst)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1)");
        var outer = connection.BeginTransaction();
        var nested = connection.BeginTransaction();
        Should.Throw<SqliteException>(() => connection.Run("INSERT OR ROLLBACK INTO t VALUES(1)"));
        Should.Throw<InvalidOperationException>(() => connection.BeginTransaction());

        if (outerFirst)
            outer.Dispose();
        nested.Dispose();
        outer.Dispose();

        connection.CurrentTransaction.ShouldBeNull();
        connection.Run("INSERT INTO t VALUES(2)");
        using var next = connection.BeginTransaction();
        next.Commit();
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public async Task Savepoints_undo_and_keep_a_part([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        await using var transaction = connection.BeginTransaction();
        connection.Run("INSERT INTO t VALUES('a')");
        await Do(transaction.Save, transaction.SaveAsync, "it's \"one\"", async);
        connection.Run("INSERT INTO t VALUES('b')");
        await Do(transaction.Rollback, transaction.RollbackAsync, "it's \"one\"", async);
        connection.Run("INSERT INTO t VALUES('c')");
        await Do(transaction.Release, transaction.ReleaseAsync, "it's \"one\"", async);
        Should.Throw<SqliteException>(() => transaction.Rollback("it's \"one\""));
        transaction.Commit();
        Rows(connection).ShouldBe(["a", "c"]);
    }

    [Test]
    public void Savepoint_of_the_user_inside_a_nested_transaction_is_its_own()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var outer = connection.BeginTransaction();
        using (var nested = connection.BeginTransaction())
        {
            connection.Run("INSERT INTO t VALUES('a')");
            nested.Save("s");
            connection.Run("INSERT INTO t VALUES('b')");
            nested.Rollback("s");
            nested.Commit();
        }

        outer.Commit();
        Rows(connection).ShouldBe(["a"]);
    }

    [Test]
    public void Nested_transaction_of_a_deferred_one_takes_the_gate_at_its_first_write()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var outer = connection.BeginTransaction(deferred: true);
        using var nested = connection.BeginTransaction();
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        connection.Run("INSERT INTO t VALUES('a')");
        connection.Session.WriteLock.IsHeld.ShouldBeTrue();
        nested.Rollback();
        outer.Rollback();
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public void Statement_inside_a_user_function_is_refused([Values("command", "transaction", "batch", "close", "dispose")] string what, [Values] bool reading)
    {
        using var database = new TestDatabase("Write Batch Size=10;Write Batch Interval=0");
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1), (2)");
        Exception? refused = null;
        connection.CreateFunction("inside", (long value) =>
        {
            try
            {
                if (value == 2)
                    Act(connection, what);
            }
            catch (InvalidOperationException error)
            {
                refused = error;
            }

            return value;
        });

        if (reading)
        {
            using var reader = connection.Read("SELECT inside(a) FROM t");
            reader.Read().ShouldBeTrue();
            reader.Read().ShouldBeTrue();
            reader.Read().ShouldBeFalse();
        }
        else
        {
            connection.Run("UPDATE t SET a=inside(a)").ShouldBe(2);
        }

        refused.ShouldNotBeNull().Message.ShouldContain("from inside a user");
        connection.State.ShouldBe(System.Data.ConnectionState.Open);
        connection.Ask("SELECT count(*) FROM t").ShouldBe(2L);
        connection.Close();
        database.Source.Statistics.InUse.ShouldBe(0);
        database.CommittedRows().ShouldBe(2);
    }

    private static void Act(WalDbConnection connection, string what)
    {
        switch (what)
        {
            case "command": connection.Ask("SELECT 1"); break;
            case "transaction": connection.BeginTransaction(); break;
            case "batch": connection.CommitBatch(); break;
            case "close": connection.Close(); break;
            default: connection.Dispose(); break;
        }
    }

    private static void End(WalDbTransaction transaction, bool commits, bool async)
    {
        if (commits && async)
            transaction.CommitAsync().GetAwaiter().GetResult();
        else if (commits)
            transaction.Commit();
        else if (async)
            transaction.RollbackAsync().GetAwaiter().GetResult();
        else
            transaction.Rollback();
    }

    private static Task Do(Action<string> verb, Func<string, CancellationToken, Task> asyncVerb, string name, bool async)
    {
        if (async)
            return asyncVerb(name, CancellationToken.None);
        verb(name);
        return Task.CompletedTask;
    }

    private static List<string> Rows(WalDbConnection connection)
    {
        using var reader = connection.Read("SELECT a FROM t ORDER BY rowid");
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
