using NUnit.Framework;
using Shouldly;

// snippet: aliases
using SqliteBlob = WalProvider.WalDbBlob;
using SqliteCommand = WalProvider.WalDbCommand;
using SqliteConnection = WalProvider.WalDbConnection;
using SqliteConnectionStringBuilder = WalProvider.WalDbConnectionStringBuilder;
using SqliteDataReader = WalProvider.WalDbDataReader;
using SqliteFactory = WalProvider.WalDbProviderFactory;
using SqliteTransaction = WalProvider.WalDbTransaction;
// end

namespace WalProvider.Tests.Snippets;

/// <summary>Ordinary code of the wrapped provider, under the aliases of README.md.</summary>
public class AliasTests
{
    [Test]
    public void Code_of_the_wrapped_provider_compiles_and_runs_under_the_aliases()
    {
        using var folder = new TempFolder();
        var text = new SqliteConnectionStringBuilder { DataSource = folder.File("app.db"), Pooling = false }.ToString();
        using var connection = new SqliteConnection(text);
        connection.Open();
        new SqliteCommand("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)", connection).ExecuteNonQuery();

        using (SqliteTransaction transaction = connection.BeginTransaction())
        {
            using SqliteCommand insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO people (name) VALUES ($name)";
            insert.Parameters.AddWithValue("$name", "Ann");
            insert.ExecuteNonQuery();
            transaction.Commit();
        }

        using SqliteDataReader reader = new SqliteCommand("SELECT name FROM people", connection).ExecuteReader();
        reader.Read().ShouldBeTrue();
        reader.GetString(0).ShouldBe("Ann");
        using var blob = new SqliteBlob(connection, "people", "name", 1, readOnly: true);
        blob.Length.ShouldBe(3);
        SqliteFactory.Instance.CreateConnection().ShouldBeOfType<SqliteConnection>();
    }
}
