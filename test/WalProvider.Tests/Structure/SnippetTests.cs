using System.Text.RegularExpressions;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Structure;

/// <summary>
/// Each C# block of README.md and docs/*.md carries a name, <c>&lt;!-- snippet: NAME --&gt;</c>, and equals the code between
/// <c>// snippet: NAME</c> and <c>// end</c> in a file of test/WalProvider.Tests/Snippets, where it runs as a test.
/// </summary>
public partial class SnippetTests
{
    private static readonly ILookup<string, string> Code = Repository.Sources
        .Where(file => file.Path.StartsWith("test/WalProvider.Tests/Snippets/", StringComparison.Ordinal))
        .SelectMany(file => Region().Matches(file.Text.ReplaceLineEndings("\n")))
        .ToLookup(match => match.Groups["name"].Value, match => WithoutIndent(match.Groups["code"].Value));

    private static IEnumerable<string> Documents =>
        Directory.EnumerateFiles(Repository.Root, "README.md")
            .Concat(Directory.Exists(Docs) ? Directory.EnumerateFiles(Docs, "*.md", SearchOption.AllDirectories) : []);

    private static string Docs => Path.Combine(Repository.Root, "docs");

    [Test]
    public void Blocks_of_the_documents_have_a_name()
    {
        Blocks().Where(block => block.Name.Length == 0)
            .Select(block => $"{block.Document}: {block.Code.Split('\n')[0]}")
            .ShouldBeEmpty("put <!-- snippet: NAME --> on the line above ```csharp");
    }

    [Test]
    public void Blocks_of_the_documents_equal_the_code_that_is_tested()
    {
        foreach (var (document, name, code) in Blocks().Where(block => block.Name.Length > 0))
        {
            Code[name].Count().ShouldBe(1, $"{document}: regions '// snippet: {name}' in test/WalProvider.Tests/Snippets");
            code.ShouldBe(Code[name].Single(), $"{document}: snippet {name}");
        }
    }

    [Test]
    public void Code_that_is_tested_for_the_documents_stands_in_one()
    {
        Code.Select(region => region.Key).Except(Blocks().Select(block => block.Name)).ShouldBeEmpty();
    }

    [Test]
    public void Block_and_region_of_one_name_are_equal_when_only_the_indent_differs()
    {
        var block = Block().Match("<!-- snippet: open -->\n```csharp\nif (x)\n{\n    y();\n}\n```\n");
        var region = Region().Match("        // snippet: open\n        if (x)\n        {\n            y();\n        }\n        // end\n");

        block.Groups["name"].Value.ShouldBe("open");
        region.Groups["name"].Value.ShouldBe("open");
        WithoutIndent(block.Groups["code"].Value).ShouldBe("if (x)\n{\n    y();\n}");
        WithoutIndent(region.Groups["code"].Value).ShouldBe("if (x)\n{\n    y();\n}");
    }

    private static IEnumerable<(string Document, string Name, string Code)> Blocks() =>
        from document in Documents
        from Match match in Block().Matches(File.ReadAllText(document).ReplaceLineEndings("\n"))
        select (Path.GetRelativePath(Repository.Root, document), match.Groups["name"].Value, WithoutIndent(match.Groups["code"].Value));

    private static string WithoutIndent(string code)
    {
        var lines = code.Trim('\n').Split('\n').Select(line => line.TrimEnd()).ToArray();
        var indent = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line)).TrimEnd();
    }

    // C# by any of its names, so that no block escapes by spelling.
    [GeneratedRegex(
        @"(?:<!--\s*snippet:\s*(?<name>[\w.-]+)\s*-->\s*\n)?^[ \t]*```(?:csharp|cs|c\#)\b[^\n]*\n(?<code>.*?)^[ \t]*```",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Block();

    [GeneratedRegex(@"^[ \t]*//[ ]snippet:[ ](?<name>[\w.-]+)[ \t]*\n(?<code>.*?)^[ \t]*//[ ]end[ \t]*$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Region();
}
