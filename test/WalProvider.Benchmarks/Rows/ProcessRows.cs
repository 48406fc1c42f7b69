namespace WalProvider.Benchmarks;

/// <summary>Four processes that write the same database, each insert its own commit: this program, started again.</summary>
internal static class ProcessRows
{
    private const int Processes = 4;
    private const int Each = 4_000;
    private const int SlowRounds = 5;
    private static readonly TimeSpan SteadySpan = TimeSpan.FromSeconds(5);

    public static IEnumerable<Row> All()
    {
        yield return RowOf(
            "processes-normal",
            "4 processes, 4,000 autocommit inserts each, NORMAL, until all are done",
            (round, writer) => Run(round, writer, fleet => fleet.Each(round.Count(Each))));
        yield return RowOf(
            "processes-steady",
            "4 processes of autocommit inserts for 5 s, NORMAL",
            (round, writer) => Run(round, writer, fleet => fleet.For(round.Span(SteadySpan))));
    }

    private static Row RowOf(string name, string work, Func<Round, WriterKind, Func<Measure>> run) => new(
        name,
        work,
        "rows",
        [
            Side.OfOurs(round => run(round, WriterKind.Ours)),
            new Side(Side.Wrapped, "wrapped provider, busy_timeout 30 s", round => run(round, WriterKind.Wrapped)),
            new Side("wrapped-naps", "wrapped provider, its own waiting", round => run(round, WriterKind.WrappedNaps)),
        ])
    {
        Rounds = SlowRounds,
    };

    private static Func<Measure> Run(Round round, WriterKind writer, Func<Fleet, Measure> run)
    {
        // The table is there before any of them starts, so that none waits for another's CREATE.
        using (Databases.OpenWrapped(round.Database))
        {
        }

        var fleet = round.Own(new Fleet(Processes, writer, round.Database));
        return () => run(fleet);
    }
}
