namespace WalProvider.Benchmarks;

/// <summary>Every figure that has a floor, beside it.</summary>
internal static class FloorTable
{
    private static readonly string[] Headings = ["Figure", "Held", "Median", "Range", "Floor", "Aim"];

    public static ReportTable Of(IReadOnlyList<RowResult> results, Floors floors) => new(
        "floors",
        Headings,
        [.. from result in results
            from figure in result.Figures()
            let floor = floors.Of(figure)
            where floor is not null
            select Line(figure, floor)]);

    private static ReportLine Line(Figure figure, Floor floor)
    {
        var spread = figure.Spread;
        var holds = floor.Holds(spread.Median);
        return new ReportLine(
            figure.Key,
            holds ? "yes" : "NO",
            Numbers.Of(spread.Median),
            $"{Numbers.Of(spread.Least)} to {Numbers.Of(spread.Most)}",
            floor.ToString(),
            floor.Aim is { } aim ? Numbers.Short($"{aim:0.###}") : "")
        {
            IsBelowFloor = !holds,
        };
    }
}
