using System.Diagnostics;

namespace WalProvider.Benchmarks;

/// <summary>
/// The claim of the field's common advice, at its size: so many records, written in batches, and ten worker processes that
/// open the main file alone see every one.
/// </summary>
internal static class ForkProof
{
    private const int BusyThreads = 2;

    /// <summary>Runs it once and prints the times; false if a record was missing or wrong.</summary>
    /// <param name="file">Where to make the database.</param>
    /// <param name="records">How many records, in three tables.</param>
    /// <param name="isBusy">Whether readers and writers go on meanwhile.</param>
    public static bool Run(string file, int records, bool isBusy)
    {
        var units = records / ForkRecords.RecordsOfUnit;
        using var source = new WalDbDataSourceBuilder($"Data Source={file};Write Batch Size=5000;Busy Timeout=300000").Build();
        using var connection = source.OpenConnection();
        Databases.Execute(connection, ForkRecords.Schema);
        connection.CommitBatch();
        using var others = isBusy ? new BusyOthers(source, BusyThreads) : null;
        var written = Time(() => Write(connection, units));
        var (checkpointed, verified, right, areSumsRight) = isBusy ? Hold(source, connection, file, units) : Checkpoint(connection, file, units);
        Console.WriteLine(
            $"{(isBusy ? "busy: " : "quiet:")} {records:#,0} records written in {written.TotalSeconds:0.0} s, main file complete after "
            + $"{checkpointed.TotalMilliseconds:0} ms, {ForkWorkers.Count} workers done after {verified.TotalSeconds:0.0} s: "
            + $"{(units * ForkRecords.RecordsOfUnit) - right:#,0} missing, checksums {(areSumsRight ? "right" : "WRONG")}");
        if (others is not null)
        {
            Console.WriteLine($"       beside it {others.Describe()}");
        }

        return right == units * ForkRecords.RecordsOfUnit && areSumsRight;
    }

    private static (TimeSpan, TimeSpan, long, bool) Checkpoint(WalDbConnection connection, string file, int units)
    {
        var checkpointed = Time(() => connection.CheckpointBeforeFork());
        (long Right, bool AreSumsRight) answer = default;
        var verified = Time(() => answer = ForkWorkers.Run(file, units));
        return (checkpointed, verified, answer.Right, answer.AreSumsRight);
    }

    // NB: a file that is opened immutable=1 must not change under its readers, so the hold lasts until they are done.
    private static (TimeSpan, TimeSpan, long, bool) Hold(WalDbDataSource source, WalDbConnection connection, string file, int units)
    {
        connection.CommitBatch();
        var start = Stopwatch.GetTimestamp();
        using var hold = source.HoldForFork();
        var checkpointed = Stopwatch.GetElapsedTime(start);
        (long Right, bool AreSumsRight) answer = default;
        var verified = Time(() => answer = ForkWorkers.Run(file, units));
        return (checkpointed, verified, answer.Right, answer.AreSumsRight);
    }

    private static void Write(WalDbConnection connection, int units)
    {
        for (var unit = 0; unit < units; unit++)
        {
            using var together = connection.BeginBatchUnit();
            ForkRecords.Write(connection, unit);
            together.Complete();
        }
    }

    private static TimeSpan Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }
}
