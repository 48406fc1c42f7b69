using System.Data;
using System.Data.Common;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Conformance.Tests;

public sealed class ReaderConformance(Variant variant) : Conformance(variant)
{
    private const string Table = "CREATE TABLE t(a INTEGER PRIMARY KEY, b); INSERT INTO t VALUES (1, 'a'), (2, NULL), (3, 2.5)";

    [Test]
    public Task Results_are_read_one_after_the_other([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        await using var reader = await side.Reader(
            connection, "INSERT INTO t VALUES (4, 'd'); SELECT * FROM t; UPDATE t SET b = 1; SELECT 1 WHERE 0; SELECT 'last' AS x; DELETE FROM t");
        do
        {
            side.Note(reader.HasRows);
            side.Note(reader.FieldCount);
            side.Note(reader.RecordsAffected);
            side.Note(reader.GetName(0));
            while (await side.Read(reader))
                side.Note(Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue).ToArray());
            side.Note(await side.Read(reader));
        }
        while (await side.NextResult(reader));
        side.Note(await side.NextResult(reader));
        side.Note(reader.FieldCount);
        side.Note(reader.RecordsAffected);
        await side.Close(reader);
        side.Note(reader.RecordsAffected);
        side.Note(reader.IsClosed);
    });

    [Test]
    public Task Closing_runs_the_rest_of_the_text([Values] bool async, [Values] bool byDispose) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        var reader = await side.Reader(connection, "SELECT * FROM t; INSERT INTO t VALUES (4, 'd'); SELECT 1; INSERT INTO t VALUES (5, 'e')");
        await side.Read(reader);
        await (byDispose ? side.Dispose(reader) : side.Close(reader));
        side.Note(reader.RecordsAffected);
        await side.Note(() => side.Rows(connection, "SELECT a FROM t"));
        await side.Note(() => side.Close(reader));
        await side.Note(() => side.Dispose(reader));
    });

    [Test]
    public Task Closing_passes_over_errors_in_the_rest([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        var reader = await side.Reader(connection, "SELECT * FROM t; INSERT INTO t VALUES (1, 'again'); INSERT INTO t VALUES (9, 'never')");
        await side.Note(() => side.Close(reader));
        await side.Note(() => side.Rows(connection, "SELECT a FROM t"));
    });

    [Test]
    public Task NextResult_that_fails_closes_the_reader([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        var reader = await side.Reader(connection, "SELECT * FROM t; INSERT INTO t VALUES (1, 'again'); INSERT INTO t VALUES (9, 'never')");
        await side.Note(() => side.NextResult(reader));
        side.Note(reader.IsClosed);
        await side.Note(() => side.NextResult(reader));
        await side.Note(() => side.Read(reader));
        await side.Note(() => side.Rows(connection, "SELECT a FROM t"));
    });

    [Test]
    public Task Read_that_fails_half_way_throws_what_SQLite_says([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        await using var reader = await side.Reader(connection, "SELECT CASE a WHEN 2 THEN abs(-9223372036854775808) ELSE a END FROM t");
        await side.Note(() => side.Read(reader));
        side.Note(() => reader.GetValue(0));
        await side.Note(() => side.Read(reader));
    });

    [Test]
    public Task Reader_describes_its_columns([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        await using var reader = await side.Reader(connection, "SELECT a, b AS bee, a + 1, 'x' FROM t ORDER BY a");
        for (var row = 0; row < 4; row++)
        {
            foreach (var ordinal in Enumerable.Range(0, 4))
            {
                side.Note(() => reader.GetName(ordinal));
                side.Note(() => reader.GetDataTypeName(ordinal));
                side.Note(() => reader.GetFieldType(ordinal));
                side.Note(() => reader.GetProviderSpecificFieldType(ordinal));
            }

            side.Note(() => reader.GetOrdinal("BEE"));
            side.Note(await side.Read(reader));
        }

        side.Note(() => reader.GetSchemaTable());
        side.Note(() => reader.GetColumnSchema().Select(column => column.ColumnName).ToArray());
    });

    [Test]
    public Task DataTable_is_filled_from_a_reader([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        await using var reader = await side.Reader(connection, "SELECT a, b FROM t; SELECT 1 AS one");
        var table = new DataTable();
        side.Note(() =>
        {
            table.Load(reader);
            return table;
        });
        side.Note(reader.IsClosed);
        var second = new DataTable();
        side.Note(() =>
        {
            second.Load(reader);
            return second;
        });
        side.Note(reader.IsClosed);
    });

    [Test]
    public Task Reader_is_enumerated_as_records([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        await using var reader = await side.Reader(connection, "SELECT * FROM t");
        foreach (DbDataRecord record in reader)
        {
            var values = new object[record.FieldCount];
            record.GetValues(values);
            side.Note(values);
            side.Note(record["B"]);
            side.Note(record.GetDataTypeName(1));
        }

        side.Note(reader.IsClosed);
    });

    [Test]
    public Task CloseConnection_closes_the_connection_with_the_reader([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var reader = await side.Reader(side.Command(connection, "SELECT 1"), CommandBehavior.CloseConnection);
        side.Note(connection.State);
        await side.Close(reader);
        side.Note(connection.State);
        await side.Note(() => side.Close(reader));
    });

    [Test]
    public async Task CloseConnection_reader_closes_with_its_connection([Values] bool async)
    {
        var ours = await Differ(Listed.CloseConnectionReader, async, async side =>
        {
            var connection = side.CreateFor(side.ConnectionString());
            await side.Open(connection);
            var reader = await side.Reader(side.Command(connection, "SELECT 1"), CommandBehavior.CloseConnection);
            await side.Note(() => side.Close(connection));
            side.Note(reader.IsClosed);
            side.Note(connection.State);
        });
        ours[0].ShouldEndWith("\"done\"");
        ours[1].ShouldEndWith("Boolean True");
        ours[2].ShouldEndWith("Closed");
    }

    [Test]
    public Task Several_readers_of_one_connection_go_on_side_by_side([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        await using var one = await side.Reader(connection, "SELECT a FROM t ORDER BY a");
        await using var two = await side.Reader(connection, "SELECT a FROM t ORDER BY a");
        await using var three = await side.Reader(connection, "SELECT a FROM t ORDER BY a DESC");
        while (await side.Read(one) && await side.Read(three))
        {
            side.Note(one.GetInt32(0));
            side.Note(three.GetInt32(0));
            await side.Note(() => side.Scalar(connection, "SELECT count(*) FROM t"));
        }

        side.Note(await side.Read(two));
        side.Note(two.GetInt32(0));
    });

    [Test]
    public Task Writes_beside_an_open_reader_are_done([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        await using (var reader = await side.Reader(connection, "SELECT a FROM t ORDER BY a"))
        {
            while (await side.Read(reader))
                await side.Note(() => side.Execute(connection, "UPDATE t SET b = 'new'"));
        }

        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
    });

    [Test]
    public async Task GetValues_fills_a_shorter_array([Values] bool async)
    {
        var ours = await Differ(Listed.GetValuesOfFewer, async, async side =>
        {
            var connection = await side.Open();
            await using var reader = await side.Reader(connection, "SELECT 1, 2, 3");
            await side.Read(reader);
            var values = new object[2];
            side.Note(() => reader.GetValues(values));
        });
        ours.ShouldHaveSingleItem().ShouldEndWith("System.Int32 2");
    }

    [Test]
    public Task GetValues_leaves_the_rest_of_a_longer_array([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await using var reader = await side.Reader(connection, "SELECT 1, NULL, 'x'");
        await side.Read(reader);
        var values = new object[5];
        side.Note(() => reader.GetValues(values));
        side.Note(values);
    });

    [Test]
    public Task Returning_gives_its_rows_and_writes_them([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        await side.Note(() => side.Rows(connection, "INSERT INTO t VALUES (7, 'g'), (8, 'h') RETURNING a, b"));
        await side.Note(() => side.Rows(connection, "UPDATE t SET b = 'x' WHERE a > 6 RETURNING a"));
        await side.Note(() => side.Rows(connection, "DELETE FROM t WHERE a = 99 RETURNING a"));
        await using (var reader = await side.Reader(connection, "INSERT INTO t VALUES (9, 'i'), (10, 'j') RETURNING a"))
            side.Note(await side.Read(reader));
        await side.Note(() => side.Rows(connection, "SELECT a FROM t"));
    });

    [Test]
    public Task Large_values_come_whole([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, "CREATE TABLE l(id INTEGER PRIMARY KEY, x)");
        var blob = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7)).ToArray();
        await side.Execute(side.Command(connection, "INSERT INTO l VALUES (1, @x)", ("@x", blob)));
        await side.Execute(side.Command(connection, "INSERT INTO l VALUES (2, @x)", ("@x", new string('é', 200_000))));
        foreach (var sql in new[] { "SELECT x FROM l ORDER BY id", "SELECT x, id FROM l ORDER BY id" })
        {
            await using var reader = await side.Reader(connection, sql);
            while (await side.Read(reader))
            {
                side.Note(Hash(reader.GetFieldValue<byte[]>(0)));
                using var stream = reader.GetStream(0);
                side.Note(stream.Length);
                side.Note(Hash(reader.GetTextReader(0).ReadToEnd()));
                side.Note(reader.GetChars(0, 0, null, 0, 0));
                var part = new byte[100];
                side.Note(reader.GetBytes(0, 299_950, part, 0, 100));
                side.Note(part);
            }
        }

        static string Hash(object value) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(
            value as byte[] ?? System.Text.Encoding.Unicode.GetBytes((string)value)));
    });
}
