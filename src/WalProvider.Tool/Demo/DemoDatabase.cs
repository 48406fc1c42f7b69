using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace WalProvider.Tool;

/// <summary>How the demo opens databases, on either side.</summary>
internal static class DemoDatabase
{
    /// <summary>How many writes share a transaction, on both sides.</summary>
    public const int RowsPerTransaction = 5000;

    /// <summary>What a person would set who has read about SQLite: the pragmas of the profile Balanced.</summary>
    private const string SamePragmas =
        """
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=NORMAL;
        PRAGMA cache_size=-64000;
        PRAGMA foreign_keys=ON;
        PRAGMA journal_size_limit=67108864;
        """;

    /// <summary>WalProvider, with writes batched by one keyword.</summary>
    public static WalDbConnection Open(string path) => Opened(new WalDbConnection(Batched(path)));

    /// <summary>The same database as a data source, which can hold writers back while workers start.</summary>
    public static WalDbDataSource CreateDataSource(string path) => new WalDbDataSourceBuilder(Batched(path)).Build();

    /// <summary>The wrapped provider, as it comes.</summary>
    public static SqliteConnection OpenWrappedAsInstalled(string path) => OpenWrapped(path, SqliteOpenMode.ReadWriteCreate);

    /// <summary>The wrapped provider with the same pragmas.</summary>
    public static SqliteConnection OpenWrappedTuned(string path)
    {
        var connection = OpenWrapped(path, SqliteOpenMode.ReadWriteCreate);
        connection.Execute(SamePragmas);
        return connection;
    }

    /// <summary>Either provider, read-only, as a worker opens a database.</summary>
    public static DbConnection OpenToRead(string path, bool isWrapped)
    {
        if (isWrapped)
            return OpenWrapped(path, SqliteOpenMode.ReadOnly);
        var builder = WalDbConnectionStringBuilder.ForPath(path);
        builder.Mode = SqliteOpenMode.ReadOnly;
        builder.Pooling = false;
        return Opened(new WalDbConnection(builder.ConnectionString));
    }

    private static SqliteConnection OpenWrapped(string path, SqliteOpenMode mode)
        => Opened(new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString));

    private static string Batched(string path)
    {
        var builder = WalDbConnectionStringBuilder.ForPath(path);
        builder.WriteBatchSize = RowsPerTransaction;
        builder.Pooling = false;
        return builder.ConnectionString;
    }

    private static T Opened<T>(T connection)
        where T : DbConnection
    {
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
