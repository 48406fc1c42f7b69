using System.Globalization;
using Spectre.Console;

namespace WalProvider.Tool;

/// <summary>The table at the end of a demo.</summary>
internal static class DemoPicture
{
    public static Table Draw(DemoReport report)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("step");
        foreach (var header in (string[])["time", "rows/s", "wrapped", "rows/s", "ratio"])
            table.AddColumn(new TableColumn(header).RightAligned().NoWrap());
        foreach (var step in report.Steps)
        {
            table.AddRow(
                new Text(step.Title),
                new Text(Quantity.Time(step.Ours.Elapsed)),
                new Text(Rate(step.Ours)),
                new Text(step.Wrapped is null ? "" : Quantity.Time(step.Wrapped.Elapsed)),
                new Text(Rate(step.Wrapped)),
                new Text(step.Ratio is { } ratio ? Times(ratio) : "", new Style(decoration: Decoration.Bold)));
        }

        return table;
    }

    /// <summary>What the wrapped provider did in each step, a line each.</summary>
    public static IEnumerable<string> Legend(DemoReport report) => report.Steps
        .Where(step => step.Wrapped is not null)
        .Select(step => $"  {step.Title}: {step.WrappedHow}")
        .Prepend("wrapped is Microsoft.Data.Sqlite on the same work:");

    private static string Rate(DemoMeasure? measure)
        => measure is { Rows: { } rows } ? Quantity.Rate(rows, measure.Elapsed)[..^"/s".Length] : "";

    private static string Times(double ratio) => ratio.ToString(ratio < 10 ? "0.0x" : "#,0x", CultureInfo.InvariantCulture);
}
