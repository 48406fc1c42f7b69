using Dapper;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class CommandCancelTests
{
    private static readonly string[] Ways = ["ExecuteNonQuery", "ExecuteScalar", "ExecuteReader", "Read", "NextResult"];

    [Test]
    public async Task Token_stops_what_runs_and_is_carried_by_the_exception([ValueSource(nameof(Ways))] string way)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var source = new CancellationTokenSource();
        connection.WhenBegun(source.Cancel);

        var task = Patience.OnThread(() => Call(connection.CreateCommand(), way, source.Token)).Unwrap();

        var error = await Should.ThrowAsync<OperationCanceledException>(task.Within());
        error.CancellationToken.ShouldBe(source.Token);
        task.IsCanceled.ShouldBeTrue();
        connection.Ask("SELECT 1").ShouldBe(1L);
    }

    [Test]
    public async Task Cancel_stops_what_runs([ValueSource(nameof(Ways))] string way, [Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        connection.WhenBegun(command.Cancel);

        var task = Patience.OnThread(() => async ? Call(command, way, default) : Call(command, way)).Unwrap();

        await Should.ThrowAsync<OperationCanceledException>(task.Within());
        connection.Ask("SELECT 1").ShouldBe(1L);
    }

    [Test]
    public async Task Cancel_from_another_thread_stops_what_runs()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var begun = new ManualResetEventSlim();
        using var command = connection.CreateCommand();
        connection.WhenBegun(begun.Set);
        command.CommandText = LongSql.Query;

        var run = Patience.OnThread(command.ExecuteScalar);
        begun.Wait(Patience.Limit).ShouldBeTrue();
        command.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(run.Within());
    }

    [Test]
    public void Cancel_of_a_command_that_does_not_execute_does_nothing([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO t WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 5000) SELECT x FROM n";

        command.Cancel();
        var affected = async ? command.ExecuteNonQueryAsync().Within().Result : command.ExecuteNonQuery();
        command.Cancel();

        affected.ShouldBe(5000);
        command.ExecuteNonQuery().ShouldBe(5000);
    }

    [Test]
    public void Read_throws_after_Cancel_and_the_rest_of_the_text_does_not_run([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 UNION ALL SELECT 2; INSERT INTO t VALUES(1)";
        var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();

        command.Cancel();

        Should.Throw<OperationCanceledException>(() => async ? reader.ReadAsync() : Task.FromResult(reader.Read()));
        reader.Dispose();
        connection.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        connection.Session.HasSomethingOpen.ShouldBeFalse();
        connection.Close();
        database.Source.Statistics.Idle.ShouldBe(1);
    }

    [Test]
    public void NextResult_throws_after_Cancel_and_the_rest_of_the_text_does_not_run([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1; INSERT INTO t VALUES(1)";
        var reader = command.ExecuteReader();

        command.Cancel();

        Should.Throw<OperationCanceledException>(() => async ? reader.NextResultAsync() : Task.FromResult(reader.NextResult()));
        reader.IsClosed.ShouldBeTrue();
        connection.Ask("SELECT count(*) FROM t").ShouldBe(0L);
    }

    [Test]
    public async Task Token_that_is_cancelled_before_Read_changes_nothing()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using (var reader = connection.Read("SELECT 1 UNION ALL SELECT 2; INSERT INTO t VALUES(1)"))
        {
            await Should.ThrowAsync<OperationCanceledException>(() => reader.ReadAsync(new CancellationToken(true)));
            reader.Read().ShouldBeTrue();
            reader.GetInt64(0).ShouldBe(1);
        }

        connection.Ask("SELECT count(*) FROM t").ShouldBe(1L);
    }

    [Test]
    public void Reader_that_is_closed_after_Cancel_runs_the_rest_of_the_text()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 UNION ALL SELECT 2; INSERT INTO t VALUES(1)";
        var reader = command.ExecuteReader();
        reader.Read();

        command.Cancel();
        reader.Dispose();

        connection.Ask("SELECT count(*) FROM t").ShouldBe(1L);
    }

    // Dapper cancels a command whose rows are not all wanted, and then disposes its reader.
    [Test]
    public void Rows_that_Dapper_does_not_read_are_written_all_the_same([Values("", "Write Batch Size=10")] string keywords)
    {
        using var database = new TestDatabase(keywords);
        using (var connection = database.OpenWithTable())
        {
            connection.Query<long>("INSERT INTO t VALUES(1), (2), (3) RETURNING a", buffered: false).First().ShouldBe(1);
        }

        database.CommittedRows().ShouldBe(3);
    }

    [Test]
    public async Task Dapper_hands_its_token_on()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var source = new CancellationTokenSource();
        connection.WhenBegun(source.Cancel);

        await Should.ThrowAsync<OperationCanceledException>(Patience.OnThread(
            () => connection.QueryAsync<long>(new CommandDefinition(LongSql.Query, cancellationToken: source.Token))).Unwrap().Within());
        await Should.ThrowAsync<OperationCanceledException>(() =>
            connection.ExecuteAsync(new CommandDefinition(LongSql.Query, cancellationToken: source.Token)));
    }

    [Test]
    public void Statements_that_were_done_stay_and_those_after_are_not_begun([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var command = connection.CreateCommand();
        connection.WhenBegun(command.Cancel);
        command.CommandText = "INSERT INTO t VALUES(1); INSERT INTO t VALUES(begun() + 1); INSERT INTO t VALUES(3)";

        Should.Throw<OperationCanceledException>(() => async ? command.ExecuteNonQueryAsync() : Task.FromResult(command.ExecuteNonQuery()));

        connection.Query<long>("SELECT a FROM t").ShouldBe([1, 2]);
    }

    [Test]
    public void Statement_that_was_stopped_runs_again_from_the_cache([Values(0, 100)] int cacheSize)
    {
        using var database = new TestDatabase($"Statement Cache Size={cacheSize}");
        using var connection = database.OpenWithTable();
        using var command = connection.CreateCommand();
        var isCancelling = true;
        connection.WhenBegun(() =>
        {
            if (isCancelling)
                command.Cancel();
        });
        command.CommandText = "WITH RECURSIVE n(x) AS (SELECT begun() UNION ALL SELECT x + 1 FROM n LIMIT $limit) SELECT count(*) FROM n";
        command.Parameters.AddWithValue("$limit", 100_000);

        Should.Throw<OperationCanceledException>(command.ExecuteScalar);
        isCancelling = false;
        command.ExecuteScalar().ShouldBe(100_000L);

        connection.Session.OpenResults.ShouldBe(0);
    }

    [Test]
    public void Another_reader_of_the_connection_reads_on()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        connection.WhenBegun(command.Cancel);
        using var other = connection.Read("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 5000) SELECT x FROM n");
        other.Read().ShouldBeTrue();
        command.CommandText = LongSql.Query;

        Should.Throw<OperationCanceledException>(command.ExecuteScalar);

        var count = 1;
        while (other.Read())
            count++;
        count.ShouldBe(5000);
    }

    private static Task Call(WalDbCommand command, string way, CancellationToken token)
    {
        switch (way)
        {
            case "ExecuteNonQuery":
                command.CommandText = LongSql.Query;
                return command.ExecuteNonQueryAsync(token);
            case "ExecuteScalar":
                command.CommandText = LongSql.Query;
                return command.ExecuteScalarAsync(token);
            case "ExecuteReader":
                command.CommandText = LongSql.Query;
                return command.ExecuteReaderAsync(token);
            case "Read":
                command.CommandText = LongSql.SecondRow;
                var reader = command.ExecuteReader();
                reader.Read().ShouldBeTrue();
                return reader.ReadAsync(token);
            default:
                command.CommandText = $"SELECT 1; {LongSql.Query}";
                return command.ExecuteReader().NextResultAsync(token);
        }
    }

    private static Task Call(WalDbCommand command, string way)
    {
        switch (way)
        {
            case "ExecuteNonQuery":
                command.CommandText = LongSql.Query;
                command.ExecuteNonQuery();
                break;
            case "ExecuteScalar":
                command.CommandText = LongSql.Query;
                command.ExecuteScalar();
                break;
            case "ExecuteReader":
                command.CommandText = LongSql.Query;
                command.ExecuteReader();
                break;
            case "Read":
                command.CommandText = LongSql.SecondRow;
                var reader = command.ExecuteReader();
                reader.Read().ShouldBeTrue();
                reader.Read();
                break;
            default:
                command.CommandText = $"SELECT 1; {LongSql.Query}";
                command.ExecuteReader().NextResult();
                break;
        }

        return Task.CompletedTask;
    }
}
