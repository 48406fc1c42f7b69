using NUnit.Framework;
using Shouldly;
using WalProvider.Tests;

namespace WalProvider.Tool.Tests;

public class ToolCommandLineTests
{
    [TestCase("import")]
    [TestCase("import x.csv")]
    [TestCase("import x.csv --into x.db --batch-size 0")]
    [TestCase("import x.csv --into x.db --delimiter ab")]
    [TestCase("import x.csv --into x.db --header --no-header")]
    [TestCase("stats")]
    [TestCase("demo a b")]
    [TestCase("nonsense")]
    [TestCase("")]
    public async Task Wrong_usage_has_its_exit_code_and_prints_no_result(string arguments)
    {
        var run = await ToolRun.Of(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        run.ExitCode.ShouldBe(ExitCode.WrongUsage);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldNotBeEmpty();
    }

    [TestCase("--help")]
    [TestCase("demo --help")]
    public async Task Help_names_the_tool_and_hides_what_only_the_demo_calls(string arguments)
    {
        var run = await ToolRun.Of(arguments.Split(' '));

        run.ExitCode.ShouldBe(ExitCode.Done);
        run.Output.ShouldContain("walprovider");
        run.Output.ShouldNotContain("worker <");
    }

    [Test]
    public async Task Help_and_manual_list_the_exit_codes()
    {
        var help = (await ToolRun.Of("--help")).Output;
        var manual = await File.ReadAllTextAsync(Path.Combine(Repository(), "docs", "tool.md"));

        foreach (var code in (int[])[ExitCode.Done, ExitCode.CheckFailed, ExitCode.WrongUsage, ExitCode.BadInput, ExitCode.DatabaseError, ExitCode.Interrupted])
        {
            help.ShouldContain($"{code} ");
            manual.ShouldContain($"| {code} |");
        }
    }

    [Test]
    public async Task Missing_file_is_bad_input_and_a_missing_folder_of_the_database_an_error_of_it()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("t.csv"), "a\n1\n");

        (await ToolRun.Of("import", folder.File("no.csv"), "--into", folder.File())).ExitCode.ShouldBe(ExitCode.BadInput);
        (await ToolRun.Of("import", folder.Path, "--into", folder.File())).ExitCode.ShouldBe(ExitCode.BadInput);
        (await ToolRun.Of("import", folder.File("t.csv"), "--into", Path.Combine(folder.Path, "no", "x.db")))
            .ExitCode.ShouldBe(ExitCode.DatabaseError);
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "WalProvider.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No WalProvider.sln above the tests.");
        return folder;
    }
}
