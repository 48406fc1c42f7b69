using System.Data;
using System.Data.Common;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class SchemaTableBuilderTests
{
    private const string Tables =
        """
        CREATE TABLE a(id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(20) NOT NULL UNIQUE, price NUMERIC(10,2), x, "odd ""name" BLOB,
            one INT, two INT, UNIQUE (one, two));
        INSERT INTO a VALUES (1, 'n', 1.5, NULL, x'00', 1, 2), (2, 'm', '2.5', 3, NULL, 1, 3), (3, 'o', 3.5, 3, NULL, 2, 3);
        CREATE TABLE b(k TEXT PRIMARY KEY, v REAL NOT NULL DEFAULT 1) WITHOUT ROWID;
        CREATE VIEW w AS SELECT name AS n, price * 2 AS p FROM a;
        CREATE INDEX i ON a(price);
        CREATE TABLE "odd table"(a, b);
        """;

    [TestCase("SELECT * FROM a")]
    [TestCase("SELECT * FROM b")]
    [TestCase("SELECT * FROM w")]
    [TestCase("SELECT id AS key, name, 1 AS one, price + 1, NULL, 'x', x'00' FROM a")]
    [TestCase("SELECT a.id, b.k, count(*) FROM a LEFT JOIN b ON 1 GROUP BY 1")]
    [TestCase("SELECT x, x AS x2 FROM a WHERE 0")]
    [TestCase("SELECT * FROM \"odd table\"")]
    [TestCase("SELECT rowid, * FROM a")]
    [TestCase("SELECT name FROM pragma_table_info('a')")]
    [TestCase("SELECT * FROM sqlite_master")]
    [TestCase("INSERT INTO b VALUES ('k', 1) RETURNING *")]
    [TestCase("PRAGMA user_version")]
    [TestCase("EXPLAIN SELECT 1")]
    [TestCase("SELECT 1 AS a, 2 AS a")]
    public void Build_describes_columns_as_the_wrapped_provider_does(string sql)
    {
        using var pair = new ProviderPair();
        pair.Execute(Tables);
        Describe(pair.Ours, sql, reader => reader.GetSchemaTable()).ShouldBe(Describe(pair.Wrapped, sql, reader => reader.GetSchemaTable()));
    }

    [TestCase("SELECT * FROM a")]
    [TestCase("SELECT id AS key, 1 AS one, NULL FROM a")]
    public void GetColumnSchema_describes_columns_as_the_wrapped_provider_does(string sql)
    {
        using var pair = new ProviderPair();
        pair.Execute(Tables);
        Describe(pair.Ours, sql, Columns).ShouldBe(Describe(pair.Wrapped, sql, Columns));
    }

    [TestCase("SELECT * FROM a")]
    [TestCase("SELECT * FROM w")]
    [TestCase("SELECT k, v, v * 2 FROM b")]
    public void DataTable_is_filled_as_from_the_wrapped_provider(string sql)
    {
        using var pair = new ProviderPair();
        pair.Execute(Tables);
        Describe(pair.Ours, sql, Load).ShouldBe(Describe(pair.Wrapped, sql, Load));
    }

    [Test]
    public void Build_leaves_the_rows_to_the_reader()
    {
        using var pair = new ProviderPair();
        pair.Execute(Tables);
        using var command = pair.Ours.CreateCommand();
        command.CommandText = "SELECT id FROM a ORDER BY id";
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();
        reader.GetSchemaTable().ShouldNotBeNull();
        reader.GetInt32(0).ShouldBe(1);
        reader.Read().ShouldBeTrue();
        reader.GetInt32(0).ShouldBe(2);
    }

    private static object Columns(DbDataReader reader)
        => reader.GetColumnSchema().Select(column => new object?[]
        {
            column.ColumnName, column.ColumnOrdinal, column.DataType, column.DataTypeName, column.AllowDBNull, column.IsKey, column.IsUnique,
            column.IsAutoIncrement, column.IsAliased, column.IsExpression, column.BaseTableName, column.BaseColumnName, column.BaseCatalogName,
            column.BaseSchemaName, column.BaseServerName, column.ColumnSize, column.IsReadOnly, column.IsHidden, column.IsLong,
        });

    private static DataTable Load(DbDataReader reader)
    {
        var table = new DataTable();
        table.Load(reader);
        return table;
    }

    private static string Describe(DbConnection connection, string sql, Func<DbDataReader, object?> describe) => Outcome.Of(() =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        return Outcome.Describe(describe(reader));
    });
}
