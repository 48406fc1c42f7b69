using Microsoft.Data.Sqlite;

namespace WalProvider.Tests.Backups;

/// <summary>A database with one table and an index, to be backed up.</summary>
internal static class SampleDatabase
{
    public static WalDbConnection Create(string path, int rows = 100, string options = "")
    {
        var connection = new WalDbConnection($"Data Source={path};{options}");
        connection.Open();
        Execute(connection, "CREATE TABLE item(id INTEGER PRIMARY KEY, text TEXT, size REAL); CREATE INDEX item_text ON item(text)");
        Insert(connection, rows);
        return connection;
    }

    public static void Insert(WalDbConnection connection, int rows)
        => Execute(
            connection,
            $"WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) "
            + "INSERT INTO item(text, size) SELECT 'row ' || i || hex(randomblob(20)), i * 1.5 FROM n");

    public static void Execute(WalDbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Count(WalDbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM item";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Counts through the wrapped provider alone: a backup must open with anything.</summary>
    public static long CountIn(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM item";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>The names of what is in a folder, in order.</summary>
    public static string[] Names(this TempFolder folder)
        => [.. Directory.EnumerateFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}
