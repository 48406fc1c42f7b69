using System.Globalization;

namespace WalProvider.Worker;

/// <summary>Runs fault after fault in one process, each with a database of its own.</summary>
internal static class FaultRun
{
    // NB: the engine itself tries a lock of the WAL a hundred times over ten seconds, so one that fails for good takes as long.
    private const long ManyLocks = 30;

    /// <summary>
    /// Prints a line for each case, <c>KIND NTH once|for-good: FAILED CODES | WRONG</c>, until none of a kind is reached any more.
    /// </summary>
    /// <param name="folder">Where the databases are made.</param>
    /// <param name="plan">The kind, "Normal" or "Full", and how many of the calls to leave out between two that fail: <c>Write Full 1</c>.</param>
    public static void Run(string folder, string plan)
    {
        var parts = plan.Split(' ');
        var kind = Enum.Parse<FaultKinds>(parts[0]);
        var step = int.Parse(parts[2], CultureInfo.InvariantCulture);
        foreach (var isForGood in new[] { false, true })
        {
            long failed = 1;
            for (var nth = 1; failed > 0; nth += step)
            {
                var name = Path.Combine(folder, $"{(isForGood ? "g" : "o")}{nth}.db");
                var fault = new FaultCase(name, parts[1]);
                failed = fault.Run(kind, nth, isForGood ? kind == FaultKinds.Lock ? ManyLocks : long.MaxValue : 1);
                Console.WriteLine($"{kind} {nth} {(isForGood ? "for-good" : "once")}: {failed} {string.Join(",", fault.Codes)} | {string.Join("; ", fault.Wrong)}");
            }
        }

        Console.Out.Flush();
    }
}
