using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Every way out of a write leaves the gate free.</summary>
[TestFixture]
public sealed class WriteLockTests
{
    private const string Insert = "INSERT INTO t VALUES(1)";

    [TestCase("INSERT OR ROLLBACK INTO u VALUES(2), (1) RETURNING a")]
    [TestCase("INSERT OR FAIL INTO u VALUES(2), (1) RETURNING a")]
    [TestCase("INSERT OR ABORT INTO u VALUES(2), (1) RETURNING a")]
    public void Write_with_a_result_that_fails_throws_its_own_error_and_frees_the_lock(string sql)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE u(a UNIQUE); INSERT INTO u VALUES(1)");

        var error = Should.Throw<SqliteException>(() => connection.Ask(sql));

        error.SqliteErrorCode.ShouldBe(19);
        error.ShouldBeOfType<SqliteException>();
        using var other = database.Open();
        other.Run("INSERT INTO u VALUES(7)").ShouldBe(1);
        connection.Run("INSERT INTO u VALUES(8)").ShouldBe(1);
    }

    [TestCase("INSERT INTO t VALUES(1)")]
    [TestCase("INSERT INTO t VALUES(1) RETURNING a")]
    [TestCase("CREATE TABLE u(a)")]
    [TestCase("BEGIN IMMEDIATE; INSERT INTO t VALUES(1); COMMIT")]
    [TestCase("BEGIN EXCLUSIVE; ROLLBACK")]
    [TestCase("SAVEPOINT s; INSERT INTO t VALUES(1); RELEASE s")]
    [TestCase("VACUUM")]
    [TestCase("PRAGMA user_version=5")]
    [TestCase("REINDEX")]
    [TestCase("ANALYZE")]
    [TestCase("INSERT INTO t SELECT 1 WHERE 0")]
    public void Gate_is_free_after(string sql)
    {
        using var database = new TestDatabase("Busy Timeout=0");
        using var connection = database.OpenWithTable();
        connection.Run(sql);
        ShouldBeFree(database, connection);
    }

    [TestCase("INSERT INTO no_table VALUES(1)")]
    [TestCase("INSERT INTO t VALUES(1) nonsense")]
    [TestCase("INSERT INTO u VALUES(1), (1)")]
    [TestCase("INSERT OR ROLLBACK INTO u VALUES(1), (1)")]
    [TestCase("INSERT INTO u VALUES(1), (1) RETURNING a")]
    [TestCase("INSERT INTO t VALUES(abs(-9223372036854775808))")]
    [TestCase("BEGIN IMMEDIATE; BEGIN IMMEDIATE")]
    [TestCase("COMMIT")]
    [TestCase("CREATE TABLE t(a)")]
    [TestCase("SELECT a FROM t; INSERT INTO u VALUES(1), (1)")]
    public void Gate_is_free_after_the_failure_of(string sql)
    {
        using var database = new TestDatabase("Busy Timeout=0");
        using (var connection = database.OpenWithTable())
        {
            connection.Run("CREATE TABLE u(a UNIQUE)");
            Should.Throw<SqliteException>(() => connection.Run(sql));
            if (connection.Session.Engine.InTransaction)
                connection.Run("ROLLBACK");
            ShouldBeFree(database, connection);
        }

        ShouldBeFree(database, null);
    }

    [Test]
    public void Gate_is_free_after_a_parameter_was_missing([Values("INSERT INTO t VALUES(@a)", "INSERT INTO t VALUES(1); INSERT INTO t VALUES(@a)")] string sql)
    {
        using var database = new TestDatabase("Busy Timeout=0;Write Batch Size=10");
        using var connection = database.OpenWithTable();
        Should.Throw<InvalidOperationException>(() => connection.Run(sql));
        connection.CommitBatch();
        ShouldBeFree(database, connection);
    }

    [TestCase("")]
    [TestCase("Write Batch Size=10;Write Batch Interval=0")]
    public async Task Gate_is_free_after_a_connection_was_closed_in_the_middle(string keywords)
    {
        using var database = new TestDatabase("Busy Timeout=0;" + keywords);
        database.OpenWithTable().Dispose();
        var acts = new Action<WalDbConnection>[]
        {
            connection => connection.BeginTransaction(),
            connection => connection.Run("BEGIN IMMEDIATE"),
            connection => connection.Run("SAVEPOINT s; INSERT INTO t VALUES(1)"),
            connection => connection.Read("INSERT INTO t VALUES(1), (2) RETURNING a").Read(),
            connection => connection.Read("INSERT INTO t VALUES(1); SELECT a FROM t; INSERT INTO t VALUES(2)").Read(),
            connection => connection.Run(Insert),
            connection =>
            {
                connection.BeginTransaction();
                connection.BeginTransaction();
                connection.Read("UPDATE t SET a=2 RETURNING a").Read();
            },
        };
        foreach (var act in acts)
        {
            foreach (var way in new[] { "Close", "Dispose", "DisposeAsync", "Clear" })
            {
                var connection = database.Open();
                act(connection);
                if (way == "Clear")
                    database.Source.Clear();
                if (way == "DisposeAsync")
                    await connection.DisposeAsync();
                else if (way == "Close")
                    connection.Close();
                else
                    connection.Dispose();
                database.Source.Statistics.InUse.ShouldBe(0);
                ShouldBeFree(database, null);
            }
        }
    }

    [Test]
    public async Task Gate_is_free_after_a_wait_at_the_gate_was_cancelled()
    {
        using var database = new TestDatabase();
        using var first = database.OpenWithTable();
        using var second = database.Open();
        var transaction = first.BeginTransaction();
        using var cancellation = new CancellationTokenSource();
        var written = second.RunAsync(Insert, cancellation.Token);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => written.Within());
        transaction.Dispose();

        first.Session.WriteLock.HasWaiters.ShouldBeFalse();
        second.Run(Insert);
        ShouldBeFree(database, first);
    }

    [Test]
    public void Gate_is_free_after_a_reader_failed_to_close_its_connection_with_it([Values] bool async)
    {
        using var database = new TestDatabase("Journal Mode=DELETE;Busy Timeout=50");
        var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN; SELECT count(*) FROM t");
        connection.Read("SELECT 1").Read();
        connection.Read("INSERT INTO t VALUES(1), (2) RETURNING a").Read();

        // Its COMMIT waits for the other reader in vain.
        Should.Throw<SqliteBusyException>(async () =>
        {
            if (async)
                await connection.DisposeAsync();
            else
                connection.Dispose();
        });

        connection.State.ShouldBe(System.Data.ConnectionState.Closed);
        database.Source.Statistics.InUse.ShouldBe(0);
        elsewhere.Run("COMMIT");
        ShouldBeFree(database, null);
        database.CommittedRows().ShouldBe(0);
    }

    [Test]
    public void Gate_is_not_needed_to_read_or_to_write_a_temporary_table()
    {
        using var database = new TestDatabase("Busy Timeout=0");
        using var first = database.OpenWithTable();
        using var second = database.Open();
        second.Run("CREATE TEMP TABLE scratch(a)");
        using var transaction = first.BeginTransaction();
        second.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        second.Run("INSERT INTO scratch VALUES(1)").ShouldBe(1);
        second.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public void HeldFor_counts_from_the_entry()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Session.WriteLock.HeldFor.ShouldBe(TimeSpan.Zero);
        connection.Run("BEGIN IMMEDIATE");

        Patience.Until(() => connection.Session.WriteLock.HeldFor > TimeSpan.Zero);
        connection.Session.WriteLock.HeldFor.ShouldBeLessThan(Patience.Limit);

        connection.Run("ROLLBACK");
        connection.Session.WriteLock.HeldFor.ShouldBe(TimeSpan.Zero);
    }

    [Test]
    public void Gate_is_held_as_long_as_the_engine_holds_its_lock()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("BEGIN");
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        connection.Run(Insert);
        connection.Session.WriteLock.IsHeld.ShouldBeTrue();
        connection.Run("ROLLBACK");
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        using (var reader = connection.Read("INSERT INTO t VALUES(1), (2) RETURNING a"))
        {
            reader.Read();
            connection.Session.WriteLock.IsHeld.ShouldBeTrue();
        }

        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public void Function_that_writes_through_a_second_connection_is_refused_at_once([Values] bool async)
    {
        using var database = new TestDatabase("Busy Timeout=2000000000");
        using var first = database.OpenWithTable();
        using var second = database.Open();
        WriteGateTimeoutException? refused = null;
        first.CreateFunction("inside", (long value) =>
        {
            try
            {
                second.Run(Insert, async).GetAwaiter().GetResult();
            }
            catch (WriteGateTimeoutException error)
            {
                refused = error;
            }

            return value;
        });

        Patience.OnThread(() => first.Run("INSERT INTO t VALUES(inside(7))")).Within().GetAwaiter().GetResult().ShouldBe(1);

        refused.ShouldNotBeNull().Message.ShouldContain("on this very thread");
        second.Run(Insert);
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Gate_is_free_when_a_reader_closes_the_connection_and_the_connection_the_reader([Values] bool async)
    {
        using var database = new TestDatabase();
        var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1), (2)");
        var readers = new List<WalDbDataReader>();
        for (var count = 0; count < 2; count++)
        {
            var command = connection.CreateCommand();
            command.CommandText = "UPDATE t SET a=a+1 RETURNING a";
            readers.Add(command.ExecuteReader(System.Data.CommandBehavior.CloseConnection));
        }

        var reader = readers[0];
        if (async)
            connection.CloseAsync().GetAwaiter().GetResult();
        else
            reader.Close();
        readers.ShouldAllBe(open => open.IsClosed);
        connection.State.ShouldBe(System.Data.ConnectionState.Closed);
        database.Source.Statistics.InUse.ShouldBe(0);
        ShouldBeFree(database, null);
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Ask("SELECT min(a) FROM t").ShouldBe(3L);
    }

    [Test]
    public void Writes_with_open_results_commit_with_the_last_that_closes([Values] bool lastFirst, [Values] bool fails)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE t(a UNIQUE)");
        var first = connection.Read("INSERT INTO t VALUES(1), (2) RETURNING a");
        var second = connection.Read("INSERT INTO t VALUES(3), (4) RETURNING a");
        if (fails)
            Should.Throw<SqliteException>(() => connection.Read("INSERT INTO t VALUES(5), (1) RETURNING a")).SqliteErrorCode.ShouldBe(19);

        (lastFirst ? second : first).Dispose();
        database.CommittedRows().ShouldBe(0);
        connection.Session.WriteLock.IsHeld.ShouldBeTrue();
        (lastFirst ? first : second).Dispose();

        database.CommittedRows().ShouldBe(4);
        ShouldBeFree(database, connection);
    }

    [Test]
    public void Scalar_of_a_write_is_not_given_when_its_commit_is_refused([Values] bool async)
    {
        using var database = new TestDatabase("Journal Mode=DELETE;Busy Timeout=50");
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN; SELECT count(*) FROM t");
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO t VALUES(1) RETURNING a";

        Should.Throw<SqliteBusyException>(async () => _ = async ? await command.ExecuteScalarAsync() : command.ExecuteScalar());

        elsewhere.Run("COMMIT");
        ShouldBeFree(database, connection);
        database.CommittedRows().ShouldBe(0);
    }

    private static void ShouldBeFree(TestDatabase database, WalDbConnection? connection)
    {
        connection?.Session.WriteLock.IsHeld.ShouldBeFalse();
        using var other = database.Open();
        using var transaction = other.BeginTransaction();
        other.Run("INSERT INTO t VALUES('free')");
        transaction.Rollback();
    }
}
