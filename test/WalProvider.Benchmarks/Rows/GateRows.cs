namespace WalProvider.Benchmarks;

/// <summary>What the write gate costs when nobody else wants it.</summary>
internal static class GateRows
{
    private const int Pairs = 5_000_000;

    public static IEnumerable<Row> All()
    {
        yield return new Row(
            "gate-pair",
            "write gate entered and left, free",
            "pairs",
            [
                Side.OfOurs(Gate),
                new Side("semaphore", "SemaphoreSlim", Semaphore),
            ]);
    }

    private static Func<Measure> Gate(Round round)
    {
        var gate = new WriteGate();
        var holder = new GateHolder();
        var count = round.Count(Pairs);
        return () => Measure.Of(count, () =>
        {
            for (var pair = 0; pair < count; pair++)
            {
                if (!gate.TryEnter(holder))
                {
                    throw new InvalidOperationException("The gate was not free.");
                }

                gate.Exit();
            }
        });
    }

    private static Func<Measure> Semaphore(Round round)
    {
        var semaphore = round.Own(new SemaphoreSlim(1));
        var count = round.Count(Pairs);
        return () => Measure.Of(count, () =>
        {
            for (var pair = 0; pair < count; pair++)
            {
                semaphore.Wait();
                semaphore.Release();
            }
        });
    }
}
