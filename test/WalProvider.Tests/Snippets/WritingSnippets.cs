using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>The code of docs/concurrency.md, docs/batching.md, docs/many-databases.md and docs/errors.md.</summary>
[TestFixture]
public sealed class WritingSnippets
{
    [Test]
    public async Task Transaction_that_reads_and_writes()
    {
        using var database = new TestDatabase();
        using var connection = WithAccounts(database);

        // snippet: in-transaction
        await connection.InTransactionAsync(async transaction =>
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE account SET balance = balance - 10 WHERE id = 1";
            await command.ExecuteNonQueryAsync();
            command.CommandText = "UPDATE account SET balance = balance + 10 WHERE id = 2";
            await command.ExecuteNonQueryAsync();
        });
        // end

        connection.Ask("SELECT group_concat(balance) FROM account").ShouldBe("90,110");
    }

    [Test]
    public async Task Queue()
    {
        using var database = new TestDatabase();
        using var connection = WithAccounts(database);
        var dataSource = database.Source;

        // snippet: write-queue
        await using var queue = dataSource.CreateWriteQueue();
        var id = await queue.WriteAsync(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO account(balance) VALUES(0) RETURNING id";
            return (long)command.ExecuteScalar()!;
        });
        // end

        id.ShouldBe(3);
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Ask("SELECT count(*) FROM account").ShouldBe(3L);
    }

    [Test]
    public async Task Data_sources()
    {
        using var temporary = new TempFolder();
        var (folder, tenant) = (temporary.Path, 17);

        // snippet: data-sources
        await using var tenants = new WalDbDataSources("Max Open Sessions=200;Max Pool Size=4;Cache Size=-8000");

        await using var connection = await tenants.GetOrAddPath(Path.Combine(folder, $"{tenant}.db")).OpenConnectionAsync();
        // end

        connection.Ask("PRAGMA cache_size").ShouldBe(-8000L);
        tenants.Count.ShouldBe(1);
    }

    [Test]
    public void Batching()
    {
        using var database = new TestDatabase();
        using (WithAccounts(database))
        {
        }

        var path = database.File;

        // snippet: batching
        using var connection = new WalDbConnection($"Data Source={path};Write Batch Size=5000;Write Batch Interval=1000");
        connection.Open();
        for (var row = 0; row < 12_000; row++)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO account(balance) VALUES(@balance)";
            command.Parameters.AddWithValue("@balance", row);
            command.ExecuteNonQuery();
        }

        connection.CommitBatch();
        // end

        using var elsewhere = database.OpenElsewhere();
        elsewhere.Ask("SELECT count(*) FROM account").ShouldBe(12_002L);
    }

    [Test]
    public void Unit()
    {
        using var database = new TestDatabase("Write Batch Size=100");
        using var connection = WithAccounts(database);
        var (from, to) = (1, 2);

        // snippet: batch-unit
        using (var unit = connection.BeginBatchUnit())
        {
            Move(from, -10);
            Move(to, +10);
            unit.Complete();
        }
        // end

        connection.Ask("SELECT group_concat(balance) FROM account").ShouldBe("90,110");

        void Move(int id, int amount) => connection.Run($"UPDATE account SET balance = balance + {amount} WHERE id = {id}");
    }

    [Test]
    public void Filters_of_existing_code()
    {
        using var database = new TestDatabase("Busy Timeout=0");
        using var holder = WithAccounts(database);
        using var connection = database.Open();
        using var transaction = holder.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM account";
        var told = "";

        // snippet: catch-busy
        try
        {
            command.ExecuteNonQuery();
        }
        catch (WriteGateTimeoutException error)
        {
            // This process: the message names who holds the gate, for how long, and its last SQL.
            told = error.Message;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == 5)
        {
            // Another process. Existing code that filters by the code catches both.
            told = error.Message;
        }
        // end

        told.ShouldContain("last SQL");
    }

    private static WalDbConnection WithAccounts(TestDatabase database)
    {
        var connection = database.Open();
        connection.Run("CREATE TABLE account(id INTEGER PRIMARY KEY, balance); INSERT INTO account(balance) VALUES(100), (100)");
        connection.CommitBatch();
        return connection;
    }
}
