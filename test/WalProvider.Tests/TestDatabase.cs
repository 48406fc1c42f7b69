using Microsoft.Data.Sqlite;

namespace WalProvider.Tests;

/// <summary>A database file of one test's own, with a data source that has sessions of its own.</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly TempFolder _folder;

    /// <param name="keywords">More of the connection string.</param>
    /// <param name="clock">What idle times and intervals are measured by; the system's where null.</param>
    /// <param name="isInMemory"><inheritdoc cref="TempFolder(bool)" path="/param[@name='isInMemory']"/></param>
    public TestDatabase(string keywords = "", TimeProvider? clock = null, bool isInMemory = false)
    {
        _folder = new TempFolder(isInMemory);
        ConnectionString = $"Data Source={File};{keywords}";
        Source = new WalDbDataSourceBuilder(ConnectionString).UseTimeProvider(clock ?? TimeProvider.System).Build();
    }

    public string Folder => _folder.Path;

    public string File => _folder.File();

    /// <inheritdoc cref="TempFolder.Descriptors"/>
    public int Descriptors => _folder.Descriptors;

    public string ConnectionString { get; }

    public WalDbDataSource Source { get; }

    public WalDbConnection Open() => Source.OpenConnection();

    /// <summary>The same with a table <c>t(a)</c>.</summary>
    public WalDbConnection OpenWithTable()
    {
        var connection = Open();
        connection.Run("CREATE TABLE IF NOT EXISTS t(a)");
        connection.CommitBatch();
        return connection;
    }

    /// <summary>A connection that knows nothing of gate and pool, as another process would have it.</summary>
    public SqliteConnection OpenElsewhere()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        connection.Run("PRAGMA busy_timeout=0");
        return connection;
    }

    /// <summary>How many rows of <c>t</c> everybody sees.</summary>
    public long CommittedRows()
    {
        using var connection = OpenElsewhere();
        return (long)connection.Ask("SELECT count(*) FROM t")!;
    }

    public void Dispose()
    {
        Source.Dispose();
        _folder.Dispose();
    }
}
