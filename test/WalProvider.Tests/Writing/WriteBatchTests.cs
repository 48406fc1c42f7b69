using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WriteBatchTests
{
    private const string Insert = "INSERT INTO t VALUES(1)";
    private const string Batching = "Write Batch Size=5;Write Batch Interval=0";

    [Test]
    public async Task Commits_by_itself_when_the_threshold_is_reached([Values] bool async)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        var committed = Watch(connection);
        for (var write = 1; write <= 4; write++)
        {
            await connection.Run(Insert, async);
            connection.PendingWrites.ShouldBe(write);
        }

        database.CommittedRows().ShouldBe(0);
        connection.Ask("SELECT count(*) FROM t").ShouldBe(4L);
        await connection.Run(Insert, async);

        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(5);
        committed.ShouldBe([5]);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [TestCase("Close")]
    [TestCase("CloseAsync")]
    [TestCase("Dispose")]
    [TestCase("DisposeAsync")]
    [TestCase("CommitBatch")]
    [TestCase("CommitBatchAsync")]
    public async Task Commits_when_asked_or_closed(string way)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        var committed = Watch(connection);
        connection.Run(Insert);
        connection.Run(Insert);

        switch (way)
        {
            case "Close": connection.Close(); break;
            case "CloseAsync": await connection.CloseAsync(); break;
            case "Dispose": connection.Dispose(); break;
            case "DisposeAsync": await connection.DisposeAsync(); break;
            case "CommitBatch": connection.CommitBatch(); break;
            default: await connection.CommitBatchAsync(); break;
        }

        connection.PendingWrites.ShouldBe(0);
        committed.ShouldBe([2]);
        database.CommittedRows().ShouldBe(2);
    }

    [TestCase("BEGIN; COMMIT")]
    [TestCase("BEGIN IMMEDIATE; ROLLBACK")]
    [TestCase("SAVEPOINT one; ROLLBACK TO one; RELEASE one")]
    [TestCase("PRAGMA user_version=3")]
    [TestCase("PRAGMA foreign_keys")]
    [TestCase("ATTACH ':memory:' AS other")]
    [TestCase("VACUUM")]
    public void Commits_before_a_statement_that_cannot_be_in_it(string sql)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        var committed = Watch(connection);
        connection.Run(Insert);

        connection.Run(sql);

        committed.ShouldBe([1]);
        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Commits_before_a_pragma_that_would_be_ignored_inside_it()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        connection.Run(Insert);
        connection.Run("PRAGMA foreign_keys=OFF");
        connection.Ask("PRAGMA foreign_keys").ShouldBe(0L);
    }

    [Test]
    public async Task Commits_before_an_explicit_transaction([Values] bool async)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        connection.Run(Insert);

        await using (var transaction = async ? await connection.BeginTransactionAsync() : connection.BeginTransaction())
        {
            database.CommittedRows().ShouldBe(1);
            for (var write = 0; write < 20; write++)
                connection.Run(Insert);
            connection.PendingWrites.ShouldBe(0);
            database.CommittedRows().ShouldBe(1);
            await transaction.RollbackAsync();
        }

        connection.Ask("SELECT count(*) FROM t").ShouldBe(1L);
    }

    [Test]
    public void Takes_no_part_in_a_typed_transaction()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        connection.Run("BEGIN");
        for (var write = 0; write < 20; write++)
            connection.Run(Insert);
        connection.PendingWrites.ShouldBe(0);
        connection.Run("ROLLBACK");
        connection.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        connection.Run(Insert);
        connection.PendingWrites.ShouldBe(1);
    }

    [TestCase("COMMIT")]
    [TestCase("END TRANSACTION")]
    [TestCase("ROLLBACK")]
    public void Typed_end_of_a_transaction_commits_it_and_gives_the_engines_error(string sql)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        connection.Run(Insert);

        var error = Should.Throw<SqliteException>(() => connection.Run(sql));

        error.SqliteErrorCode.ShouldBe(1);
        error.Message.ShouldContain("no transaction is active");
        database.CommittedRows().ShouldBe(1);
        connection.Run(Insert);
        connection.PendingWrites.ShouldBe(1);
    }

    [Test]
    public void RollbackBatch_undoes_what_is_pending()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        var committed = Watch(connection);
        connection.Run(Insert);
        connection.RollbackBatch();
        connection.PendingWrites.ShouldBe(0);
        connection.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        connection.RollbackBatch();
        committed.ShouldBeEmpty();
    }

    [Test]
    public void RollbackBatch_leaves_an_explicit_transaction_alone()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        using var transaction = connection.BeginTransaction();
        connection.Run(Insert);
        connection.RollbackBatch();
        transaction.Commit();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Verbs_refuse_a_closed_connection()
    {
        using var connection = new WalDbConnection("Data Source=:memory:");
        connection.PendingWrites.ShouldBe(0);
        Should.Throw<InvalidOperationException>(connection.CommitBatch);
        Should.Throw<InvalidOperationException>(() => connection.CommitBatchAsync());
        Should.Throw<InvalidOperationException>(connection.RollbackBatch);
    }

    [Test]
    public void Counts_each_statement_of_a_text_and_schema_changes_too()
    {
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=0");
        using var connection = database.Open();
        connection.Run("CREATE TABLE t(a); INSERT INTO t VALUES(1); SELECT * FROM t; UPDATE t SET a=2; DELETE FROM t WHERE a=7");
        connection.PendingWrites.ShouldBe(4);
    }

    [Test]
    public void Commits_in_the_middle_of_a_text_when_the_threshold_is_reached_there()
    {
        using var database = new TestDatabase("Write Batch Size=2;Write Batch Interval=0");
        using var connection = database.OpenWithTable();
        var committed = Watch(connection);
        connection.Run($"{Insert};{Insert};{Insert};{Insert};{Insert}");
        committed.ShouldBe([4], "both commits are told when the text is done");
        connection.PendingWrites.ShouldBe(1);
        database.CommittedRows().ShouldBe(4);
    }

    [Test]
    public void Counts_each_command_of_a_DbBatch()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        using var batch = connection.CreateBatch();
        for (var index = 0; index < 3; index++)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = Insert;
            batch.BatchCommands.Add(command);
        }

        batch.ExecuteNonQuery().ShouldBe(3);
        connection.PendingWrites.ShouldBe(3);
    }

    [Test]
    public void Counts_no_statement_that_only_reads_or_explains()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        connection.Run("SELECT 1");
        connection.Run($"EXPLAIN {Insert}");
        connection.Run("PRAGMA user_version");
        connection.PendingWrites.ShouldBe(0);
        connection.Session.Engine.InTransaction.ShouldBeFalse();
    }

    [Test]
    public void Failing_statement_undoes_itself_only_and_is_not_counted()
    {
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=0");
        using var connection = database.Open();
        connection.Run("CREATE TABLE t(a UNIQUE)");
        connection.CommitBatch();
        connection.Run("INSERT INTO t VALUES(1)");

        var error = Should.Throw<SqliteException>(() => connection.Run("INSERT INTO t VALUES(2), (3), (1)"));

        error.GetType().ShouldBe(typeof(SqliteException));
        error.SqliteErrorCode.ShouldBe(19);
        connection.PendingWrites.ShouldBe(1);
        connection.Run("INSERT INTO t VALUES(4)");
        connection.CommitBatch();
        connection.Ask("SELECT group_concat(a) FROM t").ShouldBe("1,4");
    }

    [Test]
    public void Failing_first_statement_leaves_nothing_locked()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.Open();
        connection.Run("CREATE TABLE t(a NOT NULL)");
        connection.CommitBatch();

        Should.Throw<SqliteException>(() => connection.Run("INSERT INTO t VALUES(NULL)"));

        connection.PendingWrites.ShouldBe(0);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run(Insert).ShouldBe(1);
    }

    [Test]
    public void Statement_with_RETURNING_counts_when_its_reader_closes()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        using (var reader = connection.Read("INSERT INTO t VALUES(1), (2) RETURNING a"))
        {
            reader.Read().ShouldBeTrue();
            connection.PendingWrites.ShouldBe(0);
            Should.Throw<InvalidOperationException>(connection.CommitBatch).Message.ShouldContain("RETURNING");
        }

        connection.PendingWrites.ShouldBe(1);
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Waits_for_an_open_reader_when_the_threshold_is_reached([Values] bool ofWrite)
    {
        using var database = new TestDatabase("Write Batch Size=3;Write Batch Interval=0");
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1), (2), (3)");
        connection.CommitBatch();
        using (var reader = connection.Read(ofWrite ? "UPDATE t SET a=a RETURNING a" : "SELECT a FROM t"))
        {
            reader.Read().ShouldBeTrue();
            for (var write = 0; write < 5; write++)
                connection.Run(Insert);
            connection.PendingWrites.ShouldBe(5);
            database.CommittedRows().ShouldBe(3);
            reader.Read().ShouldBeTrue();
        }

        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(8);
    }

    [Test]
    public async Task Joined_by_Dapper_code_that_knows_nothing_of_it()
    {
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=0");
        DbConnection connection = database.OpenWithTable();
        connection.Execute("INSERT INTO t VALUES(@a)", new[] { new { a = 1 }, new { a = 2 }, new { a = 3 } });
        await connection.ExecuteAsync("INSERT INTO t VALUES(@a)", new { a = 4 });
        connection.QuerySingle<long>("SELECT count(*) FROM t").ShouldBe(4);
        ((WalDbConnection)connection).PendingWrites.ShouldBe(4);
        database.CommittedRows().ShouldBe(0);
        await connection.DisposeAsync();
        database.CommittedRows().ShouldBe(4);
    }

    [Test]
    public void Bulk_profile_batches()
    {
        using var database = new TestDatabase("Profile=Bulk");
        using var connection = database.Open();
        connection.Run("CREATE TABLE t(a)");
        connection.PendingWrites.ShouldBe(1);
    }

    [Test]
    public void CommitEach_commits_each_write_and_begins_no_batch_where_there_was_none([Values] bool batching)
    {
        using var database = new TestDatabase(batching ? "Write Batch Size=100;Write Batch Interval=0" : "");
        using var connection = database.OpenWithTable();

        connection.Session.Batch.CommitEach();

        connection.Session.Batch.IsEnabled.ShouldBe(batching);
        connection.Run("INSERT INTO t VALUES(1)");
        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Off_without_a_size()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run(Insert);
        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(1);
    }

    internal static List<int> Watch(WalDbConnection connection)
    {
        var writes = new List<int>();
        connection.BatchCommitted += (sender, committed) =>
        {
            sender.ShouldBeSameAs(connection);
            writes.Add(committed.Writes);
        };
        return writes;
    }
}
