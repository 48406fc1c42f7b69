using System.Globalization;
using System.Reflection;

namespace WalProvider.Tests;

/// <summary>docs/reliability.md, in which the figures of each row's last whole run that held stand between two marks.</summary>
internal sealed class ReliabilityPage
{
    private const string Start = "<!-- soak -->\n";
    private const string End = "<!-- end -->";
    private const string Head = "| # | What is done | What must hold | Result of the last whole run | Took |\n| --- | --- | --- | --- | --- |\n";

    private readonly string _path;

    public ReliabilityPage(string path) => _path = path;

    /// <summary>The checkout that this assembly was built from.</summary>
    public static string Root { get; } = typeof(ReliabilityPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => one.Key == "RepositoryRoot").Value!;

    /// <summary>Its page.</summary>
    public static ReliabilityPage OfRepository() => new(Path.Combine(Root, "docs", "reliability.md"));

    /// <summary>Puts the lines of rows that ran in the place of their old ones; the other rows keep theirs.</summary>
    public void Put(IEnumerable<SoakResult> results)
    {
        var text = File.ReadAllText(_path).ReplaceLineEndings("\n");
        var start = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var end = text.IndexOf(End, start, StringComparison.Ordinal);
        var lines = new SortedDictionary<int, string>();
        foreach (var line in text[start..end].Split('\n'))
        {
            if (line.StartsWith("| ", StringComparison.Ordinal)
                && int.TryParse(line[2..line.IndexOf('|', 2)], CultureInfo.InvariantCulture, out var number))
                lines[number] = line;
        }

        foreach (var result in results)
            lines[result.Row.Number] = LineOf(result);
        File.WriteAllText(_path, $"{text[..start]}\n{Head}{string.Join("\n", lines.Values)}\n\n{text[end..]}");
    }

    private static string LineOf(SoakResult result)
        => $"| {result.Row.Number} | {result.Row.Title} | {result.Row.Target} | {string.Join("; ", result.Figures)} | {result.Time} |";
}
