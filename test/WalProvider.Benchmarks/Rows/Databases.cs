using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WalProvider.Benchmarks;

/// <summary>Opens a database by each provider, with the same pragmas, and makes the table that all rows use.</summary>
internal static class Databases
{
    /// <summary>What the Balanced profile sets, as a user of the wrapped provider would type it.</summary>
    public const string Pragmas =
        """
        PRAGMA busy_timeout=30000;
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=NORMAL;
        PRAGMA cache_size=-64000;
        PRAGMA foreign_keys=ON;
        PRAGMA wal_autocheckpoint=1000;
        PRAGMA journal_size_limit=67108864;
        """;

    private const string Schema =
        "CREATE TABLE IF NOT EXISTS item(id INTEGER PRIMARY KEY, name TEXT NOT NULL, price REAL NOT NULL, note TEXT)";

    /// <summary>Ours, by its defaults and what <paramref name="options"/> adds to the connection string.</summary>
    public static WalDbConnection OpenOurs(string file, string options = "")
    {
        var connection = new WalDbConnection($"Data Source={file};{options}");
        connection.Open();
        MakeTable(connection);
        if (connection.PendingWrites != 0)
        {
            connection.CommitBatch();
        }

        return connection;
    }

    /// <summary>The wrapped provider with our pragmas.</summary>
    public static SqliteConnection OpenWrapped(string file, string morePragmas = "")
    {
        var connection = OpenAsInstalled(file);
        Execute(connection, Pragmas + morePragmas);
        MakeTable(connection);
        return connection;
    }

    /// <summary>The wrapped provider as a program gets it that sets nothing.</summary>
    public static SqliteConnection OpenAsInstalled(string file)
    {
        var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        MakeTable(connection);
        return connection;
    }

    public static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void MakeTable(DbConnection connection) => Execute(connection, Schema);
}
