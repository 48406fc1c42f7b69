using NUnit.Framework;
using Shouldly;
using SqliteBlob = WalProvider.WalDbBlob;
using SqliteConnection = WalProvider.WalDbConnection;
using SqliteDataReader = WalProvider.WalDbDataReader;

namespace WalProvider.Tests;

/// <summary>Ordinary code that copies databases and streams blobs.</summary>
[TestFixture]
public sealed class DropInBackupTests
{
    [Test]
    public void BackupDatabase_copies_a_database_into_a_file_and_back_into_memory()
    {
        using var folder = new TempFolder();
        using (var source = new SqliteConnection("Data Source=:memory:"))
        {
            source.Open();
            Execute(source, "CREATE TABLE t(a); INSERT INTO t VALUES (1), (2)");
            using var file = new SqliteConnection($"Data Source={folder.File()}");
            source.BackupDatabase(file);
            SqliteConnection.ClearPool(file);
        }

        using var onDisk = new SqliteConnection($"Data Source={folder.File()};Mode=ReadOnly");
        using var memory = new SqliteConnection("Data Source=:memory:");
        onDisk.Open();
        memory.Open();
        onDisk.BackupDatabase(memory, "main", "main");
        using var command = memory.CreateCommand();
        command.CommandText = "SELECT sum(a) FROM t";
        command.ExecuteScalar().ShouldBe(3L);
        SqliteConnection.ClearPool(onDisk);
    }

    [Test]
    public void Blob_is_written_and_read_as_a_stream()
    {
        using var folder = new TempFolder();
        using var connection = new SqliteConnection($"Data Source={folder.File()}");
        connection.Open();
        Execute(connection, "CREATE TABLE b(id INTEGER PRIMARY KEY, x BLOB); INSERT INTO b(x) VALUES (zeroblob(100000))");
        var content = Enumerable.Range(0, 100_000).Select(i => (byte)i).ToArray();
        using (var target = new SqliteBlob(connection, "b", "x", 1))
            target.Write(content, 0, content.Length);

        using var command = connection.CreateCommand();
        command.CommandText = "SELECT x, id FROM b";
        using (SqliteDataReader reader = command.ExecuteReader())
        {
            reader.Read().ShouldBeTrue();
            using var stream = reader.GetStream(0);
            stream.ShouldBeOfType<SqliteBlob>();
            using var read = new MemoryStream();
            stream.CopyTo(read);
            read.ToArray().ShouldBe(content);
        }

        SqliteConnection.ClearPool(connection);
    }

    [Test]
    public void Attached_databases_are_queried_together()
    {
        using var folder = new TempFolder();
        using var connection = new SqliteConnection($"Data Source={folder.File()}");
        connection.Open();
        Execute(connection, $"ATTACH '{folder.File("other.db")}' AS other; CREATE TABLE main.t(a); CREATE TABLE other.u(a)");
        Execute(connection, "INSERT INTO t VALUES (1); INSERT INTO other.u VALUES (2)");
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT t.a + u.a FROM t, u";
        command.ExecuteScalar().ShouldBe(3L);
        SqliteConnection.ClearPool(connection);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
