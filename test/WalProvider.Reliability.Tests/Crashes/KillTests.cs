using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[Row(1, "kill -9 and SIGTERM at random moments of a writer of units",
    "no torn unit, no acknowledged batch lost, at most one batch unknown; SIGTERM loses no written unit")]
public class KillTests
{
    private const int MostCanaryCycles = 80;
    private const int LongestRunMicroseconds = 40_000;
    private const int LongestStartMicroseconds = 250_000;
    private const long MostUnits = 4_000;

    private static readonly LedgerPlan Writer = new() { CheckpointEvery = 500 };

    private static int Cycles => Extent.Of(fast: 80, whole: 800);

    private static int SignalCycles => Extent.Of(fast: 20, whole: 200);

    [TestCase(LedgerWay.BatchUnits)]
    [TestCase(LedgerWay.Queue)]
    public async Task Kill_tears_no_unit_and_loses_nothing_that_was_acknowledged(LedgerWay way)
    {
        var findings = await Accidents(Cycles / 2, Writer with { Way = way }, worker => worker.Kill());

        Report.Figures($"{findings.Looks} kills of a writer by {way}: {findings}");
        findings.ShouldBeNone();
    }

    [Test]
    public async Task Signal_to_end_loses_no_unit_that_was_written()
    {
        var findings = await Accidents(SignalCycles, Writer with { AcknowledgesEarly = true }, Terminate);

        Report.Figures($"{findings.Looks} SIGTERM: {findings}");
        findings.ShouldBeNone();
    }

    [Test]
    public async Task Canary_kill_loses_what_is_acknowledged_before_its_commit()
    {
        var findings = await Accidents(
            MostCanaryCycles, Writer with { AcknowledgesEarly = true, BatchSize = 3_000 }, worker => worker.Kill(), found => found.Lost > 0);

        Report.Figures($"canary, acknowledged early: {findings.Lost} of {findings.Looks} lost some");
        findings.Lost.ShouldBeGreaterThan(0);
    }

    [Test]
    public async Task Canary_kill_tears_what_nothing_holds_together()
    {
        var findings = await Accidents(
            MostCanaryCycles, Writer with { Way = LedgerWay.Nothing, BatchSize = 2 }, worker => worker.Kill(), found => found.Damaged > 0);

        Report.Figures($"canary, no units: {findings.Damaged} of {findings.Looks} torn");
        findings.Damaged.ShouldBeGreaterThan(0);
    }

    // Two at a time, each with a database of its own, which goes on from one accident to the next.
    private static async Task<Findings> Accidents(
        int cycles, LedgerPlan plan, Action<WorkerProcess> accident, Predicate<Findings>? isEnough = null)
    {
        var findings = new Findings();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(half => Patience.OnThread(() => Chain(half, cycles / 2, plan, accident, findings, isEnough))));
        return findings;
    }

    private static void Chain(int half, int cycles, LedgerPlan plan, Action<WorkerProcess> accident, Findings findings, Predicate<Findings>? isEnough)
    {
        using var folder = new TempFolder();
        var random = new Random(half);
        var database = folder.File("0.db");
        long before = 0;
        for (var cycle = 0; cycle < cycles && isEnough?.Invoke(findings) != true; cycle++)
        {
            Crash(database, plan, random, isAtStart: cycle % 4 == 3, accident);
            var state = LedgerState.Read(database);
            var acknowledged = Math.Max(before, LedgerState.Acknowledged(database));
            findings.Add(state, acknowledged, Most(plan, acknowledged), $"chain {half}, cycle {cycle}");
            Report.Progress(cycle, cycles);

            // What was seen once must stay, whether it was acknowledged or not.
            before = state.Units;
            if (state.Units > MostUnits || state.Damage is not null)
            {
                database = folder.File($"{cycle + 1}.db");
                before = 0;
            }
        }
    }

    // Between a commit and its acknowledgement there is at most one batch.
    private static long Most(LedgerPlan plan, long acknowledged) => plan.Way switch
    {
        LedgerWay.BatchUnits when !plan.AcknowledgesEarly => acknowledged + plan.BatchSize / Ledger.RowsOfUnit,
        LedgerWay.Queue => acknowledged + plan.BatchSize,
        _ => long.MaxValue,
    };

    private static void Crash(string database, LedgerPlan plan, Random random, bool isAtStart, Action<WorkerProcess> accident)
    {
        using var worker = WorkerProcess.Start("ledger", database, plan.ToString());
        if (!isAtStart)
            worker.ReadLine().ShouldBe("ready");
        Moment.Spend(random.Next(isAtStart ? LongestStartMicroseconds : LongestRunMicroseconds));
        accident(worker);
    }

    private static void Terminate(WorkerProcess worker)
    {
        worker.Signal("TERM");
        worker.WaitForExit();
    }
}
