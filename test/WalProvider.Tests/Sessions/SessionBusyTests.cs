using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Waiting for a lock that another process holds; here a connection that goes past the gate stands for it.</summary>
[TestFixture]
public sealed class SessionBusyTests
{
    private const string Write = "INSERT INTO t VALUES(1)";

    [Test]
    public void Busy_timeout_reads_back_what_is_configured()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Ask("PRAGMA busy_timeout").ShouldBe(30_000L);
        connection.Ask("PRAGMA busy_timeout=1234").ShouldBe(1234L);
        connection.Ask("PRAGMA busy_timeout").ShouldBe(1234L);
    }

    [Test]
    public async Task Busy_timeout_that_is_set_by_a_pragma_is_how_long_a_write_waits([Values] bool async)
    {
        using var database = new TestDatabase("Busy Timeout=2000000000");
        using var connection = database.OpenWithTable();
        using var elsewhere = Lock(database);
        connection.Run("PRAGMA busy_timeout=0");

        await Should.ThrowAsync<SqliteBusyException>(() => Patience.OnThread(() => connection.Run(Write, async)).Unwrap().Within());
    }

    [Test]
    public async Task Write_succeeds_when_the_lock_is_released([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var elsewhere = Lock(database);

        var written = Patience.OnThread(() => connection.Run(Write, async)).Unwrap();
        Patience.Until(() => connection.Session.WriteLock.IsHeld);
        written.IsCompleted.ShouldBeFalse();
        elsewhere.Run("COMMIT");

        (await written.Within()).ShouldBe(1);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task BeginTransaction_succeeds_when_the_lock_is_released([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var elsewhere = Lock(database);

        var begun = Patience.OnThread(async () => async ? await connection.BeginTransactionAsync() : connection.BeginTransaction()).Unwrap();
        Patience.Until(() => connection.Session.WriteLock.IsHeld);
        elsewhere.Run("COMMIT");

        await using var transaction = await begun.Within();
        connection.Run(Write);
        await transaction.CommitAsync();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Write_throws_a_transient_error_with_the_engines_code_when_the_time_is_up([Values] bool async)
    {
        using var database = new TestDatabase("Busy Timeout=100");
        using var connection = database.OpenWithTable();
        using var elsewhere = Lock(database);

        var error = Should.Throw<SqliteBusyException>(() => connection.Run(Write, async).Within());

        error.SqliteErrorCode.ShouldBe(5);
        error.SqliteExtendedErrorCode.ShouldBe(5);
        error.IsTransient.ShouldBeTrue();
        error.Message.ShouldContain("'Busy Timeout'");
        error.ShouldNotBeOfType<WriteGateTimeoutException>();
        ShouldBeFree(connection, elsewhere);
    }

    [Test]
    public void BeginTransaction_throws_when_the_time_is_up_and_leaves_nothing_open([Values] bool async)
    {
        using var database = new TestDatabase("Busy Timeout=50");
        using var connection = database.OpenWithTable();
        using var elsewhere = Lock(database);

        Should.Throw<SqliteBusyException>(async () => _ = async ? await connection.BeginTransactionAsync() : connection.BeginTransaction());

        connection.CurrentTransaction.ShouldBeNull();
        connection.Session.Engine.InTransaction.ShouldBeFalse();
        ShouldBeFree(connection, elsewhere);
    }

    [Test]
    public void CommandTimeout_goes_before_Busy_Timeout([Values] bool async)
    {
        using var database = new TestDatabase("Busy Timeout=2000000000");
        using var connection = database.OpenWithTable();
        using var elsewhere = Lock(database);
        using var command = connection.CreateCommand();
        command.CommandText = Write;
        command.CommandTimeout = 1;

        Should.Throw<SqliteBusyException>(() => (async ? command.ExecuteNonQueryAsync() : Patience.OnThread(() => command.ExecuteNonQuery())).Within());

        ShouldBeFree(connection, elsewhere);
    }

    [Test]
    public void CommandTimeout_of_minus_one_tries_once()
    {
        using var database = new TestDatabase("Busy Timeout=2000000000");
        using var connection = database.OpenWithTable();
        using var elsewhere = Lock(database);
        using var command = connection.CreateCommand();
        command.CommandText = Write;
        command.CommandTimeout = -1;

        Should.Throw<SqliteBusyException>(() => command.ExecuteNonQuery()).Message.ShouldContain("0 ms");

        ShouldBeFree(connection, elsewhere);
    }

    [Test]
    public async Task CommandTimeout_of_zero_waits_beyond_Busy_Timeout([Values] bool async)
    {
        using var database = new TestDatabase("Busy Timeout=0");
        using var connection = database.OpenWithTable();
        using var elsewhere = Lock(database);
        await using var command = connection.CreateCommand();
        command.CommandText = Write;
        command.CommandTimeout = 0;

        var written = Patience.OnThread(async () => async ? await command.ExecuteNonQueryAsync() : command.ExecuteNonQuery()).Unwrap();
        Patience.Until(() => connection.Session.WriteLock.IsHeld);
        elsewhere.Run("COMMIT");

        (await written.Within()).ShouldBe(1);
    }

    [TestCase("Default Timeout=1")]
    [TestCase("Command Timeout=1")]
    public void Default_Timeout_goes_before_Busy_Timeout_when_it_was_set(string keyword)
    {
        using var database = new TestDatabase("Busy Timeout=2000000000;" + keyword);
        using var connection = database.OpenWithTable();
        using var elsewhere = Lock(database);
        Should.Throw<SqliteBusyException>(() => Patience.OnThread(() => connection.Run(Write)).Within());
    }

    [Test]
    public async Task ExecuteNonQueryAsync_ends_its_wait_when_it_is_cancelled()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var elsewhere = Lock(database);
        using var cancellation = new CancellationTokenSource();

        var written = connection.RunAsync(Write, cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => written.Within());
        ShouldBeFree(connection, elsewhere);
    }

    [Test]
    public void Write_fails_at_once_when_its_snapshot_was_overtaken([Values] bool async)
    {
        using var database = new TestDatabase("Busy Timeout=2000000000");
        using var connection = database.OpenWithTable();
        using var transaction = connection.BeginTransaction(deferred: true);
        connection.Ask("SELECT count(*) FROM t");
        using (var elsewhere = database.OpenElsewhere())
            elsewhere.Run(Write);

        var error = Should.Throw<SqliteBusyException>(() => Patience.OnThread(() => connection.Run(Write, async)).Unwrap().Within());

        error.SqliteExtendedErrorCode.ShouldBe(517);
        error.IsTransient.ShouldBeTrue();
        error.Message.ShouldContain("begin the whole transaction again");
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        transaction.Rollback();
        connection.Run(Write);
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Read_throws_when_a_rollback_journal_keeps_it_out_for_too_long([Values] bool async)
    {
        using var database = new TestDatabase("Journal Mode=DELETE;Busy Timeout=50");
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN EXCLUSIVE");

        Should.Throw<SqliteBusyException>(async () => _ = async
            ? await connection.RunAsync("SELECT a FROM t")
            : connection.Run("SELECT a FROM t")).SqliteErrorCode.ShouldBe(5);

        elsewhere.Run("COMMIT");
        connection.Ask("SELECT count(*) FROM t").ShouldBe(0L);
    }

    [Test]
    public async Task Commit_waits_for_readers_when_the_journal_is_a_rollback_journal([Values] bool async)
    {
        using var database = new TestDatabase("Journal Mode=DELETE");
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(0)");
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN; SELECT count(*) FROM t");
        await using var transaction = connection.BeginTransaction();
        connection.Run(Write);

        var committed = Patience.OnThread(() =>
        {
            if (async)
                return transaction.CommitAsync();
            transaction.Commit();
            return Task.CompletedTask;
        }).Unwrap();
        // The pending lock of a COMMIT that waits keeps new readers out.
        using var probe = database.OpenElsewhere();
        Patience.Until(() => IsKeptOut(probe));
        committed.IsCompleted.ShouldBeFalse();
        elsewhere.Run("COMMIT");

        await committed.Within();
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Commit_throws_and_stays_open_when_readers_keep_it_waiting_for_too_long([Values] bool async)
    {
        using var database = new TestDatabase("Journal Mode=DELETE;Busy Timeout=50");
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN; SELECT count(*) FROM t");
        using var transaction = connection.BeginTransaction();
        connection.Run(Write);

        Should.Throw<SqliteBusyException>(async () =>
        {
            if (async)
                await transaction.CommitAsync();
            else
                transaction.Commit();
        });

        elsewhere.Run("COMMIT");
        transaction.Commit();
        database.CommittedRows().ShouldBe(1);
    }

    private static bool IsKeptOut(SqliteConnection probe)
    {
        using var command = probe.CreateCommand();
        command.CommandText = "SELECT count(*) FROM t";
        command.CommandTimeout = -1;
        try
        {
            command.ExecuteScalar();
            return false;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == 5)
        {
            return true;
        }
    }

    private static SqliteConnection Lock(TestDatabase database)
    {
        var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE");
        return elsewhere;
    }

    private static void ShouldBeFree(WalDbConnection connection, SqliteConnection elsewhere)
    {
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        elsewhere.Run("COMMIT");
        connection.Run(Write).ShouldBe(1);
    }
}
