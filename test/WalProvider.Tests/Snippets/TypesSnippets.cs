using NUnit.Framework;
using Shouldly;
using WalProvider.Tests.Blobs;

namespace WalProvider.Tests;

/// <summary>The code of docs/types.md.</summary>
[TestFixture]
public sealed class TypesSnippets
{
    [Test]
    public void Kind_of_dates()
    {
        using var folder = new TempFolder();
        var path = folder.File();
        using (var create = new WalDbConnection($"Data Source={path};Pooling=False"))
        {
            create.Open();
            create.Run("CREATE TABLE visit(at)");
        }

        var moment = new DateTime(2024, 2, 29, 13, 14, 15, DateTimeKind.Utc);

        // snippet: datetime-kind
        using var connection = new WalDbConnection($"Data Source={path};DateTime Kind=Utc");
        connection.Open();
        using var insert = new WalDbCommand("INSERT INTO visit(at) VALUES ($at)", connection);
        insert.Parameters.AddWithValue("$at", moment.ToLocalTime());
        insert.ExecuteNonQuery();

        using var select = new WalDbCommand("SELECT at FROM visit", connection);
        using var reader = select.ExecuteReader();
        reader.Read();
        var at = reader.GetDateTime(0);
        // end

        at.ShouldBe(moment);
        at.Kind.ShouldBe(DateTimeKind.Utc);
        reader.GetString(0).ShouldBe("2024-02-29 13:14:15");
        reader.Close();
        WalDbConnection.ClearPool(connection);
    }

    [Test]
    public void Part_of_a_value_is_written_in_place()
    {
        using var database = new TestDatabase();
        using var connection = WithDocument(database);
        var id = 1L;

        // snippet: open-blob
        using (var blob = connection.OpenBlob("document", "content", id))
        {
            blob.Seek(-4, SeekOrigin.End);
            blob.Write([1, 2, 3, 4]);
        }
        // end

        connection.Ask("SELECT hex(content) FROM document").ShouldBe("000001020304");
    }

    [Test]
    public async Task Value_goes_in_and_out_in_pieces()
    {
        using var database = new TestDatabase();
        using var connection = WithDocument(database);
        var id = 1L;
        using var source = new PatternStream(1000);
        using var destination = new HashingSink();

        // snippet: stream-blob
        await connection.WriteBlobAsync("document", "content", id, source);
        await connection.ReadBlobToAsync("document", "content", id, destination);
        // end

        destination.Hash.ShouldBe(PatternStream.HashOf(1000));
    }

    [Test]
    public async Task Stream_as_a_parameter()
    {
        using var database = new TestDatabase();
        using var connection = WithDocument(database);
        using var source = new PatternStream(1000);

        // snippet: stream-parameter
        using var insert = new WalDbCommand("INSERT INTO document(name, content) VALUES ($name, $content)", connection);
        insert.Parameters.AddWithValue("$name", "report.pdf");
        insert.Parameters.AddWithValue("$content", source);
        await insert.ExecuteNonQueryAsync();
        // end

        connection.Ask("SELECT length(content) FROM document WHERE name = 'report.pdf'").ShouldBe(1000L);
    }

    private static WalDbConnection WithDocument(TestDatabase database)
    {
        var connection = database.Open();
        connection.Run("CREATE TABLE document(id INTEGER PRIMARY KEY, name, content); INSERT INTO document VALUES (1, 'first', zeroblob(6))");
        return connection;
    }
}
