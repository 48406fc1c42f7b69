using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[Row(6, "I/O errors at every nth read, write, sync, truncation, open, lock, shared memory, unlink, once and for good",
    "no damage, nothing acknowledged lost, no handle leaked, each error documented, the file usable afterwards")]
public class FaultTests
{
    private static readonly HashSet<string> SeenCodes = [];

    private static int _cases;

    [Test, Combinatorial]
    public void Fault_damages_loses_and_leaks_nothing([Values] FaultKinds kind, [Values("Normal", "Full")] string synchronous)
    {
        using var folder = new TempFolder();

        var lines = RunWorker(folder, $"{kind} {synchronous} {Extent.Of(fast: 5, whole: 1)}");

        lines.Length.ShouldBeGreaterThan(2);
        lines.Where(line => !line.EndsWith("| ", StringComparison.Ordinal)).ShouldBeEmpty();
        lines[0].ShouldNotContain(": 0 ");
        _cases += lines.Length;
        SeenCodes.UnionWith(lines.SelectMany(CodesOf));
    }

    [OneTimeTearDown]
    public void Say_what_was_seen_and_hold_it_against_the_page()
    {
        Report.Figures($"{_cases} faults, 0 bad; codes seen: {string.Join(" ", SeenCodes.Order())}");
        var page = File.ReadAllText(Path.Combine(ReliabilityPage.Root, "docs", "errors.md"));
        SeenCodes.Where(code => !page.Contains($"| {code.Replace("/", ", ")} |", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static IEnumerable<string> CodesOf(string line)
        => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..line.IndexOf(" |", StringComparison.Ordinal)]
            .Split(' ')[1].Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static string[] RunWorker(TempFolder folder, string plan)
    {
        using var worker = WorkerProcess.Start(FaultShim.On(folder.Path), "faults", folder.Path, plan);
        var lines = new List<string>();
        while (worker.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        worker.WaitForExit().ShouldBe(0, lines.LastOrDefault());
        return [.. lines];
    }
}
