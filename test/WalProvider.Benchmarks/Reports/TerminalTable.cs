using Spectre.Console;

namespace WalProvider.Benchmarks;

/// <summary>Tables for a person at a terminal.</summary>
internal static class TerminalTable
{
    private const int LeastWidth = 170;
    private const int TextColumns = 2;

    public static void Write(IAnsiConsole console, ReportTable report)
    {
        if (report.Lines.Count == 0)
        {
            return;
        }

        // Where nobody looks, in a log, there is no width to keep to.
        console.Profile.Width = Math.Max(console.Profile.Width, LeastWidth);
        var table = new Table().Border(TableBorder.Simple);
        for (var column = 0; column < report.Headings.Count; column++)
        {
            var alignment = column < TextColumns ? Justify.Left : Justify.Right;
            table.AddColumn(new TableColumn(Markup.Escape(report.Headings[column])) { Alignment = alignment });
        }

        foreach (var line in report.Lines)
        {
            var style = line.IsBelowFloor ? new Style(Color.Red) : Style.Plain;
            table.AddRow(line.Cells.Select(cell => new Text(cell, style)));
        }

        console.Write(table);
    }
}
