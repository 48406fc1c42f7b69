namespace WalProvider.Benchmarks;

/// <summary>The pictures of the batch sizes.</summary>
internal static class BatchSizeCharts
{
    public static Chart Speed(IReadOnlyList<IReadOnlyList<BatchSizeReport>> sizes) => Draw(
        sizes, "batch-size-speed", "What a larger batch buys: rows inserted a second", "rows a second", round => round.RowsPerSecond);

    public static Chart Unseen(IReadOnlyList<IReadOnlyList<BatchSizeReport>> sizes) => Draw(
        sizes,
        "batch-size-unseen",
        "What it costs: longest time until another connection sees a row",
        "milliseconds",
        round => round.UnseenMilliseconds);

    private static Chart Draw(
        IReadOnlyList<IReadOnlyList<BatchSizeReport>> sizes, string name, string title, string unit, Func<BatchSizeReport, double> value)
    {
        var steps = sizes.Select(rounds => Numbers.Whole(rounds[0].BatchSize));
        var values = sizes.Select(rounds => Spread.Of(rounds.Select(value)));
        var chart = new LineChart(title, "Write Batch Size", unit, [.. steps], [new LineSeries("", LineSeries.First, [.. values])]);
        return new Chart(name, chart.Draw());
    }
}
