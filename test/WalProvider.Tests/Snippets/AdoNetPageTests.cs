using System.Data;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>The code of docs/adonet.md.</summary>
[TestFixture]
public sealed class AdoNetPageTests
{
    [Test]
    public void Fill_edit_and_update()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT, born DATETIME); INSERT INTO person(name) VALUES ('Ada'), ('Grace')");

        // snippet: adapter
        using var adapter = new WalDbDataAdapter("SELECT * FROM person", connection);
        using var builder = new WalDbCommandBuilder(adapter);

        var people = new DataTable();
        adapter.Fill(people);

        people.Rows[0]["born"] = new DateTime(1815, 12, 10);
        people.Rows[1].Delete();
        var added = people.Rows.Add(null, "Hedy", new DateTime(1914, 11, 9));

        using var transaction = connection.BeginTransaction();
        adapter.Update(people);
        transaction.Commit();
        // end

        added["id"].ShouldBe(2L);
        connection.Ask("SELECT group_concat(name || born) FROM person").ShouldBe("Ada1815-12-10 00:00:00,Hedy1914-11-09 00:00:00");
    }

    [Test]
    public async Task Schema_is_read()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT)");

        // snippet: schema
        var tables = connection.GetSchema("Tables");
        var columns = await connection.GetSchemaAsync("Columns", [null, null, "person"]);
        // end

        tables.Rows[0]["TABLE_NAME"].ShouldBe("person");
        columns.Rows.Count.ShouldBe(2);
    }
}
