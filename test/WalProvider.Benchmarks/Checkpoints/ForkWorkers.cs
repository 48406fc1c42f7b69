using System.Globalization;
using Microsoft.Data.Sqlite;

namespace WalProvider.Benchmarks;

/// <summary>The worker processes of the fork proof: each opens the main file alone, and verifies its share and the whole.</summary>
internal static class ForkWorkers
{
    public const int Count = 10;

    /// <summary>Starts them all and says how many records they found right together, and whether every checksum was.</summary>
    public static (long Right, bool AreSumsRight) Run(string file, int units)
    {
        var expected = ForkRecords.Checksum(units);
        var workers = Enumerable.Range(0, Count)
            .Select(index => Myself.Start("fork-worker", file, Text(units * (long)index / Count), Text(units * (index + 1L) / Count)))
            .ToArray();
        var answers = workers.Select(worker => worker.StandardOutput.ReadToEnd().Split(' ')).ToArray();
        foreach (var worker in workers)
        {
            worker.WaitForExit();
            worker.Dispose();
        }

        return (answers.Sum(answer => Number(answer[0])), answers.All(answer => answer.Length == 2 && Number(answer[1]) == expected));
    }

    /// <summary>One of them.</summary>
    public static void Work(string file, int fromUnit, int toUnit)
    {
        var uri = new Uri(Path.GetFullPath(file)).AbsoluteUri + "?immutable=1";
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = uri, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        Console.Write($"{Text(ForkRecords.CountRight(connection, fromUnit, toUnit))} {Text(ForkRecords.Checksum(connection))}");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
