using NUnit.Framework;
using Shouldly;
using WalProvider.Tests.Structure;

namespace WalProvider.Tests;

[TestFixture]
public sealed class ConnectionStringPageTests
{
    private const string UpdateVariable = "WALPROVIDER_UPDATE_DOCS";

    private static readonly string File = Path.Combine(Repository.Root, "docs", "connection-string.md");

    [Test]
    public void Page_says_what_the_table_says()
    {
        var expected = ConnectionStringPage.Render();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            System.IO.File.WriteAllText(File, expected);
        }

        System.IO.File.ReadAllText(File).ShouldBe(expected, $"run this test with {UpdateVariable}=1 to write the page from the table");
    }

    [Test]
    public void Page_has_every_keyword_once()
    {
        var page = ConnectionStringPage.Render();
        foreach (var name in WalOptions.All.Select(option => option.Name).Concat(BorrowedKeywords.All.Select(keyword => keyword.Name)))
            page.Split($"**{name}**").Length.ShouldBe(2, name);
    }

    [Test]
    public void Examples_on_the_page_are_connection_strings()
    {
        var examples = ConnectionStringPage.Render().Split('\n').Where(line => line.StartsWith("    Data Source", StringComparison.Ordinal)).ToList();
        examples.Count.ShouldBe(3);
        foreach (var example in examples)
            Should.NotThrow(() => WalSettings.Parse(example.Trim()), example);
    }
}
