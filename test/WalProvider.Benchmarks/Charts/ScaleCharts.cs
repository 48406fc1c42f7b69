namespace WalProvider.Benchmarks;

/// <summary>The pictures of how it scales.</summary>
internal static class ScaleCharts
{
    public static Chart Rows(IReadOnlyList<RowsReport> reports)
    {
        var sizes = reports.Select(report => report.Rows).Distinct().ToArray();
        LineSeries Series(string label, string color) => new(
            label, color, [.. reports.Where(report => report.Way == label).Select(report => Spread.Of([report.PerSecond]))]);
        return new Chart("scale-rows", new LineChart(
            "Rows a second, by how many come in",
            "rows",
            "rows a second",
            [.. sizes.Select(size => Numbers.Whole(size))],
            [Series(ScaleRows.Batch, LineSeries.First), Series(ScaleRows.Import, LineSeries.Second)]).Draw());
    }

    public static Chart Throughput(IReadOnlyList<CallersReport> reports) => Callers(
        reports, "scale-threads-speed", "Single inserts a second, by the number of callers", "rows a second", report => report.PerSecond);

    public static Chart Wait(IReadOnlyList<CallersReport> reports) => Callers(
        reports, "scale-threads-wait", "What 99 of 100 inserts took at most, by the number of callers", "milliseconds", report => report.P99.TotalMilliseconds);

    private static Chart Callers(
        IReadOnlyList<CallersReport> reports, string name, string title, string unit, Func<CallersReport, double> value)
    {
        LineSeries Series(string label, string color) => new(
            label, color, [.. reports.Where(report => report.Way == label).Select(report => Spread.Of([value(report)]))]);
        var steps = reports.Select(report => Numbers.Whole(report.Callers)).Distinct();
        return new Chart(name, new LineChart(
            title, "callers", unit, [.. steps], [Series(ScaleThreads.Gate, LineSeries.First), Series(ScaleThreads.Queue, LineSeries.Second)]).Draw());
    }
}
