using System.Diagnostics;
using SQLitePCL;

namespace WalProvider.Benchmarks;

/// <summary>Inserts rows at one batch size while another connection looks; in a process of its own, for its memory.</summary>
internal static class BatchSizeRun
{
    private const int WarmUpRows = 20_000;

    public static BatchSizeReport Run(int batchSize, int rows, string database)
    {
        _ = Insert(batchSize, WarmUpRows, database + "-warm-up", onInserted: null);
        _ = raw.sqlite3_memory_highwater(1);
        var watch = new RowWatch(database, rows);
        var commits = 0;
        var elapsed = Insert(batchSize, rows, database, watch.Inserted, () => commits++);
        watch.WaitUntilAllAreSeen();
        using var process = Process.GetCurrentProcess();
        return new BatchSizeReport(
            batchSize,
            rows,
            elapsed.TotalMilliseconds,
            commits,
            process.PeakWorkingSet64,
            raw.sqlite3_memory_highwater(0),
            watch.LongestUnseen.TotalMilliseconds);
    }

    private static TimeSpan Insert(int batchSize, int rows, string database, Action<int>? onInserted, Action? onCommitted = null)
    {
        using var connection = Databases.OpenOurs(database, $"Write Batch Size={batchSize}");
        connection.BatchCommitted += (_, _) => onCommitted?.Invoke();
        var start = Stopwatch.GetTimestamp();
        for (var id = 1; id <= rows; id++)
        {
            Items.InsertFresh(connection, null, id);
            onInserted?.Invoke(id);
        }

        connection.CommitBatch();
        return Stopwatch.GetElapsedTime(start);
    }
}
