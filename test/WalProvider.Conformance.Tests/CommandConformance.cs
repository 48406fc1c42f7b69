using System.Data;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Conformance.Tests;

public sealed class CommandConformance(Variant variant) : Conformance(variant)
{
    private const string Table = "CREATE TABLE t(a INTEGER PRIMARY KEY, b UNIQUE)";

    [Test]
    public Task Properties_have_the_same_defaults([Values] bool async) => Agree(async, async side =>
    {
        var command = side.Command(null, "");
        side.Note(command.CommandText);
        side.Note(command.CommandTimeout);
        side.Note(command.CommandType);
        side.Note(command.Connection);
        side.Note(command.Transaction);
        side.Note(command.DesignTimeVisible);
        side.Note(command.UpdatedRowSource);
        side.Note(command.Parameters.Count);
        var connection = await side.Open("Default Timeout=7");
        side.Note(connection.CreateCommand().CommandTimeout);
        command.Connection = connection;
        side.Note(command.CommandTimeout);
        command.CommandTimeout = 3;
        side.Note(command.CommandTimeout);
        side.Note(ReferenceEquals(command.Connection, connection));
    });

    [Test]
    public Task CommandText_may_be_empty_or_hold_no_statement([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        foreach (var sql in new[] { "", " ", ";", "-- nothing", "/* nothing */;" })
        {
            await side.Note(() => side.Execute(connection, sql), sql);
            await side.Note(() => side.Scalar(connection, sql), sql);
            await side.Note(() => side.Rows(connection, sql), sql);
        }

        var command = side.Command(connection, "SELECT 1");
        command.CommandText = null;
        side.Note(command.CommandText);
        command.CommandText = "SELECT 2";
        await side.Note(() => side.Scalar(command));
    });

    [Test]
    public async Task CommandText_that_was_never_set_is_refused([Values] bool async)
    {
        var ours = await Differ(Listed.CommandTextNeverSet, async, async side =>
        {
            var connection = await side.Open();
            var command = connection.CreateCommand();
            await side.Note(() => side.Execute(command));
        });
        ours.ShouldHaveSingleItem().ShouldContain("System.InvalidOperationException: CommandText was never set");
    }

    [Test]
    public Task CommandType_is_Text_alone([Values] bool async) => Agree(async, side =>
    {
        var command = side.Command(null, "SELECT 1");
        foreach (var type in Enum.GetValues<CommandType>())
            side.Note(() => command.CommandType = type, type.ToString());
        return Task.CompletedTask;
    });

    [Test]
    public Task Executing_needs_an_open_connection([Values] bool async) => Agree(async, async side =>
    {
        var command = side.Command(null, "SELECT 1");
        await Calls();
        command.Connection = side.Create();
        await Calls();
        await side.Open(command.Connection);
        await Calls();
        await side.Close(command.Connection);
        await Calls();
        command.Connection = null;
        await Calls();

        async Task Calls()
        {
            await side.Note(() => side.Execute(command));
            await side.Note(() => side.Scalar(command));
            await side.Note(() => side.Rows(command));
            await side.Note(() => side.Prepare(command));
        }
    });

    [TestCaseSource(nameof(Counted))]
    public Task ExecuteNonQuery_counts_rows(string sql) => Agree(async: false, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table + "; INSERT INTO t VALUES (1, 'a'), (2, 'b')");
        await side.Note(() => side.Execute(connection, sql));
        await side.Note(() => side.Execute(connection, sql.Replace("5", "6", StringComparison.Ordinal)));
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
    });

    [TestCase("INSERT INTO t VALUES (5, 'x') RETURNING a", 1)]
    [TestCase("CREATE TABLE u(a)", 0)]
    [TestCase("BEGIN; COMMIT", 0)]
    public async Task ExecuteNonQuery_counts_where_the_wrapped_provider_does_not(string sql, int expected)
    {
        var ours = await Differ(Listed.RecordsAffected, async: true, async side =>
        {
            var connection = await side.Open();
            await side.Execute(connection, Table + "; INSERT INTO t VALUES (1, 'a'), (2, 'b')");
            await side.Note(() => side.Execute(connection, sql));
        });
        ours.ShouldHaveSingleItem().ShouldEndWith($"-> System.Int32 {expected}");
    }

    [Test]
    public Task ExecuteScalar_tells_no_row_from_NULL([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        string[] texts =
        [
            "SELECT 1", "SELECT NULL", "SELECT 1 WHERE 0", "SELECT 'a', 'b'", "SELECT 1 UNION SELECT 2", "SELECT 1 WHERE 0; SELECT 2",
            "CREATE TABLE u(a)", "INSERT INTO u VALUES (1); SELECT count(*) FROM u", "SELECT a FROM u; INSERT INTO u VALUES (2)",
            "SELECT count(*) FROM u", "INSERT INTO u VALUES (3) RETURNING a", "SELECT count(*) FROM u", "PRAGMA user_version",
        ];
        foreach (var sql in texts)
            await side.Note(() => side.Scalar(connection, sql), sql);
    });

    [Test]
    public Task Texts_of_several_statements_run_to_the_first_error([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Note(() => side.Execute(connection, Table + "; INSERT INTO t VALUES (1, 'a'); INSERT INTO t VALUES (2, 'b')"));
        await side.Note(() => side.Execute(connection, "INSERT INTO t VALUES (3, 'c'); INSERT INTO t VALUES (1, 'd'); INSERT INTO t VALUES (4, 'e')"));
        await side.Note(() => side.Execute(connection, "INSERT INTO t VALUES (5, 'f'); NONSENSE"));
        await side.Note(() => side.Execute(connection, "INSERT INTO t VALUES (6, 'g'); INSERT INTO missing VALUES (1)"));
        await side.Note(() => side.Rows(connection, "INSERT INTO t VALUES (7, 'h'); SELECT count(*) FROM t; DELETE FROM t WHERE a = 1; SELECT a FROM t"));
        await side.Note(() => side.Execute(connection, "SELECT * FROM t; INSERT INTO t VALUES (8, 'i')"));
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
    });

    [Test]
    public async Task Errors_after_the_first_result_are_thrown([Values] bool async)
    {
        var ours = await Differ(Listed.ErrorsAfterTheFirstResult, async, async side =>
        {
            var connection = await side.Open();
            await side.Execute(connection, Table + "; INSERT INTO t VALUES (1, 'a')");
            await side.Note(() => side.Execute(connection, "SELECT 1; INSERT INTO t VALUES (1, 'a')"));
            await side.Note(() => side.Scalar(connection, "SELECT 1; INSERT INTO t VALUES (1, 'a')"));
        });
        ours.ShouldAllBe(came => came.EndsWith("UNIQUE constraint failed: t.a'.", StringComparison.Ordinal));
    }

    [Test]
    public Task Errors_are_the_same_exception([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table + "; INSERT INTO t VALUES (1, 'a'); CREATE TABLE c(x CHECK (x > 0), y NOT NULL, z REFERENCES t(a))");
        string[] texts =
        [
            "SELEC 1", "SELECT", "SELECT * FROM missing", "SELECT missing FROM t", "INSERT INTO t VALUES (1, 'b')", "INSERT INTO t VALUES (2, 'a')",
            "INSERT INTO c VALUES (0, 1, 1)", "INSERT INTO c VALUES (1, NULL, 1)", "INSERT INTO c VALUES (1, 1, 99)", "INSERT INTO t VALUES ('x', 1)",
            "SELECT abs(-9223372036854775808)", "SELECT 1 'unclosed", "COMMIT", "ROLLBACK", "RELEASE nothing", "SELECT zeroblob(2000000000)",
            "SELECT json('{')", "CREATE TABLE t(a)", "SELECT randomblob()", "ATTACH 'x' AS main", "DETACH nothing", "SELECT load_extension('none')",
            "SELECT 'a\0b'",
        ];
        foreach (var sql in texts)
        {
            await side.Note(() => side.Rows(connection, sql), sql);
            await side.Note(() => Codes(() => side.Execute(connection, sql)), sql);
        }

        static async Task<string> Codes(Func<Task> call)
        {
            try
            {
                await call();
                return "none";
            }
            catch (SqliteException error)
            {
                return $"{error.GetType().Name} {error.SqliteErrorCode} {error.SqliteExtendedErrorCode} {error.ErrorCode} {error.SqlState} {error.IsTransient} {error.InnerException}";
            }
        }
    });

    [Test]
    public Task Reader_that_is_open_keeps_its_command([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var command = side.Command(connection, "SELECT 1 UNION SELECT 2");
        var reader = await side.Reader(command);
        await side.Note(() => side.Execute(command));
        await side.Note(() => side.Scalar(command));
        await side.Note(() => side.Rows(command));
        side.Note(() => command.CommandText = "SELECT 3");
        side.Note(() => command.Connection = null);
        side.Note(command.CommandText);
        await side.Close(reader);
        command.CommandText = "SELECT 4";
        await side.Note(() => side.Rows(command));
    });

    [Test]
    public Task Dispose_of_a_command_closes_its_reader_and_leaves_it_usable([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var command = side.Command(connection, "SELECT 1 UNION SELECT 2");
        var reader = await side.Reader(command);
        await side.Read(reader);
        var disposed = 0;
        command.Disposed += (_, _) => disposed++;
        await side.Dispose(command);
        side.Note(reader.IsClosed);
        side.Note(() => reader.GetInt32(0));
        await side.Note(() => side.Rows(command));
        await side.Dispose(command);
        side.Note(disposed);
        side.Note(command.CommandText);
        side.Note(command.Connection is null);
    });

    [Test]
    public Task Commands_of_a_closed_connection_work_when_it_is_open_again([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var command = side.Command(connection, "SELECT @a", ("@a", 1));
        await side.Note(() => side.Rows(command));
        await side.Close(connection);
        await side.Note(() => side.Rows(command));
        await side.Open(connection);
        await side.Note(() => side.Rows(command));
    });

    [Test]
    public Task Prepare_shows_mistakes_and_changes_nothing([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        await side.Note(() => side.Prepare(side.Command(connection, "SELEC 1")));
        await side.Note(() => side.Prepare(side.Command(connection, "SELECT * FROM missing")));
        var insert = side.Command(connection, "INSERT INTO t VALUES (@a, @b)", ("@a", 1), ("@b", "x"));
        await side.Note(() => side.Prepare(insert));
        await side.Note(() => side.Prepare(insert));
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
        await side.Note(() => side.Execute(insert));
        insert.Parameters[0].Value = 2;
        insert.Parameters[1].Value = "y";
        await side.Note(() => side.Execute(insert));
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
    });

    [Test]
    public Task Parameters_are_one_collection_of_one_type([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var command = side.Command(connection, "SELECT @a, typeof(@a)");
        side.Note(ReferenceEquals(command.Parameters, command.Parameters));
        side.Note(command.Parameters);
        var parameter = command.CreateParameter();
        side.Note(parameter);
        side.Note(() => parameter.Value);
        side.Note(parameter.ParameterName);
        side.Note(parameter.DbType);
        side.Note(parameter.Size);
        side.Note(parameter.Direction);
        side.Note(() => parameter.Direction = ParameterDirection.Output);
        parameter.ParameterName = "@a";
        foreach (var type in Enum.GetValues<DbType>())
            side.Note(() => parameter.DbType = type, type.ToString());
        parameter.ResetDbType();
        side.Note(() => command.Parameters.Add("a parameter"));
        command.Parameters.Add(parameter);
        side.Note(command.Parameters.IndexOf("@a"));
        side.Note(() => command.Parameters["@none"]);
        await side.Note(() => side.Rows(command));
        foreach (var value in new object?[] { 1, "x", 2.5, null, DBNull.Value, new byte[] { 1 }, Guid.Empty, DayOfWeek.Friday, new object() })
        {
            parameter.Value = value;
            await side.Note(() => side.Rows(command), value?.ToString());
        }

        command.Parameters.Clear();
        await side.Note(() => side.Rows(command));
    });

    [TestCaseSource(nameof(Behaviors))]
    public Task CommandBehavior_is_taken(CommandBehavior behavior) => Agree(async: true, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table + "; INSERT INTO t VALUES (1, 'a'), (2, 'b')");
        await using (var reader = await side.Reader(side.Command(connection, "SELECT * FROM t; SELECT 1"), behavior))
        {
            side.Note(reader.FieldCount);
            side.Note(reader.HasRows);
            side.Note(await side.Read(reader));
            side.Note(() => reader.GetValue(1));
            side.Note(await side.Read(reader));
            side.Note(await side.NextResult(reader));
            side.Note(() => reader.GetSchemaTable());
        }

        side.Note(connection.State);
    });

    [Test]
    public Task Cancelled_tokens_give_cancelled_tasks() => Agree(async: true, async side =>
    {
        var connection = await side.Open();
        var cancelled = new CancellationToken(canceled: true);
        var command = side.Command(connection, "SELECT 1");
        await side.Note(() => Ended(() => command.ExecuteNonQueryAsync(cancelled)));
        await side.Note(() => Ended(() => command.ExecuteScalarAsync(cancelled)));
        await side.Note(() => Ended(() => command.ExecuteReaderAsync(cancelled)));
        await side.Note(() => Ended(() => command.PrepareAsync(cancelled)));
        await using var reader = await side.Reader(command);
        await side.Note(() => Ended(() => reader.ReadAsync(cancelled)));
        await side.Note(() => Ended(() => reader.NextResultAsync(cancelled)));
        side.Note(await side.Read(reader));
        await side.Note(() => Ended(() => reader.IsDBNullAsync(0, cancelled)));
        await side.Note(() => Ended(() => reader.GetFieldValueAsync<int>(0, cancelled)));
        await side.Note(() => Ended(() => connection.BeginTransactionAsync(cancelled).AsTask()));
        await side.Note(() => Ended(() => side.Create().OpenAsync(cancelled)));
        command.Cancel();

        static async Task<bool> Ended(Func<Task> start)
        {
            var task = start();
            await Task.WhenAny(task);
            return task.IsCanceled;
        }
    });

    [Test]
    public Task Compiled_texts_follow_a_change_of_the_schema([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, "CREATE TABLE s(a); INSERT INTO s VALUES (1)");
        for (var i = 0; i < 3; i++)
        {
            await using (var reader = await side.Reader(connection, "SELECT * FROM s"))
            {
                side.Note(await side.Read(reader));
                side.Note(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray());
                side.Note(Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue).ToArray());
            }

            await side.Execute(connection, $"ALTER TABLE s ADD c{i} DEFAULT {i}");
        }

        await side.Execute(connection, "DROP TABLE s");
        await side.Note(() => side.Rows(connection, "SELECT * FROM s"));
        await side.Execute(connection, "CREATE TABLE s(other)");
        await side.Note(() => side.Rows(connection, "SELECT * FROM s"));
    });

    private static IEnumerable<string> Counted() =>
    [
        "INSERT INTO t VALUES (5, 'x')", "INSERT INTO t VALUES (5, 'x'), (7, 'y')", "UPDATE t SET b = b || '5'", "UPDATE t SET b = 1 WHERE 0",
        "DELETE FROM t", "DELETE FROM t WHERE a = 1", "SELECT * FROM t", "SELECT 1; INSERT INTO t VALUES (5, 5)",
        "INSERT INTO t VALUES (5, 'x'); UPDATE t SET b = b || 'z'", "REPLACE INTO t VALUES (1, 'z')", "INSERT OR IGNORE INTO t VALUES (1, 'a')",
        "WITH n(x) AS (VALUES (5)) INSERT INTO t SELECT x, x FROM n", "INSERT INTO t VALUES (1, 'x')", "PRAGMA user_version", "EXPLAIN DELETE FROM t",
    ];

    private static IEnumerable<CommandBehavior> Behaviors() => Enum.GetValues<CommandBehavior>();
}
