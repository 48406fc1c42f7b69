using System.Data.Common;
using NUnit.Framework;
using Shouldly;
using WalProvider.Tests;

namespace WalProvider.Conformance.Tests;

/// <summary>What every member of a reader says where there is no row, and of names that there are not.</summary>
public sealed class ReaderStateConformance(Variant variant) : Conformance(variant)
{
    private const string Table = "CREATE TABLE s(x, y); INSERT INTO s VALUES (1, 'x'), (2, NULL)";

    public enum State
    {
        BeforeTheFirstRow,
        OnARow,
        AfterTheLastRow,
        WithoutRows,
        AfterTheLastResult,
        AfterAWrite,
        OfAComment,
        Closed,
        CommandDisposed,
        ConnectionClosed,
    }

    [Test]
    public Task Members_say_the_same_in_every_state([Values] State state, [Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        foreach (var (name, call) in Calls(connection))
        {
            if (state == State.ConnectionClosed)
                await side.Open(connection);
            var command = side.Command(connection, state switch
            {
                State.WithoutRows => "SELECT x, y FROM s WHERE 0",
                State.AfterAWrite => "UPDATE s SET x = x",
                State.OfAComment => "-- nothing at all",
                _ => "SELECT x, y FROM s",
            });
            await using var reader = await side.Reader(command);
            await Bring(side, reader, command, state);
            side.Note(() => call(reader), name);
        }
    });

    [Test]
    public Task Names_of_columns_are_found_as_they_are_written() => Agree(async: false, async side =>
    {
        var connection = await side.Open();
        await using var reader = await side.Reader(connection, "SELECT 1 AS a, 2 AS A, 3 AS b, 4 AS \"with space\", 5 AS é, 6 AS b, 7, 8 AS ''");
        await side.Read(reader);
        foreach (var name in new[] { "a", "A", "b", "B", "with space", "WITH SPACE", "é", "É", "7", "", "none", "[b]" })
        {
            side.Note(() => reader.GetOrdinal(name), $"GetOrdinal({name})");
            side.Note(() => reader[name], $"this[{name}]");
        }
    });

    [Test]
    public async Task Arguments_that_are_null_are_named([Values] bool async)
    {
        var ours = await Differ(Listed.NullArguments, async, async side =>
        {
            var connection = await side.Open();
            await using var reader = await side.Reader(connection, "SELECT 1");
            await side.Read(reader);
            side.Note(() => reader.GetValues(null!));
            side.Note(() => reader.GetOrdinal(null!));
        });
        ours[0].ShouldEndWith("(Parameter 'values')");
        ours[1].ShouldEndWith("(Parameter 'name')");
    }

    [Test]
    public Task Texts_come_out_of_UTF8_whole() => Agree(async: false, async side =>
    {
        var connection = await side.Open();
        foreach (var text in new[] { "'Ä'", "'Ḁ'", "'😀'", "'a' || char(0) || 'b'", "char(65533)" })
        {
            // NB: one column each: asked for a stream of one of two that stand in no table, the wrapped provider takes the process down.
            await using var reader = await side.Reader(connection, $"SELECT {text}");
            await side.Read(reader);
            side.Note(reader.GetString(0));
            side.Note(reader.GetFieldValue<string>(0));
            side.Note(reader.GetValue(0));
            side.Note(reader.GetTextReader(0));
            side.Note(() => reader.GetChar(0));
        }
    });

    [Test]
    public Task GetColumnSchema_says_the_same_of_every_column([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, "CREATE TABLE c(id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(20) NOT NULL UNIQUE, price DECIMAL(8, 2) DEFAULT 0, data BLOB)");
        await using var reader = await side.Reader(connection, "SELECT id, name AS n, price, data, price * 2, count(*) OVER () FROM c");
        foreach (var column in async ? await reader.GetColumnSchemaAsync() : reader.GetColumnSchema())
        {
            foreach (var property in typeof(DbColumn).GetProperties().Where(property => property.GetIndexParameters().Length == 0))
                side.Note(property.GetValue(column), $"{column.ColumnName}.{property.Name}");
        }
    });

    private static async Task Bring(Side side, DbDataReader reader, DbCommand command, State state)
    {
        switch (state)
        {
            case State.OnARow:
                await side.Read(reader);
                break;
            case State.AfterTheLastRow:
                while (await side.Read(reader))
                {
                }

                break;
            case State.AfterTheLastResult:
                await side.NextResult(reader);
                break;
            case State.Closed:
                await side.Close(reader);
                break;
            case State.CommandDisposed:
                await side.Dispose(command);
                break;
            case State.ConnectionClosed:
                await side.Close(command.Connection!);
                break;
        }
    }

    private static IEnumerable<(string Name, Func<DbDataReader, object?> Call)> Calls(DbConnection connection) =>
    [
        .. ReaderCalls.Getters.Select(call => (call.Key, (Func<DbDataReader, object?>)(reader => call.Value(reader, 0)))),
        ("GetFieldValue of int", reader => reader.GetFieldValue<int>(0)),
        ("GetFieldValue of Stream", reader => reader.GetFieldValue<Stream>(0)),
        ("GetFieldValue of TextReader", reader => reader.GetFieldValue<TextReader>(0)),
        ("GetOrdinal", reader => reader.GetOrdinal("Y")),
        ("this[name]", reader => reader["y"]),
        ("GetValues", reader => reader.GetValues(new object[3])),
        ("GetSchemaTable", reader => reader.GetSchemaTable()),
        ("GetColumnSchema", reader => reader.GetColumnSchema().Count),
        ("FieldCount", reader => reader.FieldCount),
        ("VisibleFieldCount", reader => reader.VisibleFieldCount),
        ("HasRows", reader => reader.HasRows),
        ("IsClosed", reader => reader.IsClosed),
        ("Depth", reader => reader.Depth),
        ("RecordsAffected", reader => reader.RecordsAffected),
        ("Read", reader => reader.Read()),
        ("NextResult", reader => reader.NextResult()),
        ("GetEnumerator", reader => reader.Cast<DbDataRecord>().Select(record => record.GetValue(0)).ToArray()),
        ("Close", reader =>
        {
            reader.Close();
            return $"{reader.IsClosed} {connection.State}";
        }),
    ];
}
