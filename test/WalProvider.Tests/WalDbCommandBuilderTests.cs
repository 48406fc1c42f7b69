using System.Data;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalDbCommandBuilderTests
{
    private const string Person = "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT, age INTEGER);"
        + "INSERT INTO person VALUES (1, 'Ada', 36), (2, 'Grace', NULL)";

    [Test]
    public void Update_writes_what_was_changed_and_accepts_it()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        var (adapter, table) = Fill(connection, "SELECT * FROM person ORDER BY id");
        table.Rows[0]["name"] = "Augusta";
        table.Rows[1].Delete();
        table.Rows.Add(null, "Hedy", 85);

        adapter.Update(table).ShouldBe(3);

        connection.Ask("SELECT group_concat(id || name || age) FROM person").ShouldBe("1Augusta36,2Hedy85");
        table.Rows.Cast<DataRow>().ShouldAllBe(row => row.RowState == DataRowState.Unchanged);
        table.Rows[1]["id"].ShouldBe(2L);
    }

    [TestCase("INTEGER PRIMARY KEY")]
    [TestCase("INTEGER PRIMARY KEY AUTOINCREMENT")]
    public void Insert_brings_the_id_back(string key)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run($"CREATE TABLE k(id {key}, v TEXT); INSERT INTO k VALUES (41, 'a')");
        var (adapter, table) = Fill(connection, "SELECT * FROM k");
        var row = table.Rows.Add(null, "b");

        adapter.Update(table);

        row["id"].ShouldBe(42L);
        row["v"] = "c";
        adapter.Update(table).ShouldBe(1);
        connection.Ask("SELECT v FROM k WHERE id = 42").ShouldBe("c");
    }

    [Test]
    public void Insert_replaces_the_DataTables_own_numbers_of_an_AUTOINCREMENT_column()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE k(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT); INSERT INTO k VALUES (41, 'a'); DELETE FROM k");
        using var adapter = new WalDbDataAdapter("SELECT * FROM k", connection) { MissingSchemaAction = MissingSchemaAction.AddWithKey };
        using var builder = new WalDbCommandBuilder(adapter);
        var table = new DataTable();
        adapter.Fill(table);
        table.Columns["id"]!.AutoIncrementSeed = -1;
        table.Columns["id"]!.AutoIncrementStep = -1;
        var (first, second) = (table.NewRow(), table.NewRow());
        table.Rows.Add(first);
        table.Rows.Add(second);

        adapter.Update(table).ShouldBe(2);

        first["id"].ShouldBe(42L);
        second["id"].ShouldBe(43L);
    }

    [Test]
    public void Insert_keeps_an_id_that_was_given_when_the_key_is_not_AUTOINCREMENT()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        var (adapter, table) = Fill(connection, "SELECT * FROM person");
        table.Rows.Add(77, "Hedy", 85);

        adapter.Update(table);

        connection.Ask("SELECT name FROM person WHERE id = 77").ShouldBe("Hedy");
    }

    [Test]
    public void Insert_brings_the_id_back_under_its_alias()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        var (adapter, table) = Fill(connection, "SELECT id AS \"the \"\"key\"\"\", name FROM person");
        var row = table.Rows.Add(null, "Hedy");

        adapter.Update(table);

        row[0].ShouldBe(3L);
    }

    [Test]
    public void Generated_columns_are_left_out_and_brought_back()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE g(id INTEGER PRIMARY KEY, a INTEGER, twice AS (a * 2), thrice AS (a * 3) STORED); INSERT INTO g(a) VALUES (1)");
        var (adapter, table) = Fill(connection, "SELECT * FROM g");
        var added = table.Rows.Add(null, 5);
        table.Rows[0]["a"] = 4;

        adapter.Update(table).ShouldBe(2);

        added.ItemArray.ShouldBe([2L, 5L, 10L, 15L]);
        table.Rows[0].ItemArray.ShouldBe([1L, 4L, 8L, 12L]);
    }

    [Test]
    public void Update_throws_when_another_one_changed_the_row([Values] bool isDelete)
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        var (adapter, table) = Fill(connection, "SELECT * FROM person");
        connection.Run("UPDATE person SET age = 37 WHERE id = 1");
        if (isDelete)
            table.Rows[0].Delete();
        else
            table.Rows[0]["name"] = "Augusta";

        Should.Throw<DBConcurrencyException>(() => adapter.Update(table)).Row.ShouldBeSameAs(table.Rows[0]);

        connection.Ask("SELECT name || age FROM person WHERE id = 1").ShouldBe("Ada37");
    }

    [Test]
    public void Update_goes_over_the_change_of_another_one_when_told_to_overwrite()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        using var adapter = new WalDbDataAdapter("SELECT * FROM person", connection);
        using var builder = new WalDbCommandBuilder(adapter) { ConflictOption = ConflictOption.OverwriteChanges };
        var table = new DataTable();
        adapter.Fill(table);
        connection.Run("UPDATE person SET age = 37 WHERE id = 1");
        table.Rows[0]["name"] = "Augusta";

        adapter.Update(table).ShouldBe(1);

        connection.Ask("SELECT name || age FROM person WHERE id = 1").ShouldBe("Augusta37");
    }

    [Test]
    public void Update_goes_on_past_conflicts_when_told_to()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        var (adapter, table) = Fill(connection, "SELECT * FROM person ORDER BY id");
        adapter.ContinueUpdateOnError = true;
        connection.Run("UPDATE person SET age = 37 WHERE id = 1");
        table.Rows[0]["name"] = "Augusta";
        table.Rows[1]["name"] = "Hopper";

        adapter.Update(table).ShouldBe(1);

        table.Rows[0].HasErrors.ShouldBeTrue();
        connection.Ask("SELECT group_concat(name) FROM person").ShouldBe("Ada,Hopper");
    }

    [Test]
    public void Update_finds_rows_by_values_that_were_NULL()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        var (adapter, table) = Fill(connection, "SELECT * FROM person ORDER BY id");
        table.Rows[1]["age"] = 85;
        adapter.Update(table).ShouldBe(1);
        table.Rows[1]["age"] = DBNull.Value;

        adapter.Update(table).ShouldBe(1);

        connection.Ask("SELECT count(*) FROM person WHERE age IS NULL").ShouldBe(1L);
    }

    [Test]
    public void Names_with_quotes_and_keywords_are_quoted()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE \"odd table\"(\"select\" INTEGER PRIMARY KEY, \"a \"\"b\" TEXT, [c d] TEXT)");
        var (adapter, table) = Fill(connection, "SELECT * FROM \"odd table\"");
        table.Rows.Add(null, "x", "y");
        adapter.Update(table).ShouldBe(1);
        table.Rows[0]["a \"b"] = "z";

        adapter.Update(table).ShouldBe(1);

        connection.Ask("SELECT \"a \"\"b\" || [c d] FROM \"odd table\"").ShouldBe("zy");
    }

    [Test]
    public void Insert_leaves_the_id_to_SQLite_when_the_DataTable_made_one_up()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        using var adapter = new WalDbDataAdapter("SELECT * FROM person", connection) { MissingSchemaAction = MissingSchemaAction.AddWithKey };
        using var builder = new WalDbCommandBuilder(adapter);
        var table = new DataTable();
        adapter.Fill(table);
        var row = table.Rows.Add(null, "Hedy", 85);
        row["id"].ShouldBe(3L);
        connection.Run("INSERT INTO person VALUES (3, 'Mary', 70)");

        adapter.Update(table).ShouldBe(1);

        row["id"].ShouldBe(4L);
        connection.Ask("SELECT name FROM person WHERE id = 4").ShouldBe("Hedy");
    }

    [Test]
    public void Update_writes_to_the_attached_database_that_was_read()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        connection.Run($"ATTACH '{Path.Combine(database.Folder, "other.db")}' AS \"o x\"; CREATE TABLE \"o x\".person(id INTEGER PRIMARY KEY, name TEXT)");
        var (adapter, table) = Fill(connection, "SELECT * FROM \"o x\".person");
        table.Rows.Add(null, "there");

        adapter.Update(table);

        connection.Ask("SELECT name FROM \"o x\".person").ShouldBe("there");
    }

    [Test]
    public void Tables_without_rowid_and_with_keys_of_several_columns_are_written()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE k(a TEXT, b INTEGER, v REAL, PRIMARY KEY (a, b)) WITHOUT ROWID; INSERT INTO k VALUES ('x', 1, 0.1)");
        var (adapter, table) = Fill(connection, "SELECT * FROM k");
        table.Rows[0]["v"] = 0.2;
        table.Rows.Add("x", 2, 0.3);

        adapter.Update(table).ShouldBe(2);

        connection.Ask("SELECT group_concat(v) FROM k").ShouldBe("0.2,0.3");
    }

    [Test]
    public void Table_without_a_key_is_refused_for_updates_and_takes_its_rowid()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES ('a'), ('a')");
        using var builder = new WalDbCommandBuilder(new WalDbDataAdapter("SELECT * FROM t", connection));
        Should.Throw<InvalidOperationException>(builder.GetUpdateCommand);
        var (adapter, table) = Fill(connection, "SELECT rowid, * FROM t");
        table.Rows[1]["a"] = "b";
        var added = table.Rows.Add(null, "c");

        adapter.Update(table).ShouldBe(2);

        connection.Ask("SELECT group_concat(a) FROM t").ShouldBe("a,b,c");
        added["rowid"].ShouldBe(3L);
    }

    [Test]
    public void Commands_set_on_the_adapter_bring_the_id_back_too()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        using var adapter = new WalDbDataAdapter("SELECT * FROM person", connection);
        using var builder = new WalDbCommandBuilder(adapter);
        adapter.InsertCommand = builder.GetInsertCommand();
        var table = new DataTable();
        adapter.Fill(table);
        var rows = new[] { table.Rows.Add(null, "Hedy", 85), table.Rows.Add(null, "Mary", 70) };

        adapter.Update(table);

        rows.Select(row => row["id"]).ShouldBe([3L, 4L]);
    }

    [Test]
    public void Builder_lets_go_of_an_adapter_that_it_is_taken_from()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        using var adapter = new WalDbDataAdapter("SELECT * FROM person", connection);
        var builder = new WalDbCommandBuilder(adapter) { DataAdapter = null };
        var table = new DataTable();
        adapter.Fill(table);
        table.Rows.Add(null, "Hedy", 85);

        Should.Throw<InvalidOperationException>(() => adapter.Update(table));
        builder.DataAdapter.ShouldBeNull();
    }

    [Test]
    public void Update_reports_the_engines_error_and_leaves_the_row_changed()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        connection.Run("CREATE UNIQUE INDEX i ON person(name)");
        var (adapter, table) = Fill(connection, "SELECT * FROM person");
        table.Rows.Add(null, "Ada", 1);

        Should.Throw<SqliteException>(() => adapter.Update(table)).SqliteErrorCode.ShouldBe(19);

        table.Rows[2].RowState.ShouldBe(DataRowState.Added);
    }

    private static WalDbConnection Open(TestDatabase database)
    {
        var connection = database.Open();
        connection.Run(Person);
        return connection;
    }

    private static (WalDbDataAdapter Adapter, DataTable Table) Fill(WalDbConnection connection, string sql)
    {
        var adapter = new WalDbDataAdapter(sql, connection);
        // The adapter's event keeps it.
        _ = new WalDbCommandBuilder(adapter);
        var table = new DataTable();
        adapter.Fill(table);
        return (adapter, table);
    }
}
