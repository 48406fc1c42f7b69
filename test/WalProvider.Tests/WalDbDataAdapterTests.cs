using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalDbDataAdapterTests
{
    [Test]
    public void Fill_opens_and_closes_a_connection_that_is_closed()
    {
        using var database = new TestDatabase();
        using (var connection = database.OpenWithTable())
            connection.Run("INSERT INTO t VALUES (1), (2)");
        using var adapter = new WalDbDataAdapter("SELECT a FROM t", database.ConnectionString);
        var table = new DataTable();

        adapter.Fill(table).ShouldBe(2);

        table.Columns["a"]!.DataType.ShouldBe(typeof(long));
        adapter.SelectCommand!.Connection!.State.ShouldBe(ConnectionState.Closed);
        WalDbConnection.ClearPool(adapter.SelectCommand.Connection);
    }

    [Test]
    public void Constructors_set_the_command()
    {
        using var connection = new WalDbConnection();
        using var command = new WalDbCommand("SELECT 1");

        new WalDbDataAdapter().SelectCommand.ShouldBeNull();
        new WalDbDataAdapter(command).SelectCommand.ShouldBeSameAs(command);
        new WalDbDataAdapter("SELECT 2", connection).SelectCommand!.Connection.ShouldBeSameAs(connection);
        new WalDbDataAdapter("SELECT 3", "Data Source=x").SelectCommand!.CommandText.ShouldBe("SELECT 3");
    }

    [Test]
    public void Fill_fills_a_table_for_each_result()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var adapter = new WalDbDataAdapter("SELECT 1 AS a; SELECT 'x' AS b UNION ALL SELECT 'y'; SELECT 2.5 AS c", connection);
        var set = new DataSet();

        adapter.Fill(set, "r").ShouldBe(1);

        set.Tables.Cast<DataTable>().Select(table => table.TableName).ShouldBe(["r", "r1", "r2"]);
        set.Tables["r1"]!.Rows.Cast<DataRow>().Select(row => row["b"]).ShouldBe(["x", "y"]);
        set.Tables["r2"]!.Rows[0]["c"].ShouldBe(2.5);
    }

    [Test]
    public void Fill_takes_a_page_of_the_rows()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var adapter = new WalDbDataAdapter("VALUES (1), (2), (3), (4)", connection);
        var set = new DataSet();
        var table = new DataTable();

        adapter.Fill(set, 1, 2, "r").ShouldBe(2);
        adapter.Fill(2, 5, table).ShouldBe(2);

        set.Tables["r"]!.Rows.Cast<DataRow>().Select(row => row[0]).ShouldBe([2L, 3L]);
        table.Rows.Cast<DataRow>().Select(row => row[0]).ShouldBe([3L, 4L]);
    }

    [Test]
    public void Fill_keeps_what_a_column_holds_when_its_values_are_of_several_types()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES (1), (1.5), ('x'), (x'00'), (NULL)");
        using var adapter = new WalDbDataAdapter("SELECT a FROM t", connection);
        var table = new DataTable();

        adapter.Fill(table);

        table.Rows.Cast<DataRow>().Select(row => row[0]).ShouldBe([1L, 1.5, "x", new byte[] { 0 }, DBNull.Value]);
    }

    [Test]
    public void Fill_refuses_to_round_into_a_column_that_is_there()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var adapter = new WalDbDataAdapter("SELECT 1.5 AS a", connection);
        var table = new DataTable { Columns = { { "a", typeof(int) } } };

        Should.Throw<InvalidCastException>(() => adapter.Fill(table)).Message.ShouldContain("1.5");
    }

    [Test]
    public void Fill_converts_to_the_columns_that_are_there()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        var time = new DateTimeOffset(2024, 2, 29, 12, 30, 0, TimeSpan.FromHours(2));
        var guid = Guid.NewGuid();
        command.CommandText = "SELECT $time AS time, $guid AS guid, '1.10' AS money, 1 AS yes, $span AS span, '2024-02-29' AS day, NULL AS none";
        command.Parameters.AddWithValue("$time", time);
        command.Parameters.AddWithValue("$guid", guid.ToByteArray());
        command.Parameters.AddWithValue("$span", TimeSpan.FromMinutes(90));
        var table = new DataTable
        {
            Columns =
            {
                { "time", typeof(DateTimeOffset) }, { "guid", typeof(Guid) }, { "money", typeof(decimal) }, { "yes", typeof(bool) },
                { "span", typeof(TimeSpan) }, { "day", typeof(DateTime) }, { "none", typeof(int) },
            },
        };

        new WalDbDataAdapter(command).Fill(table);

        table.Rows[0].ItemArray.ShouldBe([time, guid, 1.10m, true, TimeSpan.FromMinutes(90), new DateTime(2024, 2, 29), DBNull.Value]);
    }

    [Test]
    public void Fill_goes_by_the_mappings_when_there_are_any()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var adapter = new WalDbDataAdapter("SELECT '2024-02-29' AS d, 1 AS n", connection);
        adapter.TableMappings.Add("Table", "Mapped").ColumnMappings.Add("d", "Day");
        var set = new DataSet { Tables = { new DataTable("Mapped") { Columns = { { "Day", typeof(DateTime) } } } } };

        adapter.Fill(set);

        set.Tables["Mapped"]!.Rows[0]["Day"].ShouldBe(new DateTime(2024, 2, 29));
        set.Tables["Mapped"]!.Rows[0]["n"].ShouldBe(1L);
    }

    [Test]
    public void FillSchema_sets_keys_types_and_read_only_columns()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE p(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, price DECIMAL(10,2), twice AS (price * 2))");
        using var adapter = new WalDbDataAdapter("SELECT * FROM p", connection);
        var table = new DataTable();

        adapter.FillSchema(table, SchemaType.Source);

        table.PrimaryKey.ShouldBe([table.Columns["id"]!]);
        table.Columns["id"]!.AutoIncrement.ShouldBeTrue();
        table.Columns["name"]!.AllowDBNull.ShouldBeFalse();
        table.Columns["name"]!.Unique.ShouldBeTrue();
        table.Columns["price"]!.DataType.ShouldBe(typeof(decimal));
        table.Columns["twice"]!.ReadOnly.ShouldBeTrue();
        table.Rows.Count.ShouldBe(0);
    }

    [Test]
    public void FillSchema_finds_the_types_of_all_rows()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES (1), (2), (2.5)");
        using var adapter = new WalDbDataAdapter("SELECT a FROM t", connection);
        var table = new DataTable();

        adapter.FillSchema(table, SchemaType.Mapped);
        adapter.Fill(table);

        table.Rows.Cast<DataRow>().Select(row => row[0]).ShouldBe([1.0, 2.0, 2.5]);
    }

    [Test]
    public void Fill_with_keys_updates_rows_that_are_there()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE k(id INTEGER PRIMARY KEY, v TEXT); INSERT INTO k VALUES (1, 'a'), (2, 'b')");
        using var adapter = new WalDbDataAdapter("SELECT * FROM k", connection) { MissingSchemaAction = MissingSchemaAction.AddWithKey };
        var table = new DataTable();
        adapter.Fill(table);
        connection.Run("UPDATE k SET v = 'c' WHERE id = 2");

        adapter.Fill(table);

        table.Rows.Count.ShouldBe(2);
        table.Rows.Find(2L)!["v"].ShouldBe("c");
    }

    [Test]
    public void Update_with_own_commands_uses_original_and_current_values()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE k(id INTEGER, v TEXT); INSERT INTO k VALUES (1, 'a')");
        using var adapter = new WalDbDataAdapter("SELECT * FROM k", connection)
        {
            UpdateCommand = new WalDbCommand("UPDATE k SET id = $id, v = $v WHERE id = $old", connection),
        };
        adapter.UpdateCommand.Parameters.Add("$id", SqliteType.Integer, 0, "id");
        adapter.UpdateCommand.Parameters.Add("$v", SqliteType.Text, -1, "v");
        var old = adapter.UpdateCommand.Parameters.Add("$old", SqliteType.Integer, 0, "id");
        old.SourceVersion = DataRowVersion.Original;
        var table = new DataTable();
        adapter.Fill(table);
        table.Rows[0]["id"] = 7L;
        table.Rows[0]["v"] = "b";

        adapter.Update(table).ShouldBe(1);

        connection.Ask("SELECT id || v FROM k").ShouldBe("7b");
        table.GetChanges().ShouldBeNull();
    }

    [Test]
    public void Update_raises_typed_events_for_each_row()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var adapter = new WalDbDataAdapter("SELECT rowid, a FROM t", connection);
        using var builder = new WalDbCommandBuilder(adapter);
        var seen = new List<string>();
        adapter.RowUpdating += (_, e) => seen.Add($"updating {e.StatementType} {e.Command is not null}");
        adapter.RowUpdated += (sender, e) => seen.Add($"updated {e.Command!.CommandText[..6]} {e.RecordsAffected} {ReferenceEquals(sender, adapter)}");
        var table = new DataTable();
        adapter.Fill(table);
        table.Rows.Add(null, 1);

        adapter.Update(table);

        seen.ShouldBe(["updating Insert True", "updated INSERT 1 True"]);
    }

    [Test]
    public void Update_skips_a_row_when_the_handler_says_so()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var adapter = new WalDbDataAdapter("SELECT rowid, a FROM t", connection);
        using var builder = new WalDbCommandBuilder(adapter);
        adapter.RowUpdating += (_, e) => e.Status = e.Row["a"] is 1L ? UpdateStatus.SkipCurrentRow : UpdateStatus.Continue;
        var table = new DataTable();
        adapter.Fill(table);
        table.Columns["a"]!.DataType.ShouldBe(typeof(object));
        table.Rows.Add(null, 1L);
        table.Rows.Add(null, 2L);

        adapter.Update(table).ShouldBe(1);

        connection.Ask("SELECT group_concat(a) FROM t").ShouldBe("2");
    }

    [Test]
    public void UpdateBatchSize_is_one()
    {
        using var adapter = new WalDbDataAdapter();

        adapter.UpdateBatchSize = 1;
        adapter.UpdateBatchSize.ShouldBe(1);
        Should.Throw<NotSupportedException>(() => adapter.UpdateBatchSize = 10).Message.ShouldContain("Write Batch Size");
    }

    [Test]
    public void Factory_makes_adapter_and_builder()
    {
        DbProviderFactory factory = WalDbProviderFactory.Instance;

        factory.CanCreateDataAdapter.ShouldBeTrue();
        factory.CanCreateCommandBuilder.ShouldBeTrue();
        factory.CreateDataAdapter().ShouldBeOfType<WalDbDataAdapter>();
        factory.CreateCommandBuilder().ShouldBeOfType<WalDbCommandBuilder>();
        factory.CreateParameter()!.SourceVersion.ShouldBe(DataRowVersion.Current);
    }
}
