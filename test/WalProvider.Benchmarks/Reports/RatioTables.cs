using Spectre.Console;

namespace WalProvider.Benchmarks;

/// <summary>The results as tables for a person at a terminal.</summary>
internal static class RatioTables
{
    public static void Write(IAnsiConsole console, IReadOnlyList<RowResult> results, Floors floors)
    {
        var lines = results.SelectMany(result => ResultLine.Of(result, floors)).ToArray();
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in ResultLine.Headings)
        {
            table.AddColumn(new TableColumn(Markup.Escape(heading)));
        }

        foreach (var line in lines)
        {
            table.AddRow(line.Cells.Select(cell => new Text(cell, line.Holds ? Style.Plain : new Style(Color.Red))));
        }

        console.Write(table);
    }
}
