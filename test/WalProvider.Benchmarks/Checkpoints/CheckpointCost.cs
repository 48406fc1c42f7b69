using System.Globalization;

namespace WalProvider.Benchmarks;

/// <summary>What one checkpoint of a WAL of a given size took, and how long it held up a writer and a reader beside it.</summary>
internal sealed record CheckpointCost(
    CheckpointMode Mode, int Mebibytes, CheckpointResult Result, TimeSpan Writer, TimeSpan Reader, long WalBytesAfter)
{
    private const int RowBytes = 3500;
    private const int RowsOfMebibyte = 250;

    /// <summary>Makes a WAL of that size in a new folder and checkpoints it while one thread writes and another reads.</summary>
    public static CheckpointCost Measure(string folder, CheckpointMode mode, int mebibytes)
    {
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, "cost.db");
        using var source = new WalDbDataSourceBuilder($"Data Source={file};Wal Autocheckpoint=0;Busy Timeout=120000").Build();
        using var main = source.OpenConnection();
        using var writing = source.OpenConnection();
        using var reading = source.OpenConnection();
        Fill(main, mebibytes);
        using var writer = new LongestWait(() => Databases.Execute(writing, "INSERT INTO small(y) VALUES ('row')"));
        using var reader = new LongestWait(() => Read(reading));
        writer.Begin();
        reader.Begin();
        var result = main.Checkpoint(mode);
        var held = (Writer: writer.End(), Reader: reader.End());
        return new CheckpointCost(mode, mebibytes, result, held.Writer, held.Reader, new FileInfo(file + "-wal").Length);
    }

    /// <summary>The line of the table.</summary>
    public string[] Cells() =>
    [
        Mode.ToString(),
        Mebibytes.ToString(CultureInfo.InvariantCulture),
        Numbers.Of(Result.Elapsed.TotalMilliseconds),
        Numbers.Of(Writer.TotalMilliseconds),
        Numbers.Of(Reader.TotalMilliseconds),
        Result.Completed ? "completed" : $"{Result.CheckpointedFrames} of {Result.LogFrames} frames",
        Numbers.Of(WalBytesAfter / 1048576.0),
    ];

    private static void Fill(WalDbConnection connection, int mebibytes)
    {
        Databases.Execute(connection, "CREATE TABLE big(x INTEGER PRIMARY KEY, y); CREATE TABLE small(x INTEGER PRIMARY KEY, y)");
        for (var part = 0; part < mebibytes; part++)
        {
            Databases.Execute(
                connection,
                $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {RowsOfMebibyte}) "
                + $"INSERT INTO big(y) SELECT randomblob({RowBytes}) FROM n");
        }
    }

    private static void Read(WalDbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT length(y) FROM big WHERE x = abs(random()) % 250 + 1";
        command.ExecuteScalar();
    }
}
