using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[Row(2, "kill at every change of a file: before it, half-way through a write, after it",
    "no torn unit, no damage, no acknowledged batch lost, at most one batch unknown")]
public class OperationKillTests
{
    private const int Workers = 2;

    /// <summary>Everything that changes files: creation, batches, checkpoints of all modes, the end with the last checkpoint.</summary>
    private static readonly LedgerPlan Writer = new() { Units = 40, CheckpointEvery = 10, Keywords = "Write Batch Interval=0" };

    private static int EveryNth => Extent.Of(fast: 5, whole: 1);

    [Test]
    public async Task Kill_at_a_change_of_a_file_tears_and_loses_nothing()
    {
        var points = PointsOf(Writer).Where((_, index) => index % EveryNth == 0).ToList();

        var findings = await KillAt(points, Writer);

        Report.Figures($"{findings.Looks} points: {findings}");
        findings.Looks.ShouldBe(points.Count);
        findings.ShouldBeNone();
    }

    [Test]
    public async Task Canary_kill_without_a_journal_damages_the_file()
    {
        var writer = Writer with { CheckpointEvery = 0, Keywords = Writer.Keywords + ";Journal Mode=Off" };
        var points = PointsOf(writer).Where((_, index) => index % 8 == 0).ToList();

        var findings = await KillAt(points, writer);

        Report.Figures($"canary, no journal: {findings.Damaged} of {findings.Looks} damaged");
        findings.Damaged.ShouldBeGreaterThan(0);
    }

    // A run that is not killed says how many changes there are, and which of them are writes.
    private static List<(int Change, KillMoment Moment)> PointsOf(LedgerPlan plan)
    {
        using var folder = new TempFolder();
        using var traces = new TempFolder();
        var trace = traces.File("trace");
        using (var worker = WorkerProcess.Start(FaultShim.Recording(folder.Path, trace), "ledger", folder.File(), plan.ToString()))
            worker.WaitForExit().ShouldBe(0);
        return
        [
            .. TraceRecord.ReadAll(trace).Where(record => record.IsChange).SelectMany((record, index) => record.Call is FileCall.Write
                ? new[] { (index + 1, KillMoment.Before), (index + 1, KillMoment.Half), (index + 1, KillMoment.After) }
                : [(index + 1, KillMoment.Before), (index + 1, KillMoment.After)]),
        ];
    }

    private static async Task<Findings> KillAt(IReadOnlyCollection<(int Change, KillMoment Moment)> points, LedgerPlan plan)
    {
        var findings = new Findings();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Workers };
        await Parallel.ForEachAsync(points, options, async (point, _) =>
        {
            await Patience.OnThread(() => KillAt(point.Change, point.Moment, plan, findings));
            Report.Progress(findings.Looks, points.Count);
        });
        return findings;
    }

    private static void KillAt(int change, KillMoment moment, LedgerPlan plan, Findings findings)
    {
        using var folder = new TempFolder();
        var database = folder.File();
        using (var worker = WorkerProcess.Start(FaultShim.Killing(folder.Path, change, moment), "ledger", database, plan.ToString()))
            worker.WaitForExit();
        var acknowledged = LedgerState.Acknowledged(database);
        findings.Add(LedgerState.Read(database), acknowledged, acknowledged + plan.BatchSize / Ledger.RowsOfUnit, $"{moment} change {change}");
    }
}
