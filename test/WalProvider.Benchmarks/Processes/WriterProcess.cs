using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;

namespace WalProvider.Benchmarks;

/// <summary>
/// The other end of <see cref="Fleet"/>: opens, warms up on a database of its own, says that it is ready, and does on
/// its standard input's word what that says.
/// </summary>
internal static class WriterProcess
{
    public const string Ready = "ready";
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(700);

    public static void Run(WriterKind writer, string database)
    {
        WarmUp(writer, $"{database}-warm-up-{Environment.ProcessId}");
        using var connection = Open(writer, database);
        var contender = new Contender(operation => ThreadRows.Insert(connection, operation));
        Console.WriteLine(Ready);
        if (Console.ReadLine()?.Split(' ') is not { } order)
        {
            // Another of the fleet did not start, and the order will not come.
            return;
        }

        var amount = long.Parse(order[1]);
        if (order[0] == "each")
        {
            contender.Run(amount);
        }
        else
        {
            contender.Run(TimeSpan.FromMilliseconds(amount));
        }

        var report = new ProcessReport(contender.Done, contender.Longest.TotalMilliseconds, contender.LockErrors);
        Console.WriteLine(JsonSerializer.Serialize(report));
    }

    private static void WarmUp(WriterKind writer, string database)
    {
        using var connection = Open(writer, database);
        var start = Stopwatch.GetTimestamp();
        for (var operation = 0; Stopwatch.GetElapsedTime(start) < WarmUpTime; operation++)
        {
            ThreadRows.Insert(connection, operation);
        }
    }

    private static DbConnection Open(WriterKind writer, string database) => writer switch
    {
        WriterKind.Ours => Databases.OpenOurs(database),
        WriterKind.Wrapped => Databases.OpenWrapped(database),
        WriterKind.WrappedNaps => Databases.OpenWrapped(database, "PRAGMA busy_timeout=0;"),
        _ => throw new ArgumentOutOfRangeException(nameof(writer), writer, null),
    };
}
