namespace WalProvider.Benchmarks;

/// <summary>How writers fare beside each other: a line for each side of each row with several of them.</summary>
internal static class WaitTable
{
    private static readonly string[] Headings =
        ["Work", "By", "Rows a second", "Longest wait, ms", "Range", "Poorest's share of the richest's", "Lock errors"];

    public static ReportTable Of(IReadOnlyList<RowResult> results) => new(
        "waits",
        Headings,
        [.. results.Where(IsOfWriters).SelectMany(result => result.Row.Sides.Select((_, side) => Line(result, side)))]);

    // Readers wait for nobody.
    private static bool IsOfWriters(RowResult result) => result.Ours[0].LongestWait is not null && result.Row.Unit == "rows";

    private static ReportLine Line(RowResult result, int side)
    {
        var measures = result.Measures[side];
        var wait = Spread.Of(measures.Select(measure => measure.LongestWait!.Value.TotalMilliseconds));
        return new ReportLine(
            side == 0 ? result.Row.Work : "",
            result.Row.Sides[side].Label,
            Numbers.Of(Spread.Of(measures.Select(measure => measure.PerSecond)).Median),
            Numbers.Of(wait.Median),
            $"{Numbers.Of(wait.Least)} to {Numbers.Of(wait.Most)}",
            measures[0].PoorestShare is null ? "" : Numbers.Of(Spread.Of(measures.Select(measure => measure.PoorestShare!.Value)).Median),
            Numbers.Whole(measures.Sum(measure => measure.LockErrors)));
    }
}
