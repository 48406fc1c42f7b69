using System.Diagnostics;

namespace WalProvider.Benchmarks;

/// <summary>Runs rows: warm-up, then the sides in turn, A B A B, each turn in fresh state.</summary>
internal sealed class RowRunner(string folder, bool isQuick, Action<string> progress)
{
    private const int QuickRounds = 3;
    private const int LeastWarmUpTurns = 2;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(1);

    private readonly SeedData _seed = new(Path.Combine(folder, "seed.db"));
    private int _turns;

    public RowResult Run(Row row)
    {
        var rounds = isQuick ? Math.Min(QuickRounds, row.Rounds) : row.Rounds;
        progress($"{row.Name}: warming up");
        foreach (var side in row.Sides)
        {
            WarmUp(side);
        }

        var measures = row.Sides.Select(_ => new List<Measure>(rounds)).ToArray();
        for (var round = 1; round <= rounds; round++)
        {
            progress($"{row.Name}: round {round} of {rounds}");
            for (var side = 0; side < measures.Length; side++)
            {
                measures[side].Add(Turn(row.Sides[side], isQuick));
            }
        }

        return new RowResult(row, measures);
    }

    // A tenth of the work, for so long that the JIT has seen each loop hot and has had time to compile it again.
    private void WarmUp(Side side)
    {
        var start = Stopwatch.GetTimestamp();
        for (var turn = 0; turn < LeastWarmUpTurns || Stopwatch.GetElapsedTime(start) < WarmUpTime; turn++)
        {
            Turn(side, quickly: true);
        }
    }

    private Measure Turn(Side side, bool quickly)
    {
        using var round = new Round(Path.Combine(folder, $"turn-{++_turns}"), _seed, quickly);
        var work = side.Prepare(round);
        // What the preparation and the rival left behind is not this turn's to collect.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return work();
    }
}
