using System.Data;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>What the collections say of a database. Runs on both engines.</summary>
[TestFixture]
public sealed class SchemaCollectionTests
{
    internal const string Tables =
        """
        CREATE TABLE parent(a INTEGER, b TEXT COLLATE NOCASE, PRIMARY KEY (a, b)) WITHOUT ROWID;
        CREATE TABLE child(id INTEGER PRIMARY KEY AUTOINCREMENT, pa INT, pb VARCHAR(20) DEFAULT 'x' NOT NULL UNIQUE, price DECIMAL(10,2),
            twice AS (price * 2), plain, FOREIGN KEY (pa, pb) REFERENCES parent ON DELETE CASCADE);
        CREATE TABLE "odd ""table' -- "("a b" TEXT REFERENCES child(pb));
        CREATE INDEX by_price ON child(price DESC, lower(pb));
        CREATE VIEW cheap AS SELECT id AS number, price * 2 AS twofold FROM child WHERE price < 10;
        CREATE TRIGGER stamp AFTER INSERT ON child BEGIN SELECT 1; END;
        CREATE TRIGGER instead INSTEAD OF DELETE ON cheap BEGIN SELECT 1; END;
        CREATE VIEW broken AS SELECT * FROM gone;
        """;

    [Test]
    public void Catalogs_are_main_temp_and_those_attached()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run($"CREATE TABLE m(a); CREATE TEMP TABLE t(a INTEGER PRIMARY KEY, b UNIQUE REFERENCES t); "
            + $"ATTACH '{Path.Combine(database.Folder, "other.db")}' AS \"an \"\"other\"; CREATE TABLE \"an \"\"other\".o(a UNIQUE)");

        Names(connection.GetSchema("Catalogs"), "CATALOG_NAME").ShouldBe(["main", "temp", "an \"other"]);
        Names(connection.GetSchema("Catalogs", ["MAIN"]), "CATALOG_NAME").ShouldBe(["main"]);
        Names(connection.GetSchema("Tables"), "TABLE_NAME").ShouldBe(["m", "t", "o"]);
        Names(connection.GetSchema("Tables", ["temp"]), "TABLE_NAME").ShouldBe(["t"]);
        Names(connection.GetSchema("Columns", ["an \"other"]), "COLUMN_NAME").ShouldBe(["a"]);
        Names(connection.GetSchema("Columns", ["temp"]), "COLUMN_NAME").ShouldBe(["a", "b"]);
        Names(connection.GetSchema("Indexes", ["temp"]), "INDEX_NAME").ShouldBe(["sqlite_temp_master_PK_t", "sqlite_autoindex_t_1"]);
        Names(connection.GetSchema("IndexColumns", ["an \"other"]), "COLUMN_NAME").ShouldBe(["a"]);
        Names(connection.GetSchema("ForeignKeys", ["temp"]), "FKEY_TO_COLUMN").ShouldBe(["a"]);
        connection.GetSchema("Tables", ["nowhere"]).Rows.Count.ShouldBe(0);
    }

    [Test]
    public void Columns_are_described()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run(Tables);

        var columns = connection.GetSchema("Columns", [null, null, "child"]);

        Names(columns, "COLUMN_NAME").ShouldBe(["id", "pa", "pb", "price", "twice", "plain"]);
        Facts(columns.Rows[0]).ShouldBe("0 INTEGER nullable:True default: key:True unique:True auto:True generated:False BINARY Int64");
        Facts(columns.Rows[2]).ShouldBe("2 VARCHAR nullable:False default:'x' key:False unique:True auto:False generated:False BINARY String");
        columns.Rows[2]["CHARACTER_MAXIMUM_LENGTH"].ShouldBe(20);
        (columns.Rows[3]["NUMERIC_PRECISION"], columns.Rows[3]["NUMERIC_SCALE"]).ShouldBe((10, 2));
        columns.Rows[4]["GENERATED"].ShouldBe(true);
        columns.Rows[5]["DATA_TYPE"].ShouldBe("BLOB");
        connection.GetSchema("Columns", [null, null, "parent", "B"]).Rows[0]["COLLATION_NAME"].ShouldBe("NOCASE");
        Names(connection.GetSchema("Columns", [null, null, "odd \"table' -- "]), "COLUMN_NAME").ShouldBe(["a b"]);
        Names(connection.GetSchema("Columns", [null, null, "cheap"]), "COLUMN_NAME").ShouldBe(["number", "twofold"]);
    }

    [Test]
    public void Columns_leaves_out_what_SQLite_hides_and_what_it_cannot_tell()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE VIRTUAL TABLE f USING fts5(body); CREATE VIEW broken AS SELECT * FROM gone");

        Names(connection.GetSchema("Columns", [null, null, "f"]), "COLUMN_NAME").ShouldBe(["body"]);
        connection.GetSchema("Columns", [null, null, "broken"]).Rows.Count.ShouldBe(0);
        connection.GetSchema("ViewColumns", [null, null, "broken"]).Rows.Count.ShouldBe(0);
        Names(connection.GetSchema("Views"), "TABLE_NAME").ShouldBe(["broken"]);
    }

    [Test]
    public void Indexes_tell_keys_and_definitions()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run(Tables);

        var indexes = connection.GetSchema("Indexes", [null, null, "child"]);

        Names(indexes, "INDEX_NAME").ShouldBe(["sqlite_master_PK_child", "sqlite_autoindex_child_1", "by_price"]);
        indexes.Rows.Cast<DataRow>().Select(row => $"{row["PRIMARY_KEY"]} {row["UNIQUE"]}").ShouldBe(["True True", "False True", "False False"]);
        indexes.Rows[2]["INDEX_DEFINITION"].ShouldBe("CREATE INDEX by_price ON child(price DESC, lower(pb))");
        Names(connection.GetSchema("Indexes", [null, null, null, "BY_PRICE"]), "TABLE_NAME").ShouldBe(["child"]);
        connection.GetSchema("Indexes", [null, null, "parent"]).Rows[0]["PRIMARY_KEY"].ShouldBe(true);
    }

    [Test]
    public void IndexColumns_stand_in_the_order_of_the_index()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run(Tables);

        var columns = connection.GetSchema("IndexColumns", [null, null, "child", "by_price"]);

        columns.Rows.Cast<DataRow>().Select(row => $"{row["ORDINAL_POSITION"]} {row["COLUMN_NAME"]} {row["SORT_MODE"]}").ShouldBe(["0 price DESC", "1  ASC"]);
        Names(connection.GetSchema("IndexColumns", [null, null, "parent"]), "COLUMN_NAME").ShouldBe(["a", "b"]);
        connection.GetSchema("IndexColumns", [null, null, "parent", null, "b"]).Rows[0]["COLLATION_NAME"].ShouldBe("NOCASE");
        Names(connection.GetSchema("IndexColumns", [null, null, "child", "sqlite_master_PK_child"]), "COLUMN_NAME").ShouldBe(["id"]);
    }

    [Test]
    public void ForeignKeys_name_the_columns_of_the_parents_key()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run(Tables);

        var keys = connection.GetSchema("ForeignKeys", [null, null, "child"]);

        keys.Rows.Cast<DataRow>().Select(row => $"{row["CONSTRAINT_NAME"]} {row["FKEY_FROM_ORDINAL_POSITION"]} {row["FKEY_FROM_COLUMN"]} "
            + $"{row["FKEY_TO_TABLE"]}.{row["FKEY_TO_COLUMN"]} {row["FKEY_ON_DELETE"]}")
            .ShouldBe(["FK_child_0 0 pa parent.a CASCADE", "FK_child_0 1 pb parent.b CASCADE"]);
        Names(connection.GetSchema("ForeignKeys", [null, null, null, "FK_odd \"table' -- _0"]), "FKEY_FROM_COLUMN").ShouldBe(["a b"]);
    }

    [Test]
    public void Views_tell_whether_they_can_be_written_and_where_their_columns_come_from()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run(Tables);

        var view = connection.GetSchema("Views", [null, null, "cheap"]).Rows[0];
        var columns = connection.GetSchema("ViewColumns", [null, null, "cheap"]);

        view["IS_UPDATABLE"].ShouldBe(true);
        ((string)view["VIEW_DEFINITION"]).ShouldStartWith("CREATE VIEW cheap AS SELECT");
        connection.GetSchema("Views", [null, null, "broken"]).Rows[0]["IS_UPDATABLE"].ShouldBe(false);
        columns.Rows.Cast<DataRow>().Select(row => $"{row["VIEW_COLUMN_NAME"]} {row["TABLE_NAME"]}.{row["COLUMN_NAME"]}")
            .ShouldBe(["number child.id", "twofold ."]);
    }

    [Test]
    public void Triggers_are_found_by_table_and_name()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run(Tables);

        Names(connection.GetSchema("Triggers"), "TRIGGER_NAME").ShouldBe(["instead", "stamp"]);
        Names(connection.GetSchema("Triggers", [null, null, "child"]), "TRIGGER_NAME").ShouldBe(["stamp"]);
        Names(connection.GetSchema("Triggers", [null, null, null, "instead"]), "TABLE_NAME").ShouldBe(["cheap"]);
    }

    private static string?[] Names(DataTable table, string column) => [.. table.Rows.Cast<DataRow>().Select(row => row[column] as string)];

    private static string Facts(DataRow row)
        => $"{row["ORDINAL_POSITION"]} {row["DATA_TYPE"]} nullable:{row["IS_NULLABLE"]} default:{row["COLUMN_DEFAULT"]} key:{row["PRIMARY_KEY"]} "
            + $"unique:{row["UNIQUE"]} auto:{row["AUTOINCREMENT"]} generated:{row["GENERATED"]} {row["COLLATION_NAME"]} {row["EDM_TYPE"]}";
}
