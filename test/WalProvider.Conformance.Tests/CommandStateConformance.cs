using System.Data;
using System.Data.Common;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Conformance.Tests;

/// <summary>Commands in the states that code seldom thinks of: disposed, cancelled when nothing runs, changed beside an open reader.</summary>
public sealed class CommandStateConformance(Variant variant) : Conformance(variant)
{
    [Test]
    public Task Cancel_does_nothing_where_nothing_runs([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Note(Cancelled(side.Command(null, null)));
        var command = side.Command(connection, "SELECT 1");
        await side.Note(Cancelled(command));
        await side.Scalar(command);
        await side.Note(Cancelled(command));
        await side.Note(Cancelled(command));
        await side.Note(() => side.Scalar(command));
        await side.Dispose(command);
        await side.Note(Cancelled(command));
        await side.Dispose(connection);
        await side.Note(Cancelled(command));

        static Func<Task> Cancelled(DbCommand command) => () =>
        {
            command.Cancel();
            return Task.CompletedTask;
        };
    });

    [Test]
    public Task Properties_can_be_read_and_set_after_Dispose([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var command = side.Command(connection, "SELECT @a", ("@a", 1));
        await side.Scalar(command);
        await side.Dispose(command);
        side.Note(() => command.CommandText);
        side.Note(() => command.CommandType);
        side.Note(() => command.CommandTimeout);
        side.Note(() => command.Parameters.Count);
        side.Note(() => command.CreateParameter());
        side.Note(() => command.CommandText = "SELECT @a + 1");
        side.Note(() => ReferenceEquals(command.Connection, connection));
        await side.Note(() => side.Scalar(command));
        await side.Note(() => side.Prepare(command));
        await side.Note(() => side.Dispose(command));
    });

    [Test]
    public Task Connection_is_not_changed_beside_an_open_reader([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var other = side.CreateFor("Data Source=:memory:");
        await side.Open(other);
        var command = side.Command(connection, "SELECT 1 UNION SELECT 2");
        var reader = await side.Reader(command);
        await side.Read(reader);
        foreach (var next in new[] { other, connection, null })
        {
            side.Note(() => command.Connection = next, next is null ? "none" : next == other ? "other" : "same");
            side.Note(ReferenceEquals(command.Connection, connection));
        }

        side.Note(() => command.CommandText = "SELECT 3");
        side.Note(() => command.CommandTimeout = 5);
        side.Note(await side.Read(reader));
        side.Note(() => reader.GetInt32(0));
        await side.Close(reader);
        side.Note(() => ReferenceEquals(command.Connection = other, other));
        await side.Note(() => side.Scalar(command));
    });

    [TestCase(CommandBehavior.SingleRow | CommandBehavior.SingleResult)]
    [TestCase(CommandBehavior.SchemaOnly | CommandBehavior.KeyInfo)]
    [TestCase(CommandBehavior.SequentialAccess | CommandBehavior.CloseConnection)]
    [TestCase(CommandBehavior.SingleRow | CommandBehavior.CloseConnection)]
    [TestCase((CommandBehavior)64)]
    [TestCase((CommandBehavior)127)]
    [TestCase((CommandBehavior)(-1))]
    public Task CommandBehaviors_together_are_taken_alike(CommandBehavior behavior) => Agree(async: true, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, "CREATE TABLE t(a); INSERT INTO t VALUES (1), (2)");
        await side.Note(async () =>
        {
            await using var reader = await side.Reader(side.Command(connection, "SELECT a FROM t; SELECT 3"), behavior);
            do
            {
                while (await side.Read(reader))
                    side.Note(reader.GetInt32(0));
            }
            while (await side.NextResult(reader));
        });
        side.Note(connection.State);
    });

    [TestCase("SELEC")]
    [TestCase("SELECT * FROM missing")]
    public async Task Behavior_that_closes_the_connection_closes_it_when_the_text_is_wrong(string sql)
    {
        var ours = await Differ(Listed.CloseConnectionOfAWrongText, async: true, async side =>
        {
            var connection = await side.Open();
            await side.Note(async () => (await side.Reader(side.Command(connection, sql), CommandBehavior.CloseConnection)).FieldCount);
            side.Note(connection.State);
        });
        ours[0].ShouldContain("SQLite Error 1");
        ours[1].ShouldEndWith("Closed");
    }

    [TestCase("SELECT abs(-9223372036854775808)")]
    [TestCase("")]
    public Task Behavior_that_closes_the_connection_ends_alike_when_there_is_no_row(string sql) => Agree(async: true, async side =>
    {
        var connection = await side.Open();
        await side.Note(async () => (await side.Reader(side.Command(connection, sql), CommandBehavior.CloseConnection)).FieldCount);
        side.Note(connection.State);
    });

    [Test]
    public Task Comments_around_statements_change_nothing([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        foreach (var sql in new[]
        {
            "-- before\nSELECT 1", "SELECT 1 -- after", "SELECT 1; -- after", "SELECT 1 /* open to the end", "/* a */ SELECT /* b */ 1 /* c */;/* d */",
            ";;SELECT 1;;", "SELECT ';--' AS x; SELECT '/*'", "\uFEFFSELECT 1", "SELECT\u00a01",
        })
        {
            await side.Note(() => side.Rows(connection, sql), sql);
            await side.Note(() => side.Scalar(connection, sql), sql);
            await side.Note(() => side.Execute(connection, sql), sql);
        }
    });

    [Test]
    public Task Scalars_have_the_type_of_their_storage([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, "CREATE TABLE k(b BOOLEAN, d DATETIME, m DECIMAL, g GUID, i INT, r REAL, t TEXT, x BLOB, n)");
        await side.Execute(connection, "INSERT INTO k VALUES (1, '2024-02-29', 1.5, 'g', 2, 3, 4, x'05', NULL)");
        foreach (var column in new[] { "b", "d", "m", "g", "i", "r", "t", "x", "n" })
            await side.Note(() => side.Scalar(connection, $"SELECT {column} FROM k"), column);
    });
}
