using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>The code of docs/functions-and-events.md, and of the snapshots in docs/concurrency.md.</summary>
[TestFixture]
public sealed class FunctionAndEventSnippets
{
    [Test]
    public void Snapshot()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE account(id INTEGER PRIMARY KEY, balance); INSERT INTO account(balance) VALUES(1), (2)");
        var report = new List<object?>();

        // snippet: snapshot
        using (var snapshot = connection.BeginSnapshot())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM account";
            report.Add(command.ExecuteScalar());
            // Others write meanwhile; both answers are of one moment.
            command.CommandText = "SELECT sum(balance) FROM account";
            report.Add(command.ExecuteScalar());
        }
        // end

        report.ShouldBe([2L, 3L]);
    }

    [Test]
    public void Functions()
    {
        using var folder = new TempFolder();
        var connectionString = $"Data Source={folder.File()}";

        // snippet: builder-functions
        using var dataSource = new WalDbDataSourceBuilder(connectionString)
            .CreateFunction("reverse", (string text) => string.Concat(text.Reverse()), isDeterministic: true)
            .CreateAggregate("longest", "", (string best, string text) => text.Length > best.Length ? text : best, best => best)
            .CreateCollation("invariant", (one, other) => string.Compare(one, other, StringComparison.InvariantCultureIgnoreCase))
            .Build();
        // end

        using var connection = dataSource.OpenConnection();
        connection.Ask("SELECT reverse('abc')").ShouldBe("cba");
        connection.Ask("SELECT 'É' = 'é' COLLATE invariant").ShouldBe(1L);
        connection.Ask("SELECT longest(x) FROM (SELECT 'a' AS x UNION SELECT 'abc')").ShouldBe("abc");
    }

    [Test]
    public void Window_function()
    {
        using var connection = new WalDbConnection("Data Source=:memory:");
        connection.Open();
        connection.Run("CREATE TABLE growth(day, factor); INSERT INTO growth VALUES(1, 2), (2, 3), (3, 5), (4, 7)");
        using var command = connection.CreateCommand();

        // snippet: window-function
        connection.CreateWindowFunction(
            "product", 1.0, (double all, double value) => all * value, (all, value) => all / value, all => all);
        command.CommandText = "SELECT product(factor) OVER (ORDER BY day ROWS 2 PRECEDING) FROM growth";
        // end

        var products = new List<double>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
            products.Add(reader.GetDouble(0));
        products.ShouldBe([2, 6, 30, 105]);
    }

    [Test]
    public void Changes()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE account(id INTEGER PRIMARY KEY, balance)");
        var log = new List<string>();

        // snippet: changed
        connection.Changed += (sender, change) => log.Add($"{change.Kind} {change.Table} {change.RowId}");
        using (var transaction = connection.BeginTransaction())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO account(balance) VALUES(100)";
            command.ExecuteNonQuery();
            transaction.Commit();
        }
        // end

        log.ShouldBe(["Insert account 1"]);
    }

    [Test]
    public void Changes_of_a_data_source()
    {
        using var database = new TestDatabase();
        using (var setUp = database.Open())
            setUp.Run("CREATE TABLE account(id INTEGER PRIMARY KEY, balance); INSERT INTO account VALUES(1, 2)");
        var dataSource = database.Source;
        var cache = new System.Collections.Concurrent.ConcurrentDictionary<long, string> { [1] = "two" };

        // snippet: source-changed
        dataSource.Changed += (sender, change) =>
        {
            if (change.Table != "account")
            {
                return;
            }

            if (change.RowId is { } id)
            {
                cache.TryRemove(id, out _);
            }
            else
            {
                // ChangeKind.Many: more rows than are told one by one.
                cache.Clear();
            }
        };
        // end

        using var connection = database.Open();
        connection.Run("UPDATE account SET balance = 3");
        cache.ShouldBeEmpty();
    }
}
