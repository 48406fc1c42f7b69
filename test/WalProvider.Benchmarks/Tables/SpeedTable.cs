namespace WalProvider.Benchmarks;

/// <summary>How fast, and what is allocated: a line for each rival of each row.</summary>
internal static class SpeedTable
{
    private static readonly string[] Headings =
        ["Work", "Beside", "Ours a second", "Theirs", "Times as fast", "Range", "Ours, bytes each", "Theirs"];

    public static ReportTable Of(IReadOnlyList<RowResult> results)
        => new("speed", Headings, [.. results.SelectMany(Lines)]);

    private static IEnumerable<ReportLine> Lines(RowResult result)
    {
        for (var rival = 1; rival < result.Measures.Count; rival++)
        {
            var side = result.Row.Sides[rival];
            var theirs = result.Measures[rival];
            var speed = result.Find("speed", side.Name)!.Spread;
            yield return new ReportLine(
                rival == 1 ? $"{result.Row.Work} ({result.Row.Unit})" : "",
                side.Label,
                Rate(result.Ours),
                Rate(theirs),
                Numbers.Of(speed.Median),
                $"{Numbers.Of(speed.Least)} to {Numbers.Of(speed.Most)}",
                Bytes(result.Ours),
                Bytes(theirs));
        }
    }

    private static string Rate(IReadOnlyList<Measure> measures)
        => Numbers.Of(Spread.Of(measures.Select(measure => measure.PerSecond)).Median);

    private static string Bytes(IReadOnlyList<Measure> measures)
        => measures[0].AllocatedBytes is null
            ? "" : Numbers.Whole(Spread.Of(measures.Select(measure => measure.BytesPerOperation!.Value)).Median);
}
