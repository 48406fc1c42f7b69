using System.Diagnostics;
using System.Text.Json;
using NUnit.Framework;
using Shouldly;
using WalProvider.Tests;

namespace WalProvider.Tool.Tests.Demo;

public class DemoTests
{
    private const string People = "id,name,weight\n1,Ann,1.5\n2,\"B\nob\",2\n3,,\n";

    [Test]
    public async Task Demo_tells_that_all_is_right_when_it_runs_as_a_process_of_its_own()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("people.csv"), People);
        var start = ToolProcess.StartInfo(["demo", folder.File("people.csv"), "--json", "--keep", folder.File("kept")]);

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var report = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync()).RootElement;
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(ExitCode.Done, await error);
        report.GetProperty("ok").GetBoolean().ShouldBeTrue();
        var workers = report.GetProperty("workers").EnumerateArray().ToArray();
        workers.Select(worker => worker.GetProperty("worker").GetInt32()).ShouldBe(Enumerable.Range(1, 10));
        workers.ShouldAllBe(worker => worker.GetProperty("rows").GetInt64() == 3 && worker.GetProperty("isRight").GetBoolean());
        report.GetProperty("backup").GetProperty("rows").GetInt64().ShouldBe(3);
        ToolRun.Query(folder.File("kept/backup.db"), "SELECT * FROM people ORDER BY id").ShouldBe("1 'Ann' 1.5r\n2 'B\nob' 2r\n3 '' NULL");
    }

    [Test]
    public async Task Report_is_wrong_when_workers_do_not_see_what_they_expect()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("people.csv"), People);
        var source = new MisleadingSource(FileSource.Open(folder.File("people.csv"), _ => { }, CancellationToken.None));
        using var work = new DemoFolder(folder.File("kept"));

        var report = await new DemoRun(source, work, new PlainSteps(TextWriter.Null), CancellationToken.None).RunAsync();

        report.IsRight.ShouldBeFalse();
        DemoCommand.ExitCodeOf(report).ShouldBe(ExitCode.CheckFailed);
        report.Workers.ShouldAllBe(worker => !worker.IsRight && worker.Rows == 3);
        report.Backup!.IsRight.ShouldBeTrue();
    }

    [Test]
    public async Task Worker_is_reported_with_its_error_when_it_cannot_read()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("people.csv"), People);
        var source = FileSource.Open(folder.File("people.csv"), _ => { }, CancellationToken.None);

        var reports = await new WorkerTeam(source, 1).RunAsync(folder.File("missing.db"), isWrapped: false, _ => { }, CancellationToken.None);

        reports.Single().IsRight.ShouldBeFalse();
        reports.Single().Error.ShouldStartWith($"exit code {ExitCode.DatabaseError}: ");
    }

    [Test]
    public async Task Worker_fails_when_one_value_differs([Values("--checksum", "--rows")] string option)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("people.csv"), People);
        var source = FileSource.Open(folder.File("people.csv"), _ => { }, CancellationToken.None);
        (await ToolRun.Of("import", folder.File("people.csv"), "--into", folder.File())).ExitCode.ShouldBe(ExitCode.Done);
        string[] right = ["worker", folder.File(), .. source.WorkerArguments];
        var wrong = right.ToArray();
        wrong[Array.IndexOf(wrong, option) + 1] = "4";

        (await ToolRun.Of(right)).ExitCode.ShouldBe(ExitCode.Done);
        (await ToolRun.Of(wrong)).ExitCode.ShouldBe(ExitCode.CheckFailed);
    }

    [Test]
    public async Task Folder_is_refused_when_it_holds_something()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("people.csv"), People);

        var run = await ToolRun.Of("demo", folder.File("people.csv"), "--keep", folder.Path);

        run.ExitCode.ShouldBe(ExitCode.WrongUsage);
        Directory.GetFiles(folder.Path).ShouldBe([folder.File("people.csv")]);
    }

    [Test]
    public async Task Demo_stops_at_bad_lines_of_its_file()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("bad.csv"), "a,b\n1\n");

        var run = await ToolRun.Of("demo", folder.File("bad.csv"));

        run.ExitCode.ShouldBe(ExitCode.BadInput);
        run.Error.ShouldContain("bad.csv:2:");
    }
}
