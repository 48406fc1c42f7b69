using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[Row(5, "power lost at any point: unsynced writes kept, gone, gone in part, torn at 512 bytes",
    "FULL loses nothing acknowledged; NORMAL no damage and no loss of what the last checkpoint saw")]
public class PowerLossTests
{
    private static readonly LedgerPlan Writer = new() { Units = 120, CheckpointEvery = 25, Keywords = "Write Batch Interval=0" };

    private static int States => Extent.Of(fast: 400, whole: 4_000);

    [TestCase(LedgerWay.BatchUnits)]
    [TestCase(LedgerWay.Transactions)]
    public void Full_loses_nothing_that_was_acknowledged(LedgerWay way)
    {
        var findings = Replay(Writer with { Way = way, Keywords = Writer.Keywords + ";Synchronous=Full" }, isNormal: false);

        Report.Figures($"{findings.Looks} states at FULL by {way}: {findings}");
        findings.ShouldBeNone();
    }

    [Test]
    public void Normal_damages_nothing_and_keeps_what_the_last_checkpoint_saw()
    {
        var findings = Replay(Writer, isNormal: true);

        Report.Figures($"{findings.Looks} states at NORMAL: {findings}");
        findings.ShouldBeNone();
    }

    [Test]
    public void Canary_normal_loses_what_full_keeps()
    {
        var findings = Replay(Writer, isNormal: false);

        Report.Figures($"canary, NORMAL held to the promise of FULL: {findings.Lost} of {findings.Looks} lost some");
        findings.Damaged.ShouldBe(0);
        findings.Lost.ShouldBeGreaterThan(0);
    }

    [Test]
    public void Canary_off_damages_the_file()
    {
        var findings = Replay(Writer with { Keywords = Writer.Keywords + ";Synchronous=Off" }, isNormal: true);

        Report.Figures($"canary, OFF: {findings.Damaged} of {findings.Looks} damaged");
        findings.Damaged.ShouldBeGreaterThan(0);
    }

    private static Findings Replay(LedgerPlan plan, bool isNormal)
    {
        var records = Record(plan);
        var random = new Random(5);
        var disk = new PowerDisk();
        var findings = new Findings();
        var losses = Enum.GetValues<PowerLoss>();
        var every = Math.Max(1, records.Count * losses.Length / States);
        long acknowledged = 0, synced = 0;
        for (var point = 0; point < records.Count; point++)
        {
            disk.Apply(records[point]);
            acknowledged = records[point].IsAcknowledgement ? Units(records[point], acknowledged) : acknowledged;
            synced = records[point].Call is FileCall.Sync && records[point].Path.EndsWith("-wal", StringComparison.Ordinal) ? acknowledged : synced;
            foreach (var loss in losses.Where(_ => random.Next(every) == 0))
            {
                var state = Read(disk.Fail(loss, random));
                findings.Add(state, isNormal ? synced : acknowledged, acknowledged + plan.BatchSize, $"{loss} after call {point}");
            }

            Report.Progress(point, records.Count);
        }

        return findings;
    }

    private static IReadOnlyList<TraceRecord> Record(LedgerPlan plan)
    {
        using var folder = new TempFolder();
        using var traces = new TempFolder();
        using var worker = WorkerProcess.Start(FaultShim.Recording(folder.Path, traces.File("trace")), "ledger", folder.File(), plan.ToString());
        worker.WaitForExit().ShouldBe(0);
        return [.. TraceRecord.ReadAll(traces.File("trace")).Where(record => !record.Path.EndsWith("-shm", StringComparison.Ordinal))];
    }

    private static long Units(TraceRecord record, long before)
        => record.Call is FileCall.Write ? BitConverter.ToInt64(record.Data) : before;

    private static LedgerState Read(Dictionary<string, byte[]> files)
    {
        using var folder = new TempFolder();
        foreach (var (path, bytes) in files.Where(file => !file.Key.EndsWith(".ack", StringComparison.Ordinal)))
            File.WriteAllBytes(folder.File(Path.GetFileName(path)), bytes);
        return LedgerState.Read(folder.File());
    }
}
