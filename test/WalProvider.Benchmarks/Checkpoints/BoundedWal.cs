using System.Diagnostics;

namespace WalProvider.Benchmarks;

/// <summary>Steady batched writes beside readers that each last up to 100 ms: the WAL must stay below its cap.</summary>
internal sealed class BoundedWal(string file, long rows)
{
    private const int BatchSize = 5000;
    private const int Readers = 4;
    private const int LongestReadMilliseconds = 100;
    private const long CapBytes = 64 << 20;

    private volatile bool _isDone;
    private long _longestBytes;

    /// <summary>Runs it and prints what was seen; false if the WAL went past the cap and one batch.</summary>
    public bool Run()
    {
        using var source = new WalDbDataSourceBuilder($"Data Source={file};Write Batch Size={BatchSize};Busy Timeout=120000")
            .UseCheckpointing(options => options.TruncateAboveBytes = CapBytes).Build();
        using var writer = source.OpenConnection();
        Databases.Execute(writer, "CREATE TABLE row(id INTEGER PRIMARY KEY, a INTEGER, b TEXT)");
        writer.CommitBatch();
        Insert(writer, 0, BatchSize);
        var batchBytes = new FileInfo(file + "-wal").Length;
        var readers = Enumerable.Range(0, Readers).Select(_ => new Thread(() => Read(source))).Append(new Thread(Measure)).ToList();
        readers.ForEach(thread => thread.Start());
        var start = Stopwatch.GetTimestamp();
        Insert(writer, BatchSize, rows);
        writer.CommitBatch();
        var elapsed = Stopwatch.GetElapsedTime(start);
        _isDone = true;
        readers.ForEach(thread => thread.Join());
        Console.WriteLine(
            $"{rows:#,0} rows in {elapsed.TotalSeconds:0.0} s ({rows / elapsed.TotalSeconds:#,0}/s), the WAL at its longest "
            + $"{_longestBytes / 1048576.0:0.0} MiB, cap {CapBytes / 1048576} MiB, a batch {batchBytes / 1048576.0:0.00} MiB");
        return _longestBytes <= CapBytes + batchBytes;
    }

    private static void Insert(WalDbConnection connection, long from, long to)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO row(a, b) VALUES (@a, 'a text of some length, as rows have them')";
        var parameter = command.Parameters.AddWithValue("@a", 0L);
        for (var row = from; row < to; row++)
        {
            parameter.Value = row;
            command.ExecuteNonQuery();
        }
    }

    private void Read(WalDbDataSource source)
    {
        while (!_isDone)
        {
            using var connection = source.OpenConnection();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT id FROM row LIMIT 1000";
            using var reader = command.ExecuteReader();
            reader.Read();
            Thread.Sleep(Random.Shared.Next(LongestReadMilliseconds));
        }
    }

    private void Measure()
    {
        while (!_isDone)
        {
            _longestBytes = Math.Max(_longestBytes, new FileInfo(file + "-wal").Length);
            Thread.Sleep(1);
        }
    }
}
