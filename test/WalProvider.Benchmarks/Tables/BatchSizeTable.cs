namespace WalProvider.Benchmarks;

/// <summary>What each batch size buys and costs: the median of its rounds.</summary>
internal static class BatchSizeTable
{
    private const double Mebi = 1024 * 1024;

    private static readonly string[] Headings =
        ["Write Batch Size", "Rows", "Commits", "Rows a second", "Most memory, engine, MiB", "Most memory, process, MiB", "Longest until seen by another, ms"];

    public static ReportTable Of(IReadOnlyList<IReadOnlyList<BatchSizeReport>> sizes)
        => new("batch-sizes", Headings, [.. sizes.Select(Line)]);

    private static ReportLine Line(IReadOnlyList<BatchSizeReport> rounds)
    {
        double Median(Func<BatchSizeReport, double> value) => Spread.Of(rounds.Select(value)).Median;
        return new ReportLine(
            Numbers.Whole(rounds[0].BatchSize),
            Numbers.Whole(rounds[0].Rows),
            Numbers.Whole(Median(round => round.Commits)),
            Numbers.Of(Median(round => round.RowsPerSecond)),
            Numbers.Of(Median(round => round.EngineBytes / Mebi)),
            Numbers.Of(Median(round => round.ProcessBytes / Mebi)),
            Numbers.Of(Median(round => round.UnseenMilliseconds)));
    }
}
