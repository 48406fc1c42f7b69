using System.IO.Enumeration;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Structure;

public partial class TreeMirrorTests
{
    private const int MostLines = 400;

    /// <summary>Folders of tests that mirror nothing, and what they are for.</summary>
    private static readonly (string Folder, string Reason)[] FoldersOfTheirOwn =
    [
        ("Structure", "holds the shape of the whole repository"),
        ("Snippets", "the code of the documents, compiled and run"),
        ("DropIn", "ordinary code of the wrapped provider under aliases of our types"),
    ];

    /// <summary>Names that say nothing of what is inside; such a folder collects whatever has no place.</summary>
    private static readonly string[] EmptyNames = ["Utils", "Utilities", "Helpers", "Common", "Core", "Internal", "Misc", "Shared"];

    private static readonly string[] TopLevel =
    [
        "src", "test", "docs", "build.cmd", "build.sh", "global.json", "WalProvider.sln", "README.md", ".editorconfig",
        ".gitignore", ".gitattributes", "LICENSE", "Directory.Build.props", "Directory.Packages.props", ".ci", ".config", ".git",
    ];

    [Test]
    public void Folders_of_tests_exist_in_the_library()
    {
        Repository.FoldersBelow(Repository.Tests)
            .Where(folder => FoldersOfTheirOwn.All(own => own.Folder != folder.Split('/')[0]))
            .Where(folder => !Directory.Exists(Path.Combine(Repository.Library, folder)))
            .ShouldBeEmpty("these folders of test/WalProvider.Tests mirror nothing in src/WalProvider");
    }

    [Test]
    public void Folders_of_the_library_have_tests()
    {
        Repository.FoldersBelow(Repository.Library)
            .Where(folder => !Repository.Sources.Any(file => InFolder(file, $"test/WalProvider.Tests/{folder}") && file.Name.EndsWith("Tests", StringComparison.Ordinal)))
            .ShouldBeEmpty("these folders of src/WalProvider have no tests in test/WalProvider.Tests");
    }

    [Test]
    public void Folders_are_named_after_features()
    {
        Repository.FoldersBelow(Path.Combine(Repository.Root, "src")).Concat(Repository.FoldersBelow(Path.Combine(Repository.Root, "test")))
            .Where(folder => EmptyNames.Contains(folder.Split('/')[^1], StringComparer.OrdinalIgnoreCase))
            .ShouldBeEmpty();
    }

    // A part of a partial type is named Type.Feature: the connection has a part for each.
    [Test]
    public void Files_hold_one_type_that_is_named_as_they_are()
    {
        Repository.Sources
            .Select(file => (file, types: file.TopLevelTypes().ToArray()))
            .Where(found => found.types is not [] && (found.types is not [var only] || only != found.file.Name.Split('.')[0]))
            .Select(found => $"{found.file.Path}: {string.Join(", ", found.types)}")
            .ShouldBeEmpty();
    }

    [Test]
    public void Files_are_short()
    {
        Repository.Sources
            .Select(file => (file.Path, Lines: file.Text.AsSpan().TrimEnd().Count('\n') + 1))
            .Where(file => file.Lines > MostLines)
            .ShouldBeEmpty($"past {MostLines} lines a type wants out");
    }

    [Test]
    public void Files_have_no_region()
    {
        Repository.Sources.SelectMany(file => file.FindInCode(Region())).ShouldBeEmpty();
    }

    [Test]
    public void Top_of_the_repository_holds_only_what_the_design_names()
    {
        var ignored = File.ReadAllLines(Path.Combine(Repository.Root, ".gitignore"))
            .Select(line => line.Trim().TrimEnd('/'))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .ToArray();

        Directory.EnumerateFileSystemEntries(Repository.Root).Select(path => Path.GetFileName(path))
            .Except(TopLevel)
            .Where(name => !ignored.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name)))
            .ShouldBeEmpty();
    }

    [Test]
    public void Projects_that_hold_tests_are_in_the_solution_and_named_so_that_the_build_script_finds_them()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "WalProvider.sln"));

        Directory.EnumerateFiles(Path.Combine(Repository.Root, "test"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("Microsoft.NET.Test.Sdk", StringComparison.Ordinal))
            .Select(project => Path.GetRelativePath(Repository.Root, project).Replace('/', '\\'))
            .Where(project => !TestProject().IsMatch(project) || !solution.Contains(project, StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    private static bool InFolder(SourceFile file, string folder) => Path.GetDirectoryName(file.Path)!.Replace('\\', '/') == folder;

    [GeneratedRegex(@"^\s*#\s*(end)?region\b.*", RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(@"^test\\(?<name>[\w.]+\.Tests)\\\k<name>\.csproj$")]
    private static partial Regex TestProject();
}
