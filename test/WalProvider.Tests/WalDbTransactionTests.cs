using System.Data;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalDbTransactionTests
{
    private const string Insert = "INSERT INTO t VALUES(1)";

    [TestCase("", false, true)]
    [TestCase("", true, false)]
    [TestCase("Transaction Mode=Immediate", false, true)]
    [TestCase("Transaction Mode=Deferred", false, false)]
    [TestCase("Transaction Mode=Exclusive", false, true)]
    [TestCase("Transaction Mode=Exclusive", true, false)]
    public void BeginTransaction_takes_the_write_lock_unless_it_is_deferred(string keyword, bool deferred, bool isWriting)
    {
        using var database = new TestDatabase(keyword);
        using var connection = database.OpenWithTable();
        using var transaction = deferred ? connection.BeginTransaction(deferred: true) : connection.BeginTransaction();
        connection.Session.Engine.InTransaction.ShouldBeTrue();
        connection.Session.Engine.IsWriting.ShouldBe(isWriting);
        connection.Session.WriteLock.IsHeld.ShouldBe(isWriting);
    }

    [Test]
    public async Task Commit_keeps_what_was_written([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        await using var transaction = async
            ? (WalDbTransaction)await connection.BeginTransactionAsync()
            : connection.BeginTransaction();
        await connection.Run(Insert, async);
        database.CommittedRows().ShouldBe(0);

        if (async)
            await transaction.CommitAsync();
        else
            transaction.Commit();

        database.CommittedRows().ShouldBe(1);
        ShouldBeOver(transaction, connection);
    }

    [TestCase("Rollback")]
    [TestCase("RollbackAsync")]
    [TestCase("Dispose")]
    [TestCase("DisposeAsync")]
    public async Task Rollback_and_disposal_undo_what_was_written(string way)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var transaction = connection.BeginTransaction();
        connection.Run(Insert);

        await End(transaction, way);

        ShouldBeOver(transaction, connection);
        database.CommittedRows().ShouldBe(0);
        connection.Run(Insert);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Closing_the_connection_rolls_back_and_ends_it()
    {
        using var database = new TestDatabase();
        var connection = database.OpenWithTable();
        var transaction = connection.BeginTransaction();
        var nested = connection.BeginTransaction();
        connection.Run(Insert);

        connection.Close();

        transaction.Connection.ShouldBeNull();
        nested.Connection.ShouldBeNull();
        Should.Throw<InvalidOperationException>(transaction.Commit);
        transaction.Dispose();
        nested.Dispose();
        database.CommittedRows().ShouldBe(0);
        database.Source.Statistics.InUse.ShouldBe(0);
    }

    [Test]
    public void Connection_that_is_opened_again_is_not_rolled_back_by_the_old_transaction()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var old = connection.BeginTransaction();
        connection.Close();
        connection.Open();
        using var transaction = connection.BeginTransaction();
        connection.Run(Insert);
        old.Dispose();
        transaction.Commit();
        database.CommittedRows().ShouldBe(1);
    }

    [TestCase("COMMIT", 1)]
    [TestCase("END", 1)]
    public void Typed_commit_under_an_open_transaction_ends_it(string sql, long rows)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var transaction = connection.BeginTransaction();
        connection.Run(Insert);
        connection.Run(sql);

        connection.Run(Insert).ShouldBe(1, "autocommit again, as with the wrapped provider's typed COMMIT");

        database.CommittedRows().ShouldBe(rows + 1);
        Should.Throw<InvalidOperationException>(transaction.Commit);
    }

    [Test]
    public void Typed_rollback_under_an_open_transaction_refuses_more_until_it_is_ended([Values("Rollback", "RollbackAsync", "Dispose", "DisposeAsync")] string way)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var transaction = connection.BeginTransaction();
        connection.Run(Insert);
        connection.Run("ROLLBACK");

        ShouldRefuseEverything(connection, transaction);
        End(transaction, way).GetAwaiter().GetResult();

        connection.Run(Insert);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Rollback_by_the_engine_refuses_more_until_it_is_ended(
        [Values("Rollback", "RollbackAsync", "Dispose", "DisposeAsync")] string way, [Values] bool afterSavepoint)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE t(a UNIQUE)");
        var transaction = connection.BeginTransaction();
        connection.Run(Insert);
        if (afterSavepoint)
        {
            using var nested = connection.BeginTransaction();
            nested.Commit();
        }

        Should.Throw<SqliteException>(() => connection.Run("INSERT OR ROLLBACK INTO t VALUES(1)")).SqliteErrorCode.ShouldBe(19);

        ShouldRefuseEverything(connection, transaction);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        End(transaction, way).GetAwaiter().GetResult();
        connection.Run(Insert);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Full_database_in_a_transaction_is_the_engines_error_and_disposal_is_quiet()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("PRAGMA max_page_count=10");
        using (connection.BeginTransaction())
        {
            connection.Run(Insert);
            Should.Throw<SqliteException>(() => connection.Run("INSERT INTO t VALUES(zeroblob(500000))")).SqliteErrorCode.ShouldBe(13);
        }

        connection.Run(Insert);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Commit_that_violates_a_deferred_foreign_key_leaves_it_open()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE p(a PRIMARY KEY); CREATE TABLE t(a REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
        using var transaction = connection.BeginTransaction();
        connection.Run(Insert);

        Should.Throw<SqliteException>(transaction.Commit).SqliteExtendedErrorCode.ShouldBe(787);

        transaction.Connection.ShouldBeSameAs(connection);
        connection.Run("INSERT INTO p VALUES(1)");
        transaction.Commit();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Commit_beside_a_half_read_RETURNING_fails_at_once_and_says_why([Values] bool async)
    {
        using var database = new TestDatabase("Busy Timeout=2000000000");
        using var connection = database.OpenWithTable();
        using var transaction = connection.BeginTransaction();
        using (var reader = connection.Read("INSERT INTO t VALUES(1), (2) RETURNING a"))
        {
            reader.Read().ShouldBeTrue();

            var error = Should.Throw<SqliteException>(() => Patience.OnThread(async () =>
            {
                if (async)
                    await transaction.CommitAsync();
                else
                    transaction.Commit();
            }).Unwrap().Within());

            error.SqliteErrorCode.ShouldBe(5);
            error.Message.ShouldContain("close its readers first");
            error.Message.ShouldNotContain("Another process");
        }

        transaction.Commit();
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Commit_beside_an_open_reader_goes_through_and_the_reader_goes_on()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1), (2), (3)");
        using var transaction = connection.BeginTransaction();
        connection.Run("CREATE TABLE u(a); INSERT INTO u VALUES(1)");
        using var reader = connection.Read("SELECT a FROM t");
        reader.Read().ShouldBeTrue();
        transaction.Commit();
        reader.Read().ShouldBeTrue();
        reader.Read().ShouldBeTrue();
        reader.Read().ShouldBeFalse();
    }

    [Test]
    public void Half_read_RETURNING_outside_a_transaction_commits_when_it_is_closed()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using (var reader = connection.Read("INSERT INTO t VALUES(1), (2) RETURNING a"))
        {
            reader.Read().ShouldBeTrue();
            database.CommittedRows().ShouldBe(0);
        }

        database.CommittedRows().ShouldBe(2);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public void Second_connection_of_a_thread_is_told_who_holds_the_write_gate([Values] bool async)
    {
        using var database = new TestDatabase("Busy Timeout=200;Application Name=the first");
        using var first = database.OpenWithTable();
        using var second = database.Open();
        using var transaction = first.BeginTransaction();
        first.Run("INSERT INTO t VALUES('held')");

        var error = Should.Throw<WriteGateTimeoutException>(() => second.Run(Insert, async).Within());

        error.SqliteErrorCode.ShouldBe(5);
        error.IsTransient.ShouldBeTrue();
        error.Message.ShouldContain("'the first'");
        error.Message.ShouldContain("INSERT INTO t VALUES('held')");
        error.Message.ShouldContain("200 ms");
        error.Message.ShouldContain("'Busy Timeout'");
        transaction.Commit();
        second.Run(Insert);
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Reader_of_another_connection_is_not_in_the_way_of_a_transaction()
    {
        using var database = new TestDatabase();
        using var first = database.OpenWithTable();
        using var second = database.Open();
        using var transaction = first.BeginTransaction();
        first.Run(Insert);
        second.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        using (second.BeginTransaction(deferred: true))
            second.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        transaction.Commit();
        second.Ask("SELECT count(*) FROM t").ShouldBe(1L);
    }

    [Test]
    public void Command_refuses_the_transaction_of_another_connection()
    {
        using var database = new TestDatabase();
        using var first = database.OpenWithTable();
        using var second = database.Open();
        using var transaction = first.BeginTransaction();
        using var command = second.CreateCommand();
        command.CommandText = "SELECT 1";
        command.Transaction = transaction;
        Should.Throw<InvalidOperationException>(() => command.ExecuteScalar());
        transaction.Commit();
        command.ExecuteScalar().ShouldBe(1L);
    }

    [TestCase(IsolationLevel.Chaos)]
    [TestCase(IsolationLevel.Snapshot)]
    public void BeginTransaction_refuses_a_level_that_there_is_not(IsolationLevel level)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        Should.Throw<ArgumentException>(() => connection.BeginTransaction(level));
        connection.Session.Engine.InTransaction.ShouldBeFalse();
        connection.CurrentTransaction.ShouldBeNull();
    }

    [Test]
    public void BeginTransaction_refuses_a_closed_connection()
    {
        using var connection = new WalDbConnection("Data Source=:memory:");
        Should.Throw<InvalidOperationException>(() => connection.BeginTransaction());
        Should.ThrowAsync<InvalidOperationException>(async () => await connection.BeginTransactionAsync());
    }

    [Test]
    public void BeginTransaction_inside_a_typed_one_is_the_engines_error_and_leaves_that_open()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("BEGIN");
        Should.Throw<SqliteException>(() => connection.BeginTransaction()).SqliteErrorCode.ShouldBe(1);
        connection.CurrentTransaction.ShouldBeNull();
        connection.Run(Insert);
        connection.Run("COMMIT");
        database.CommittedRows().ShouldBe(1);
    }

    private static Task End(WalDbTransaction transaction, string way)
    {
        switch (way)
        {
            case "Rollback": transaction.Rollback(); return Task.CompletedTask;
            case "RollbackAsync": return transaction.RollbackAsync();
            case "Dispose": transaction.Dispose(); return Task.CompletedTask;
            default: return transaction.DisposeAsync().AsTask();
        }
    }

    private static void ShouldBeOver(WalDbTransaction transaction, WalDbConnection connection)
    {
        transaction.Connection.ShouldBeNull();
        connection.CurrentTransaction.ShouldBeNull();
        connection.Session.Engine.InTransaction.ShouldBeFalse();
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(transaction.Commit);
        Should.Throw<InvalidOperationException>(transaction.Rollback);
        Should.Throw<InvalidOperationException>(() => transaction.Save("a"));
        transaction.Dispose();
    }

    private static void ShouldRefuseEverything(WalDbConnection connection, WalDbTransaction transaction)
    {
        Should.Throw<InvalidOperationException>(() => connection.Run(Insert));
        Should.Throw<InvalidOperationException>(() => connection.Ask("SELECT 1"));
        Should.Throw<InvalidOperationException>(() => connection.BeginTransaction());
        Should.Throw<InvalidOperationException>(() => transaction.Save("a"));
        Should.Throw<InvalidOperationException>(() => transaction.Rollback("a"));
        Should.Throw<InvalidOperationException>(transaction.Commit);
        using var batch = connection.CreateBatch();
        var command = batch.CreateBatchCommand();
        command.CommandText = Insert;
        batch.BatchCommands.Add(command);
        Should.Throw<InvalidOperationException>(() => batch.ExecuteNonQuery());
        connection.Session.Engine.InTransaction.ShouldBeFalse();
    }
}
