using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[Row(4, "one bit of the WAL flipped", "opens to exactly the last batch before the frame of that bit")]
public class WalFlipTests
{
    private const int Flips = 1_500;

    private static readonly LedgerPlan Writer = new() { Units = 50, Keywords = "Write Batch Interval=0;Wal Autocheckpoint=0" };

    [Test]
    public void Flip_leaves_exactly_the_batches_before_it()
    {
        var image = WalImage.Record(Writer);
        var findings = new Findings();

        FlipEach(image.Wal, image.End, (wal, position) =>
        {
            var expected = image.UnitsBefore(image.FrameOf(position));
            findings.Add(image.Read(wal), expected, expected, $"flip at {position}");
        });

        Report.Figures($"{findings.Looks} flips: {findings}");
        findings.ShouldBeNone();
    }

    [Test]
    public void Canary_flip_in_the_main_file_is_damage()
    {
        using var folder = new TempFolder();
        WorkerProcess.Run("ledger", folder.File(), Writer.ToString());
        var main = File.ReadAllBytes(folder.File());
        var whole = LedgerState.Read(folder.File()).Units;
        var findings = new Findings();

        FlipEach(main, main.Length, (bytes, position) =>
        {
            using var other = new TempFolder();
            File.WriteAllBytes(other.File(), bytes);
            findings.Add(LedgerState.Read(other.File()), whole, whole, $"flip at {position}");
        });

        Report.Figures($"canary, the main file: {findings.Damaged} of {findings.Looks} damaged");
        findings.Damaged.ShouldBeGreaterThan(Flips / 4);
    }

    // The header and the first frame often, the rest evenly.
    private static void FlipEach(byte[] bytes, int end, Action<byte[], int> look)
    {
        var random = new Random(4);
        (int Position, int Bit)[] flips =
            [.. Enumerable.Range(0, Flips).Select(n => (random.Next(n % 10 == 0 ? WalImage.HeaderSize + 24 : end), random.Next(8)))];
        var done = 0;
        Parallel.ForEach(flips, new ParallelOptions { MaxDegreeOfParallelism = 2 }, flip =>
        {
            var copy = (byte[])bytes.Clone();
            copy[flip.Position] ^= (byte)(1 << flip.Bit);
            look(copy, flip.Position);
            Report.Progress(Interlocked.Increment(ref done), Flips);
        });
    }
}
