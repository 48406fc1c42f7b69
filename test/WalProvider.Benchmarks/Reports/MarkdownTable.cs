using System.Text;

namespace WalProvider.Benchmarks;

/// <summary>Tables for the documents.</summary>
internal static class MarkdownTable
{
    private const int TextColumns = 2;

    public static string Of(ReportTable table)
    {
        var text = new StringBuilder();
        Append(text, table.Headings);
        Append(text, table.Headings.Select((_, column) => column < TextColumns ? "---" : "---:"));
        foreach (var line in table.Lines)
        {
            Append(text, line.Cells);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) => text.Append($"| {string.Join(" | ", cells)} |\n");
}
