using System.Reflection;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Conformance.Tests;

public sealed class CompatibilityPageTests
{
    private const string UpdateVariable = "WALPROVIDER_UPDATE_DOCS";
    private const string Start = "<!-- listed -->\n";
    private const string End = "<!-- end -->";

    [Test]
    public void Page_lists_every_difference_with_its_reason()
    {
        var path = Path.Combine(Root(), "docs", "compatibility.md");
        var page = File.ReadAllText(path).ReplaceLineEndings("\n");
        var start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var expected = page[..start] + Table() + page[page.IndexOf(End, start, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            File.WriteAllText(path, page = expected);
        page.ShouldBe(expected, $"run this test with {UpdateVariable}=1 to write the page from the list");
    }

    private static string Table()
    {
        var rows = typeof(Listed).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => (Listed)property.GetValue(null)!)
            .Select(listed => $"| {listed.Name} | {listed.Reason} |\n")
            .Order(StringComparer.Ordinal);
        return "| Here | Why |\n| --- | --- |\n" + string.Concat(rows);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "WalProvider.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
