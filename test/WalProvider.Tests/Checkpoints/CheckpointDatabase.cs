namespace WalProvider.Tests.Checkpoints;

/// <summary>One test's own database, in a folder of its own, with ways to look at its files from outside.</summary>
internal sealed class CheckpointDatabase : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<WalDbConnection> _connections = [];

    public CheckpointDatabase(string options = "")
    {
        Path = _folder.File();
        ConnectionString = $"Data Source={Path};Wal Autocheckpoint=0;{options}";
    }

    public string Path { get; }

    public string ConnectionString { get; }

    public string Folder => _folder.Path;

    /// <summary>The length from the directory, which opens nothing.</summary>
    public long WalBytes => new FileInfo(Path + "-wal") is { Exists: true } wal ? wal.Length : 0;

    /// <summary>An open connection, closed with the database.</summary>
    public WalDbConnection Open(string options = "")
    {
        var connection = new WalDbConnection(ConnectionString + options);
        connection.Open();
        _connections.Add(connection);
        return connection;
    }

    /// <summary>An open connection to a new table t(x) that has some rows, all in the WAL.</summary>
    public WalDbConnection OpenWithRows(int rows, string options = "")
    {
        var connection = Open(options);
        Execute(connection, "CREATE TABLE IF NOT EXISTS t(x INTEGER PRIMARY KEY, y)");
        for (var row = 0; row < rows; row++)
        {
            Execute(connection, "INSERT INTO t(y) VALUES ('row')");
        }

        return connection;
    }

    public static void Execute(WalDbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Scalar(WalDbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>A reader on its first row, which pins the WAL as it is now.</summary>
    public static WalDbDataReader OpenReader(WalDbConnection connection, string sql = "SELECT x FROM t")
    {
        // NB: not disposed here, since that would close its reader.
        var command = connection.CreateCommand();
        command.CommandText = sql;
        var reader = command.ExecuteReader();
        reader.Read();
        return reader;
    }

    public void Dispose()
    {
        _connections.ForEach(connection => connection.Dispose());
        if (_connections is [var first, ..])
        {
            WalDbConnection.ClearPool(first);
        }

        _folder.Dispose();
    }
}
