using Dapper;
using Microsoft.Data.Sqlite;

namespace WalProvider.Tool;

/// <summary>Reads what a database file is made of, and changes nothing: read-only, and with no pragma set.</summary>
internal static class StatisticsReader
{
    /// <summary>SQLITE_ERROR, which "no such module" comes as.</summary>
    private const int GenericError = 1;

    /// <exception cref="ToolException">The file does not exist.</exception>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public static DatabaseStatistics Read(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new ToolException(ExitCode.BadInput, $"{path} {(Directory.Exists(path) ? "is a folder" : "does not exist")}.");

        var builder = WalDbConnectionStringBuilder.ForPath(path);
        builder.Mode = SqliteOpenMode.ReadOnly;
        builder.Profile = WalProfile.None;
        builder.Pooling = false;
        using var connection = new WalDbConnection(builder.ConnectionString);
        connection.Open();

        // One snapshot for all the numbers.
        using var transaction = connection.BeginTransaction(deferred: true);
        var tables = Tables(connection, cancellationToken);
        return new DatabaseStatistics(
            Path.GetFullPath(path),
            new FileInfo(path).Length,
            new FileInfo(path + "-wal") is { Exists: true } wal ? wal.Length : 0,
            connection.ExecuteScalar<long>("PRAGMA page_size"),
            connection.ExecuteScalar<long>("PRAGMA page_count"),
            connection.ExecuteScalar<long>("PRAGMA freelist_count"),
            connection.ExecuteScalar<string>("PRAGMA journal_mode")!,
            connection.ExecuteScalar<string>("PRAGMA encoding")!,
            connection.ExecuteScalar<long>("PRAGMA user_version"),
            connection.ServerVersion,
            tables);
    }

    private static TableStatistics[] Tables(WalDbConnection connection, CancellationToken cancellationToken)
    {
        var names = connection.Query<string>(
            @"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name");
        var indexes = connection.Query<(string Table, string Name)>(
            "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' ORDER BY name").ToLookup(index => index.Table, index => index.Name);
        return [.. names.Select(name => Table(connection, name, [.. indexes[name]], cancellationToken))];
    }

    private static TableStatistics Table(WalDbConnection connection, string name, string[] indexes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return new TableStatistics(
                name,
                connection.ExecuteScalar<long>($"SELECT count(*) FROM {SqlName.Quote(name)}"),
                connection.ExecuteScalar<long>("SELECT count(*) FROM pragma_table_info($name)", new { name }),
                indexes);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == GenericError)
        {
            return new TableStatistics(name, null, 0, indexes);
        }
    }
}
