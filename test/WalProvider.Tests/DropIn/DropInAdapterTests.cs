using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Ordinary code over the base classes of ADO.NET: a DataSet is filled, edited as in a grid, and written back.</summary>
[TestFixture]
public sealed class DropInAdapterTests
{
    private const string Schema =
        """
        CREATE TABLE customer(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, born DATETIME, code UNIQUEIDENTIFIER,
            credit DECIMAL(12,2), active BOOLEAN, photo BLOB, score REAL);
        CREATE TABLE invoice(id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer, total NUMERIC);
        """;

    private static readonly object[] Ada =
    [
        1L, "Ada", new DateTime(1815, 12, 10, 8, 30, 0), Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), 12.50m, true, new byte[] { 0, 255 }, 0.1,
    ];

    [Test]
    public void Types_come_back_as_they_were_written([Values("", "Write Batch Size=10")] string keywords, [Values] bool isTransaction)
    {
        using var database = new TestDatabase(keywords);
        using var connection = Open(database);
        using var transaction = isTransaction ? connection.BeginTransaction() : null;
        var (adapter, table) = Fill(connection, "SELECT * FROM customer");
        table.Columns.Cast<DataColumn>().Select(column => column.DataType).ShouldBe(
            [typeof(long), typeof(string), typeof(DateTime), typeof(Guid), typeof(decimal), typeof(bool), typeof(byte[]), typeof(double)]);
        table.Rows.Add([null, .. Ada[1..]]);
        table.Rows.Add(null, "Grace");

        adapter.Update(table).ShouldBe(2);
        transaction?.Commit();

        var (_, read) = Fill(connection, "SELECT * FROM customer ORDER BY id");
        read.Rows[0].ItemArray.ShouldBe(Ada);
        read.Rows[1].ItemArray.ShouldBe([2L, "Grace", .. Enumerable.Repeat(DBNull.Value, 6)]);
        connection.Ask("SELECT typeof(born) || typeof(code) || typeof(credit) || typeof(active) || typeof(photo) FROM customer WHERE id = 1")
            .ShouldBe("texttextrealintegerblob");
    }

    [Test]
    public void Rows_of_every_type_are_changed_and_deleted_by_their_original_values([Values("", "Write Batch Size=10")] string keywords)
    {
        using var database = new TestDatabase(keywords);
        using var connection = Open(database);
        var (adapter, table) = Fill(connection, "SELECT * FROM customer");
        table.Rows.Add([null, .. Ada[1..]]);
        adapter.Update(table);
        var row = table.Rows[0];
        row["born"] = new DateTime(1816, 1, 1);
        row["code"] = Guid.Empty;
        row["credit"] = 0.30m;
        row["active"] = false;
        row["photo"] = new byte[] { 7 };
        row["score"] = 1.0 / 3;
        adapter.Update(table).ShouldBe(1);
        row["name"] = "Augusta";
        adapter.Update(table).ShouldBe(1);
        row.Delete();

        adapter.Update(table).ShouldBe(1);

        connection.Ask("SELECT count(*) FROM customer").ShouldBe(0L);
    }

    [Test]
    public void Transaction_that_is_rolled_back_leaves_the_database_as_it_was()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        var (adapter, table) = Fill(connection, "SELECT * FROM customer");
        table.Rows.Add([null, .. Ada[1..]]);
        using (var transaction = connection.BeginTransaction())
        {
            adapter.Update(table.Select()).ShouldBe(1);
            transaction.Rollback();
        }

        connection.Ask("SELECT count(*) FROM customer").ShouldBe(0L);
    }

    [Test]
    public void Parents_new_id_reaches_the_children_of_a_relation()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        connection.Run("INSERT INTO customer(name) VALUES ('first'); DELETE FROM customer");
        var set = new DataSet();
        var customers = Fill(connection, "SELECT id, name FROM customer", set, "customer");
        var invoices = Fill(connection, "SELECT * FROM invoice", set, "invoice");
        set.Relations.Add("of", set.Tables["customer"]!.Columns["id"]!, set.Tables["invoice"]!.Columns["customer"]!);
        var customer = set.Tables["customer"]!.Rows.Add(null, "Ada");
        set.Tables["invoice"]!.Rows.Add(null, customer["id"], 9.90m);

        customers.Update(set, "customer");
        invoices.Update(set, "invoice");

        customer["id"].ShouldBe(2L);
        connection.Ask("SELECT customer || ':' || total FROM invoice").ShouldBe("2:9.9");
        set.HasChanges().ShouldBeFalse();
    }

    [Test]
    public void Conflict_is_seen_between_two_users_and_mended_by_reading_again()
    {
        using var database = new TestDatabase();
        using var mine = Open(database);
        mine.Run("INSERT INTO customer(name, credit) VALUES ('Ada', 1)");
        using var theirs = database.Open();
        var (myAdapter, my) = Fill(mine, "SELECT * FROM customer", MissingSchemaAction.AddWithKey);
        var (theirAdapter, their) = Fill(theirs, "SELECT * FROM customer", MissingSchemaAction.AddWithKey);
        their.Rows[0]["credit"] = 2m;
        theirAdapter.Update(their).ShouldBe(1);
        my.Rows[0]["name"] = "Augusta";
        Should.Throw<DBConcurrencyException>(() => myAdapter.Update(my)).RowCount.ShouldBe(1);

        my.RejectChanges();
        myAdapter.Fill(my);
        my.Rows.Count.ShouldBe(1);
        my.Rows[0]["name"] = "Augusta";
        myAdapter.Update(my).ShouldBe(1);

        mine.Ask("SELECT name || credit FROM customer").ShouldBe("Augusta2");
    }

    [Test]
    public void Commands_of_System_Data_SQLite_programs_read_the_id_with_a_second_statement()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        using var adapter = new WalDbDataAdapter("SELECT id, name FROM customer", (WalDbConnection)connection)
        {
            InsertCommand = new WalDbCommand("INSERT INTO customer(name) VALUES ($name); SELECT last_insert_rowid() AS id", (WalDbConnection)connection)
            {
                UpdatedRowSource = UpdateRowSource.FirstReturnedRecord,
            },
        };
        adapter.InsertCommand.Parameters.Add("$name", SqliteType.Text, -1, "name");
        var table = new DataTable();
        adapter.Fill(table);
        var row = table.Rows.Add(null, "Ada");

        adapter.Update(table).ShouldBe(1);

        row["id"].ShouldBe(1L);
    }

    private static DbConnection Open(TestDatabase database)
    {
        var connection = database.Open();
        connection.Run(Schema);
        return connection;
    }

    private static DbDataAdapter Adapter(DbConnection connection, string sql)
    {
        var factory = DbProviderFactories.GetFactory(connection)!;
        var adapter = factory.CreateDataAdapter()!;
        adapter.SelectCommand = connection.CreateCommand();
        adapter.SelectCommand.CommandText = sql;
        factory.CreateCommandBuilder()!.DataAdapter = adapter;
        return adapter;
    }

    private static (DbDataAdapter Adapter, DataTable Table) Fill(
        DbConnection connection, string sql, MissingSchemaAction action = MissingSchemaAction.Add)
    {
        var adapter = Adapter(connection, sql);
        adapter.MissingSchemaAction = action;
        var table = new DataTable();
        adapter.Fill(table);
        return (adapter, table);
    }

    private static DbDataAdapter Fill(DbConnection connection, string sql, DataSet set, string table)
    {
        var adapter = Adapter(connection, sql);
        adapter.MissingSchemaAction = MissingSchemaAction.AddWithKey;
        adapter.Fill(set, table);
        return adapter;
    }
}
