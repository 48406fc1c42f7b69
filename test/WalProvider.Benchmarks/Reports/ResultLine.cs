namespace WalProvider.Benchmarks;

/// <summary>One comparison as a line of a table, the same on the terminal and in the documents.</summary>
/// <param name="Cells">Its cells, under <see cref="Headings"/>.</param>
/// <param name="Holds">Whether its floor is reached, or it has none.</param>
internal sealed record ResultLine(IReadOnlyList<string> Cells, bool Holds)
{
    public static readonly string[] Headings =
        ["Work", "Beside", "Ours a second", "Theirs a second", "Times as fast (range)", "Bytes, ours", "Theirs", "Floor"];

    /// <summary>The lines of a row: one for each rival, or one for ours alone.</summary>
    public static IEnumerable<ResultLine> Of(RowResult result, Floors floors)
    {
        var figures = result.Figures().ToLookup(figure => figure.Key);
        var ours = result.Ours;
        for (var rival = 1; rival < result.Measures.Count; rival++)
        {
            var side = result.Row.Sides[rival];
            var theirs = result.Measures[rival];
            var speed = figures[$"{result.Row.Name}/speed/{side.Name}"].Single();
            var floor = floors.Of(speed);
            yield return new ResultLine(
                [
                    rival == 1 ? result.Row.Work : "",
                    side.Label,
                    Rate(ours),
                    Rate(theirs),
                    Numbers.Of(speed.Spread),
                    Bytes(ours),
                    Bytes(theirs),
                    floor?.ToString() ?? "",
                ],
                floor?.Holds(speed.Spread.Median) ?? true);
        }

        if (result.Measures.Count == 1)
        {
            yield return new ResultLine([result.Row.Work, "", Rate(ours), "", "", Bytes(ours), "", ""], true);
        }
    }

    private static string Rate(IReadOnlyList<Measure> measures)
        => Numbers.Of(Spread.Of(measures.Select(measure => measure.PerSecond)).Median);

    private static string Bytes(IReadOnlyList<Measure> measures)
        => measures[0].AllocatedBytes is null
            ? "" : Numbers.Of(Math.Round(Spread.Of(measures.Select(measure => measure.BytesPerOperation!.Value)).Median));
}
