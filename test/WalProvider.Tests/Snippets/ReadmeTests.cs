using System.Data.Common;
using Dapper;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Snippets;

/// <summary>The code of README.md.</summary>
public class ReadmeTests
{
    [Test]
    public void Ado_net_reads_what_it_wrote()
    {
        using var folder = new TempFolder();
        var connectionString = $"Data Source={folder.File("app.db")};Pooling=False";
        Create(connectionString);

        // snippet: ado-net
        using var connection = new WalDbConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO people (name) VALUES ($name) RETURNING id";
        command.Parameters.AddWithValue("$name", "Ann");
        var id = (long)command.ExecuteScalar()!;
        // end

        id.ShouldBe(1);
    }

    [Test]
    public void Dapper_is_unchanged()
    {
        using var folder = new TempFolder();
        var connectionString = $"Data Source={folder.File("app.db")};Pooling=False";
        Create(connectionString);

        // snippet: dapper
        using var connection = new WalDbConnection(connectionString);
        connection.Execute("INSERT INTO people (name) VALUES (@Name)", new { Name = "Ann" });
        var names = connection.Query<string>("SELECT name FROM people");
        // end

        names.ShouldBe(["Ann"]);
    }

    [Test]
    public void Factory_is_all_that_code_needs_to_know()
    {
        using var folder = new TempFolder();
        var connectionString = $"Data Source={folder.File("app.db")};Pooling=False";

        // snippet: factory
        DbProviderFactories.RegisterFactory("WalProvider", WalDbProviderFactory.Instance);

        var factory = DbProviderFactories.GetFactory("WalProvider");
        using var connection = factory.CreateConnection()!;
        connection.ConnectionString = connectionString;
        connection.Open();
        // end

        connection.ShouldBeOfType<WalDbConnection>();
    }

    [Test]
    public void Batch_commits_when_the_connection_closes()
    {
        using var folder = new TempFolder();
        var path = folder.File("app.db");
        var people = Enumerable.Range(0, 12_000).Select(n => new { Name = $"name {n}" }).ToArray();
        Create($"Data Source={path};Pooling=False");

        // snippet: batch
        using (var connection = new WalDbConnection($"Data Source={path};Write Batch Size=5000"))
        {
            foreach (var person in people)
                connection.Execute("INSERT INTO people (name) VALUES (@Name)", person);
        }
        // end

        WorkerProcess.Run("count", path, "people").ShouldBe("12000");
        WalDbConnection.ClearPool(new WalDbConnection($"Data Source={path};Write Batch Size=5000"));
    }

    [Test]
    public void Main_file_holds_everything_after_a_checkpoint_before_fork()
    {
        using var folder = new TempFolder();
        using var connection = new WalDbConnection($"Data Source={folder.File("app.db")};Pooling=False;Write Batch Size=5000");
        connection.Open();
        connection.Execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)");

        // snippet: checkpoint
        connection.Execute("INSERT INTO people (name) VALUES ('Ann')");
        connection.CheckpointBeforeFork(TimeSpan.FromSeconds(10));
        // end

        WorkerProcess.Run("count-immutable", folder.File("app.db"), "people").ShouldBe("1");
    }

    [Test]
    public void Backup_is_a_database_by_itself()
    {
        using var folder = new TempFolder();
        var path = folder.File("app.bak");
        using var connection = new WalDbConnection($"Data Source={folder.File("app.db")};Pooling=False");
        connection.Open();
        connection.Execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)");

        // snippet: backup
        var backup = connection.BackupTo(path);
        Console.WriteLine($"{backup.Bytes} bytes, SHA-256 {backup.Sha256}");
        // end

        WorkerProcess.Run("count", path, "people").ShouldBe("0");
    }

    private static void Create(string connectionString)
    {
        using var connection = new WalDbConnection(connectionString);
        connection.Execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)");
    }
}
