using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class SessionDirtTests
{
    [TestCase("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys", 1L)]
    [TestCase("PRAGMA query_only=ON", "PRAGMA query_only", 0L)]
    [TestCase("PRAGMA cache_size=10", "PRAGMA cache_size", -64000L)]
    [TestCase("PRAGMA synchronous(OFF)", "PRAGMA synchronous", 1L)]
    [TestCase("PRAGMA main.synchronous=0", "PRAGMA synchronous", 1L)]
    [TestCase("/* why */ pragma\n recursive_triggers = 1", "PRAGMA recursive_triggers", 0L)]
    [TestCase("SELECT 1; PRAGMA temp_store=1", "PRAGMA temp_store", 0L)]
    [TestCase("PRAGMA busy_timeout=5", "PRAGMA busy_timeout", 30_000L)]
    [TestCase("PRAGMA wal_autocheckpoint=7", "PRAGMA wal_autocheckpoint", 1000L)]
    [TestCase("EXPLAIN PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys", 1L)]
    [TestCase("ATTACH ':memory:' AS other", "SELECT count(*) FROM pragma_database_list", 1L)]
    [TestCase("CREATE TEMP TABLE scratch(a)", "SELECT count(*) FROM sqlite_temp_master", 0L)]
    [TestCase("CREATE TEMP VIEW scratch AS SELECT 1", "SELECT count(*) FROM sqlite_temp_master", 0L)]
    [TestCase("CREATE TEMP TRIGGER scratch AFTER INSERT ON t BEGIN SELECT 1; END", "SELECT count(*) FROM sqlite_temp_master", 0L)]
    [TestCase("CREATE TABLE temp.scratch(a)", "SELECT count(*) FROM sqlite_temp_master", 0L)]
    [TestCase("BEGIN; INSERT INTO t VALUES(1)", "SELECT count(*) FROM t", 0L)]
    [TestCase("BEGIN IMMEDIATE", "SELECT count(*) FROM t", 0L)]
    [TestCase("BEGIN; SELECT * FROM t", "SELECT count(*) FROM t", 0L)]
    [TestCase("SAVEPOINT one; INSERT INTO t VALUES(1)", "SELECT count(*) FROM t", 0L)]
    [TestCase("INSERT INTO t VALUES(1); DELETE FROM t", "SELECT last_insert_rowid()", 0L)]
    public void Next_user_sees_nothing_of_what_was_executed(string dirt, string question, long expected)
    {
        using var database = WithTable();
        using (var connection = database.Open())
            connection.Run(dirt);

        using var next = database.Open();
        next.Ask(question).ShouldBe(expected);
        next.Run("BEGIN IMMEDIATE; INSERT INTO t VALUES(2); ROLLBACK");
    }

    [Test]
    public void Next_user_finds_no_transaction_that_was_left_open([Values] bool deferred)
    {
        using var database = WithTable();
        using (var connection = database.Open())
        {
            connection.BeginTransaction(deferred);
            connection.Run("INSERT INTO t VALUES(1)");
        }

        ShouldBeFreshAndFree(database);
    }

    [Test]
    public void Next_user_finds_no_reader_that_was_left_open([Values("SELECT a FROM t", "INSERT INTO t VALUES(1), (2) RETURNING a")] string sql)
    {
        using var database = WithTable();
        using (var connection = database.Open())
        {
            connection.Run("INSERT INTO t VALUES(1), (2), (3)");
            connection.Read(sql).Read().ShouldBeTrue();
        }

        using (var connection = database.Open())
            connection.Run("DELETE FROM t");
        ShouldBeFreshAndFree(database);
        // A reader that is still open would keep the log from being emptied.
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Ask("PRAGMA wal_checkpoint(TRUNCATE)").ShouldBe(0L);
    }

    [Test]
    public void Next_user_finds_no_function()
    {
        using var database = WithTable();
        using (var connection = database.Open())
        {
            connection.CreateFunction("mine", () => 1L);
            connection.Ask("SELECT mine()").ShouldBe(1L);
        }

        using var next = database.Open();
        Should.Throw<SqliteException>(() => next.Ask("SELECT mine()"));
    }

    [Test]
    public void Next_user_finds_no_function_in_place_of_a_built_in_one()
    {
        using var database = WithTable();
        using (var connection = database.Open())
        {
            connection.CreateFunction("abs", (long _) => 99L);
            connection.Ask("SELECT abs(-1)").ShouldBe(99L);
        }

        using var next = database.Open();
        next.Ask("SELECT abs(-1)").ShouldBe(1L);
    }

    [Test]
    public void Next_user_finds_no_aggregate()
    {
        using var database = WithTable();
        using (var connection = database.Open())
            connection.CreateAggregate("mine", 0L, (long sum) => sum + 1);
        using var next = database.Open();
        Should.Throw<SqliteException>(() => next.Ask("SELECT mine() FROM t"));
    }

    [Test]
    public void Next_user_finds_no_collation()
    {
        using var database = WithTable();
        using (var connection = database.Open())
            connection.CreateCollation("mine", string.CompareOrdinal);
        using var next = database.Open();
        Should.Throw<SqliteException>(() => next.Ask("SELECT 'a' = 'b' COLLATE mine"));
    }

    [Test]
    public void Same_connection_finds_its_functions_again_when_it_is_opened_again()
    {
        using var database = WithTable();
        using var connection = database.Source.CreateConnection();
        connection.CreateFunction("mine", () => 1L);
        for (var round = 0; round < 2; round++)
        {
            connection.Open();
            connection.Ask("SELECT mine()").ShouldBe(1L);
            connection.Close();
        }
    }

    [Test]
    public void Next_user_may_load_no_extension()
    {
        using var database = WithTable();
        using (var connection = database.Open())
            connection.EnableExtensions();
        using var next = database.Open();
        Should.Throw<SqliteException>(() => next.Ask("SELECT load_extension('x')")).Message.ShouldContain("not authorized");
    }

    [Test]
    public void Session_is_not_kept_when_its_handle_was_read()
        => ShouldNotBeKept(connection => connection.Handle.ShouldNotBeNull());

    [Test]
    public void Session_is_not_kept_when_the_wrapped_connection_was_read()
        => ShouldNotBeKept(connection => connection.WrappedConnection.Run("PRAGMA query_only=ON"));

    [Test]
    public void Session_is_not_kept_when_a_wrapped_command_was_read()
        => ShouldNotBeKept(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1";
            command.WrappedCommand.ExecuteScalar().ShouldBe(1L);
        });

    [TestCase("PRAGMA table_info(t)")]
    [TestCase("PRAGMA user_version=7")]
    [TestCase("PRAGMA application_id=7")]
    [TestCase("PRAGMA foreign_keys")]
    [TestCase("PRAGMA journal_mode")]
    [TestCase("PRAGMA wal_checkpoint(TRUNCATE)")]
    [TestCase("PRAGMA integrity_check(5)")]
    [TestCase("PRAGMA foreign_key_check(t)")]
    [TestCase("PRAGMA optimize")]
    [TestCase("SELECT * FROM pragma_table_info('t')")]
    [TestCase("INSERT INTO t VALUES(1)")]
    [TestCase("CREATE TABLE u(a); DROP TABLE u")]
    [TestCase("BEGIN; INSERT INTO t VALUES(1); COMMIT")]
    [TestCase("EXPLAIN QUERY PLAN SELECT * FROM t")]
    public void Session_is_kept_when_nothing_of_its_own_was_changed(string sql)
    {
        using var database = WithTable();
        var before = database.Source.Statistics;
        using (var connection = database.Open())
            connection.Ask(sql);
        database.Source.Statistics.ShouldBe(before);
        before.Idle.ShouldBe(1);
    }

    [Test]
    public void Next_user_can_write_when_a_blob_was_left_open_for_writing()
    {
        using var database = WithTable();
        SqliteBlob blob;
        using (var connection = database.Open())
        {
            connection.Run("INSERT INTO t VALUES(zeroblob(100000))");
            blob = new SqliteBlob(connection.WrappedConnection, "t", "a", 1);
            blob.Write([1, 2, 3]);
        }

        ShouldBeFreshAndFree(database, rows: 1);
        Should.Throw<SqliteException>(() => blob.Write([4, 5, 6]));
        blob.Dispose();
    }

    [Test]
    public void Blob_that_was_left_open_for_reading_harms_nobody_when_it_is_read_later()
    {
        using var database = WithTable();
        Stream stream;
        using (var connection = database.Open())
        {
            connection.Run("INSERT INTO t VALUES(zeroblob(100000))");
            using var reader = connection.Read("SELECT rowid, a FROM t");
            reader.Read().ShouldBeTrue();
            stream = reader.GetStream(1);
        }

        ShouldBeFreshAndFree(database, rows: 1);
        var buffer = new byte[10];
        stream.Position = 50_000;
        Read(stream, buffer).ShouldBeOneOf(0, 10);
        stream.Dispose();

        // Either the bytes or a clear error, and never freed memory.
        static int Read(Stream stream, byte[] buffer)
        {
            try
            {
                return stream.Read(buffer);
            }
            catch (ObjectDisposedException)
            {
                return 0;
            }
        }
    }

    private static void ShouldNotBeKept(Action<WalDbConnection> touch)
    {
        using var database = WithTable();
        using (var connection = database.Open())
            touch(connection);
        database.Source.Statistics.Open.ShouldBe(0);
    }

    private static void ShouldBeFreshAndFree(TestDatabase database, long rows = 0)
    {
        database.Source.Statistics.InUse.ShouldBe(0);
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE; ROLLBACK");
        using var next = database.Open();
        next.Ask("SELECT count(*) FROM t").ShouldBe(rows);
        using var transaction = next.BeginTransaction();
        transaction.Rollback();
    }

    private static TestDatabase WithTable()
    {
        var database = new TestDatabase();
        database.OpenWithTable().Dispose();
        return database;
    }
}
