using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalDbBatchTests
{
    [Test]
    public async Task RecordsAffected_is_told_for_each_command_and_for_all([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = Batch(
            connection, "INSERT INTO t VALUES(1), (2), (3)", "SELECT * FROM t", "UPDATE t SET a = 0 WHERE a > 1", "DELETE FROM t WHERE a = 9");

        (await Execute(batch, async)).ShouldBe(5);

        batch.BatchCommands.Cast<DbBatchCommand>().Select(command => command.RecordsAffected).ShouldBe([3, -1, 2, 0]);
        database.CommittedRows().ShouldBe(3);
    }

    [Test]
    public async Task Commands_share_one_transaction_of_their_own([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var commits = 0;
        raw.sqlite3_commit_hook(
            connection.Handle,
            _ =>
            {
                commits++;
                return 0;
            },
            null);
        using var batch = Batch(connection, "INSERT INTO t VALUES(1)", "INSERT INTO t VALUES(2)", "INSERT INTO t VALUES(3)");

        await Execute(batch, async);

        commits.ShouldBe(1);
        database.CommittedRows().ShouldBe(3);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public async Task Commands_that_only_read_need_no_write_lock([Values] bool async)
    {
        using var database = new TestDatabase("Busy Timeout=0");
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE");
        using var batch = Batch(connection, "SELECT count(*) FROM t", "SELECT 1");

        await Execute(batch, async);

        connection.Session.Engine.InTransaction.ShouldBeFalse();
    }

    [Test]
    public async Task Failing_command_is_named_and_all_of_the_own_transaction_undone([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = Batch(connection, "INSERT INTO t VALUES(1)", "INSERT INTO missing VALUES(2)", "INSERT INTO t VALUES(3)");

        var error = Should.Throw<SqliteException>(() => Execute(batch, async).Within());

        error.SqliteErrorCode.ShouldBe(1);
        error.Message.ShouldContain("command 2 of 3");
        error.Message.ShouldContain("INSERT INTO missing VALUES(2)");
        batch.BatchCommands[2].RecordsAffected.ShouldBe(-1);
        await ShouldBeIdle(database, connection);
    }

    [Test]
    public async Task Parameter_that_is_missing_undoes_all_of_the_own_transaction([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = Batch(connection, "INSERT INTO t VALUES(1)", "INSERT INTO t VALUES(@a)");

        Should.Throw<InvalidOperationException>(() => Execute(batch, async).Within());

        await ShouldBeIdle(database, connection);
    }

    [Test]
    public async Task Commit_that_fails_undoes_all_of_the_own_transaction([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(p REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
        using var batch = Batch(connection, "INSERT INTO t VALUES(1)", "INSERT INTO c VALUES(1)");

        Should.Throw<SqliteException>(() => Execute(batch, async).Within()).SqliteExtendedErrorCode.ShouldBe(787);

        await ShouldBeIdle(database, connection);
    }

    [Test]
    public void Joins_an_explicit_transaction_and_leaves_it_open_when_a_command_fails([Values] bool named)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var transaction = connection.BeginTransaction();
        using var batch = Batch(connection, "INSERT INTO t VALUES(1)", "INSERT INTO missing VALUES(2)");
        batch.Transaction = named ? transaction : null;

        Should.Throw<SqliteException>(() => batch.ExecuteNonQuery()).Message.ShouldContain("command 2 of 2");

        database.CommittedRows().ShouldBe(0);
        transaction.Commit();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task Joins_the_write_batch_where_each_command_counts_and_only_the_failing_one_is_undone([Values] bool async)
    {
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=0");
        using var connection = database.OpenWithTable();
        using var batch = Batch(connection, "INSERT INTO t VALUES(1)", "INSERT INTO t VALUES(2)", "INSERT INTO missing VALUES(3)");

        Should.Throw<SqliteException>(() => Execute(batch, async).Within()).Message.ShouldContain("command 3 of 3");

        connection.PendingWrites.ShouldBe(2);
        await connection.CommitBatchAsync();
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Command_that_cannot_be_in_a_transaction_makes_each_stand_for_itself()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = Batch(connection, "INSERT INTO t VALUES(1)", "PRAGMA foreign_keys = 0", "INSERT INTO missing VALUES(1)");

        Should.Throw<SqliteException>(() => batch.ExecuteNonQuery());

        connection.Ask("PRAGMA foreign_keys").ShouldBe(0L);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task Reader_goes_over_the_results_of_all_commands([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = Batch(
            connection, "INSERT INTO t VALUES(1), (2) RETURNING a", "UPDATE t SET a = a + 10", "SELECT a FROM t ORDER BY a DESC", "SELECT 'end'");
        var results = new List<string>();
        var reader = async ? await batch.ExecuteReaderAsync() : batch.ExecuteReader();
        await using (reader)
        {
            do
            {
                var values = new List<object>();
                while (async ? await reader.ReadAsync() : reader.Read())
                {
                    values.Add(reader.GetValue(0));
                }

                results.Add(string.Join(',', values));
            }
            while (async ? await reader.NextResultAsync() : reader.NextResult());
        }

        results.ShouldBe(["1,2", "12,11", "end"]);
        reader.RecordsAffected.ShouldBe(4);
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public async Task Reader_that_is_disposed_early_runs_the_rest_and_commits([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = Batch(connection, "INSERT INTO t VALUES(1), (2) RETURNING a", "INSERT INTO t VALUES(3)");
        var reader = batch.ExecuteReader();
        reader.Read().ShouldBeTrue();
        await (async ? reader.CloseAsync() : Task.Run(reader.Close));

        database.CommittedRows().ShouldBe(3);
        batch.BatchCommands[1].RecordsAffected.ShouldBe(1);
    }

    [Test]
    public async Task Reader_that_is_disposed_early_throws_what_fails_in_the_rest_since_all_is_undone([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = Batch(connection, "INSERT INTO t VALUES(1), (2) RETURNING a", "INSERT INTO missing VALUES(3)");
        var reader = batch.ExecuteReader();
        reader.Read().ShouldBeTrue();

        await Should.ThrowAsync<SqliteException>(() => async ? reader.CloseAsync() : Task.Run(reader.Close));

        reader.IsClosed.ShouldBeTrue();
        await ShouldBeIdle(database, connection);
    }

    [Test]
    public async Task Scalar_is_the_first_value_and_the_rest_runs_too([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = Batch(connection, "INSERT INTO t VALUES(1)", "SELECT a + 41 FROM t", "INSERT INTO t VALUES(2)");

        (async ? await batch.ExecuteScalarAsync() : batch.ExecuteScalar()).ShouldBe(42L);

        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public async Task Row_that_fails_undoes_all_of_the_own_transaction([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = Batch(connection, "INSERT INTO t VALUES(1)", "SELECT abs(-9223372036854775808)", "INSERT INTO t VALUES(2)");

        Should.Throw<SqliteException>(() => async ? batch.ExecuteScalarAsync() : Task.FromResult(batch.ExecuteScalar()));

        await ShouldBeIdle(database, connection);
    }

    [Test]
    public void Commands_have_parameters_of_their_own()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = Batch(connection, "INSERT INTO t VALUES(@a)", "INSERT INTO t VALUES(@a)");
        batch.BatchCommands[0].Parameters.AddWithValue("@a", 1);
        batch.BatchCommands[1].Parameters.AddWithValue("@a", 2);
        batch.ExecuteNonQuery();
        batch.BatchCommands[0].Parameters[0].Value = 3;
        batch.ExecuteNonQuery();

        connection.Ask("SELECT group_concat(a) FROM t").ShouldBe("1,2,3,2");
    }

    [Test]
    public async Task Lock_of_another_process_is_busy_and_nothing_was_done([Values] bool async)
    {
        using var database = new TestDatabase("Busy Timeout=0");
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE");
        using var batch = Batch(connection, "INSERT INTO t VALUES(1)", "INSERT INTO t VALUES(2)");

        Should.Throw<SqliteBusyException>(() => Execute(batch, async).Within());

        elsewhere.Run("ROLLBACK");
        await ShouldBeIdle(database, connection);
    }

    [Test]
    public void Empty_batch_is_refused([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = connection.CreateBatch();

        Should.Throw<InvalidOperationException>(() => Execute(batch, async).Within());
    }

    [Test]
    public void Closed_connection_and_none_are_refused([Values] bool async)
    {
        using var database = new TestDatabase();
        using var closed = database.Source.CreateConnection();
        using var batch = Batch(closed, "SELECT 1");
        using var homeless = new WalDbBatch();

        Should.Throw<InvalidOperationException>(() => Execute(batch, async).Within());
        Should.Throw<InvalidOperationException>(() => Execute(homeless, async).Within());
        Should.Throw<InvalidOperationException>(batch.Prepare);
    }

    [Test]
    public void Transaction_of_another_connection_is_refused([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var other = database.Open();
        using var transaction = other.BeginTransaction();
        using var batch = Batch(connection, "SELECT 1");
        batch.Transaction = transaction;

        Should.Throw<InvalidOperationException>(() => Execute(batch, async).Within());
    }

    [Test]
    public async Task Cancelled_token_is_looked_at_before_anything_runs()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = Batch(connection, "INSERT INTO t VALUES(1)");
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(() => batch.ExecuteNonQueryAsync(cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => batch.ExecuteScalarAsync(cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => batch.ExecuteReaderAsync(cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => batch.PrepareAsync(cancelled));
        database.CommittedRows().ShouldBe(0);
    }

    [Test]
    public void Prepare_shows_a_mistake([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = Batch(connection, "SELECT 1", "SELEC 2");

        Should.Throw<SqliteException>(() => async ? batch.PrepareAsync() : Task.Run(batch.Prepare)).SqliteErrorCode.ShouldBe(1);
    }

    private static WalDbBatch Batch(WalDbConnection connection, params string[] texts)
    {
        var batch = connection.CreateBatch();
        foreach (var text in texts)
        {
            batch.BatchCommands.Add(new WalDbBatchCommand(text));
        }

        return batch;
    }

    private static async Task<int> Execute(DbBatch batch, bool async) => async ? await batch.ExecuteNonQueryAsync() : batch.ExecuteNonQuery();

    private static async Task ShouldBeIdle(TestDatabase database, WalDbConnection connection)
    {
        connection.Session.Engine.InTransaction.ShouldBeFalse();
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        database.CommittedRows().ShouldBe(0);
        (await connection.RunAsync("INSERT INTO t VALUES(7)")).ShouldBe(1);
        database.CommittedRows().ShouldBe(1);
    }
}
