namespace WalProvider.Benchmarks;

/// <summary>The pictures of the rows.</summary>
internal static class RowCharts
{
    private static readonly string[] OfOneConnection =
        ["insert", "dapper-insert", "point-read", "dapper-read", "scan", "scan-values", "scan-dapper", "open-query-close"];

    private static readonly string[] UntilDone = ["threads-normal", "threads-full", "processes-normal"];

    public static IEnumerable<Chart> All(IReadOnlyList<RowResult> results)
    {
        var rows = results.ToDictionary(result => result.Row.Name);
        yield return new Chart("speed", new BarChart(
            "Unchanged code, times as fast as through the wrapped provider",
            "times as fast, same pragmas; the dashed line is equally fast; thin lines: range over the rounds",
            [("", [.. OfOneConnection.Select(name => Ratio(rows[name]))])])
        {
            Mark = 1,
        }.Draw());
        yield return Sides("insert", "Rows inserted a second, one connection", [rows["insert"]], "rows a second", PerSecond);
        yield return Sides("scan", "Rows read a second, typed getters", [rows["scan"]], "rows a second", PerSecond);
        yield return Sides(
            "writers-speed",
            "Writers beside each other: rows a second until all are done",
            UntilDone.Select(name => rows[name]),
            "rows a second",
            PerSecond);
        yield return Sides(
            "writers-wait",
            "Writers beside each other: the longest that one waited",
            UntilDone.Select(name => rows[name]),
            "milliseconds",
            measure => measure.LongestWait!.Value.TotalMilliseconds);
    }

    private static double PerSecond(Measure measure) => measure.PerSecond;

    private static Bar Ratio(RowResult result) => new(result.Row.Work, result.Find("speed", Side.Wrapped)!.Spread, Bar.Ours);

    private static Chart Sides(string name, string title, IEnumerable<RowResult> results, string unit, Func<Measure, double> value)
    {
        var groups = results.Select(result => (result.Row.Work, Bars(result, value)));
        return new Chart(name, new BarChart(title, unit, [.. groups]).Draw());
    }

    private static IReadOnlyList<Bar> Bars(RowResult result, Func<Measure, double> value)
        => [.. result.Row.Sides.Select((side, index) => new Bar(
            side.Label, Spread.Of(result.Measures[index].Select(value)), index == 0 ? Bar.Ours : Bar.Theirs))];
}
