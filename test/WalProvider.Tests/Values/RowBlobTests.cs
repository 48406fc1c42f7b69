using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class RowBlobTests
{
    private const string Tables =
        """
        CREATE TABLE t(id INTEGER PRIMARY KEY, x BLOB, y); INSERT INTO t VALUES (7, x'010203', 'text');
        CREATE TABLE two(a INTEGER, b INTEGER, x, PRIMARY KEY (a, b)); INSERT INTO two VALUES (1, 2, x'04');
        CREATE TABLE "odd ""name"(id INTEGER PRIMARY KEY, "x ""y" BLOB); INSERT INTO "odd ""name" VALUES (1, x'05');
        CREATE TABLE big(id INTEGER PRIMARY KEY, x); INSERT INTO big VALUES (5000000000, x'06');
        """;

    [TestCase("SELECT x, id FROM t", "010203")]
    [TestCase("SELECT x, rowid FROM t", "010203")]
    [TestCase("SELECT x AS a, id AS b FROM t AS c", "010203")]
    [TestCase("SELECT y, id FROM t", "74657874")]
    [TestCase("SELECT x, rowid FROM two", "04")]
    [TestCase("SELECT * FROM (SELECT x, id FROM t)", "010203")]
    [TestCase("SELECT \"x \"\"y\", id FROM \"odd \"\"name\"", "05")]
    public void GetStream_reads_from_the_table_when_the_row_id_is_beside_it(string sql, string expected)
    {
        using var pair = Pair();
        foreach (var connection in new[] { pair.Wrapped, pair.Ours })
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            reader.Read().ShouldBeTrue();
            using var stream = reader.GetStream(0);
            stream.ShouldBeOfType(connection is WalDbConnection ? typeof(WalDbBlob) : typeof(SqliteBlob));
            Outcome.Describe(stream).ShouldBe($"SqliteBlob {expected}");
        }
    }

    [TestCase("SELECT x FROM t", "010203")]
    [TestCase("SELECT x, a FROM two", "04")]
    [TestCase("SELECT t.x, two.rowid FROM t, two", "010203")]
    public void GetStream_reads_a_copy_when_no_row_id_of_its_table_is_beside_it(string sql, string expected)
    {
        using var pair = Pair();
        foreach (var connection in new[] { pair.Wrapped, pair.Ours })
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            reader.Read().ShouldBeTrue();
            Outcome.Describe(reader.GetStream(0)).ShouldBe($"MemoryStream {expected}");
        }
    }

    [Test]
    public void GetStream_reads_a_copy_when_the_columns_stand_in_no_table()
    {
        // The wrapped provider takes the process down here, so that it cannot be asked.
        using var pair = Pair();
        using var command = pair.Ours.CreateCommand();
        command.CommandText = "SELECT x'01' AS a, x'02' AS b";
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();
        Outcome.Describe(reader.GetStream(0)).ShouldBe("MemoryStream 01");
    }

    [Test]
    public void GetStream_reads_a_row_whose_id_is_past_32_bits()
    {
        // The wrapped provider reads the row id as an int, and overflows.
        using var pair = Pair();
        KeyValuePair<string, Func<System.Data.Common.DbDataReader, int, object?>>[] call =
            [KeyValuePair.Create<string, Func<System.Data.Common.DbDataReader, int, object?>>("GetStream", (reader, ordinal) => reader.GetStream(ordinal))];
        var difference = pair.Differences("SELECT x, id FROM big", call).ShouldHaveSingleItem();
        difference.ShouldContain(typeof(OverflowException).FullName!);
        difference.ShouldEndWith("ours SqliteBlob 06");
    }

    [Test]
    public void GetStream_of_each_of_two_tables_reads_its_own_row()
    {
        // The wrapped provider takes the row id that it found for the first column for the second one too.
        using var pair = Pair();
        pair.Execute("INSERT INTO big VALUES (7, x'07'); UPDATE t SET id = 1");
        using var command = pair.Ours.CreateCommand();
        command.CommandText = "SELECT t.x, t.id, big.x, big.id FROM t, big WHERE big.id = 7";
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();
        Outcome.Describe(reader.GetStream(0)).ShouldBe("SqliteBlob 010203");
        Outcome.Describe(reader.GetStream(2)).ShouldBe("SqliteBlob 07");
    }

    [TestCase("SELECT t.x, t.id FROM two LEFT JOIN t ON 0")]
    [TestCase("SELECT x, id FROM w")]
    public void GetStream_fails_as_the_wrapped_provider_does(string sql)
    {
        using var pair = Pair();
        pair.Execute("CREATE TABLE w(id INTEGER PRIMARY KEY, x) WITHOUT ROWID; INSERT INTO w VALUES (1, x'08')");
        pair.Differences(sql, ReaderCalls.Getters.Where(getter => getter.Key is "GetStream" or "GetTextReader" or "GetBytes of all")).ShouldBeEmpty();
    }

    [Test]
    public void GetBytes_gives_a_value_piece_by_piece()
    {
        using var pair = Pair();
        pair.Execute("CREATE TABLE p(x); INSERT INTO p VALUES (CAST(hex(zeroblob(5000)) AS BLOB))");
        foreach (var sql in new[] { "SELECT x FROM p", "SELECT x, rowid FROM p" })
        {
            using var command = pair.Ours.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            reader.Read().ShouldBeTrue();
            var whole = new MemoryStream();
            var piece = new byte[999];
            for (long read; (read = reader.GetBytes(0, whole.Length, piece, 0, piece.Length)) > 0;)
                whole.Write(piece, 0, (int)read);
            whole.Length.ShouldBe(10_000);
            whole.ToArray().ShouldAllBe(b => b == '0');
        }
    }

    private static ProviderPair Pair()
    {
        var pair = new ProviderPair();
        pair.Execute(Tables);
        return pair;
    }
}
