namespace WalProvider.Tests.Checkpoints;

/// <summary>A database whose WAL is kept short by a clock that is moved by hand, and the log of it.</summary>
internal sealed class KeptDatabase : IDisposable
{
    private readonly TempFolder _folder = new();

    public KeptDatabase(string keywords = "", Action<CheckpointOptions>? configure = null)
    {
        var builder = new WalDbDataSourceBuilder($"Data Source={Path};{keywords}")
            .UseTimeProvider(Clock)
            .UseLoggerFactory(Log);
        if (configure is not null)
        {
            builder.UseCheckpointing(configure);
        }

        Source = builder.Build();
    }

    public string Path => _folder.File();

    /// <inheritdoc cref="TempFolder.Descriptors"/>
    public int Descriptors => _folder.Descriptors;

    public HandClock Clock { get; } = new();

    public LogList Log { get; } = new();

    public WalDbDataSource Source { get; }

    public long WalBytes => new FileInfo(Path + "-wal") is { Exists: true } wal ? wal.Length : 0;

    /// <summary>An open connection to a table t(x, y) with so many rows of a kilobyte, in the WAL.</summary>
    public WalDbConnection OpenWithRows(int rows)
    {
        var connection = Source.OpenConnection();
        CheckpointDatabase.Execute(connection, "CREATE TABLE IF NOT EXISTS t(x INTEGER PRIMARY KEY, y)");
        Fill(connection, rows);
        return connection;
    }

    public static void Fill(WalDbConnection connection, int rows)
        => CheckpointDatabase.Execute(
            connection,
            $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) INSERT INTO t(y) SELECT randomblob(1000) FROM n");

    /// <summary>Lets time pass, in steps of a look, and waits for what it starts.</summary>
    public async Task Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Source.Upkeep.Running.Within();
        }
    }

    public int Count(int eventId) => Log.Events.Count(entry => entry.Id == eventId);

    public void Dispose()
    {
        Source.Dispose();
        Log.Dispose();
        _folder.Dispose();
    }
}
