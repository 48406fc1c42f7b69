using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[Row(3, "the WAL cut off at every 64 bytes and around each frame", "opens to exactly the last batch that is whole before the cut")]
public class WalCutTests
{
    private const int Step = 64;

    private static readonly LedgerPlan Writer = new() { Units = Extent.Of(fast: 50, whole: 200), Keywords = "Write Batch Interval=0;Wal Autocheckpoint=0" };

    private static int Cuts => Extent.Of(fast: 500, whole: 10_000);

    [TestCase("Normal")]
    [TestCase("Full")]
    public void Cut_leaves_exactly_the_batches_before_it(string synchronous)
    {
        var image = WalImage.Record(Writer with { Keywords = $"{Writer.Keywords};Synchronous={synchronous}" });

        var findings = CutAll(image, Cuts);

        Report.Figures($"{findings.Looks} cuts at {synchronous.ToUpperInvariant()}: {findings}");
        findings.ShouldBeNone();
    }

    [Test]
    public void Canary_cut_tears_what_nothing_holds_together()
    {
        var findings = CutAll(WalImage.Record(Writer with { Way = LedgerWay.Nothing, BatchSize = 2, Units = 20 }), 50);

        Report.Figures($"canary, no units: {findings.Damaged} of {findings.Looks} torn");
        findings.Damaged.ShouldBeGreaterThan(0);
    }

    private static Findings CutAll(WalImage image, int most)
    {
        var around = image.FrameEdges.SelectMany(edge => new[] { edge - 1, edge, edge + 1, edge + 23, edge + 24, edge + 25 });
        int[] cuts = [.. Enumerable.Range(0, image.End / Step).Select(n => n * Step).Concat(around).Where(cut => cut <= image.Wal.Length).Distinct()];
        var findings = new Findings();
        var every = Math.Max(1, cuts.Length / most);
        Parallel.ForEach(cuts.Where((_, index) => index % every == 0), new ParallelOptions { MaxDegreeOfParallelism = 2 }, cut =>
        {
            var expected = image.UnitsBefore(cut);
            findings.Add(image.Read(image.Wal.AsSpan(0, cut)), expected, expected, $"cut at {cut}");
            Report.Progress(findings.Looks, cuts.Length / every);
        });
        return findings;
    }
}
