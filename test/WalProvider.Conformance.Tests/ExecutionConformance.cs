using System.Data;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Conformance.Tests;

public sealed class ExecutionConformance(Variant variant) : Conformance(variant)
{
    private const string Table = "CREATE TABLE t(a INTEGER PRIMARY KEY, b UNIQUE)";

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
    public Task Command_works_again_after_an_error([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        var command = side.Command(connection, "INSERT INTO t VALUES (@a, @b)", ("@a", 1), ("@b", "x"));
        await side.Note(() => side.Execute(command));
        await side.Note(() => side.Execute(command));
        command.Parameters["@a"].Value = new object();
        await side.Note(() => side.Execute(command));
        command.Parameters["@a"].Value = 2;
        command.Parameters["@b"].Value = double.NaN;
        await side.Note(() => side.Execute(command));
        command.Parameters["@b"].Value = "y";
        await side.Note(() => side.Execute(command));
        command.Parameters.RemoveAt("@b");
        await side.Note(() => side.Execute(command));
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
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
