using System.Collections.Concurrent;
using System.Globalization;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[Row(18, "damaged database files under the profile Hardened: flips, pages swapped, wiped and cut off, loops in freelist, trees and chains; read, written, checked, vacuumed",
    "no crash, none takes more than a second of the processor, every error is one of SQLite's; a changed value is read as it is, since SQLite has no checksums")]
public class DamageTests
{
    private const int MostMilliseconds = 1_000;

    // Each kind of damage to each of two files, some times.
    private static int Files => Extent.Of(fast: 96, whole: 2_400);

    [Test]
    public async Task Damaged_file_gives_its_rows_or_an_error()
    {
        var found = new ConcurrentQueue<DamageOutcome>();
        using var folder = new TempFolder();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(half => Patience.OnThread(
            () => RunAll(Directory.CreateDirectory(folder.File($"{half}")).FullName, half * Files / 2, (half + 1) * Files / 2, found))));

        var elsewhere = found.Count(one => one.Verdict is "right" or "other" && one.Codes != "-");
        Report.Figures($"{found.Count} files: {Count(found, "refused")} refused at Open, {Count(found, "error")} when the rows were read; "
            + $"{Count(found, "right")} gave every row and {Count(found, "other")} other values, {elsewhere} of these with an error at another "
            + $"statement; {Count(found, "crash")} crashes, longest {found.Max(one => one.Milliseconds)} ms of the processor");
        found.Count.ShouldBe(Files);
        found.Where(one => one.Verdict is "crash" or "wrong" || one.Milliseconds > MostMilliseconds).ShouldBeEmpty();

        // The damage is such that it is found, and not such that nothing is left.
        Count(found, "refused").ShouldBeGreaterThan(Files / 20);
        Count(found, "error").ShouldBeGreaterThan(Files / 20);
        Count(found, "right").ShouldBeGreaterThan(Files / 20);
    }

    private static int Count(IEnumerable<DamageOutcome> found, string verdict) => found.Count(one => one.Verdict == verdict);

    // A crash takes the process with it; the next one goes on behind the file that did it.
    private static void RunAll(string folder, int from, int to, ConcurrentQueue<DamageOutcome> found)
    {
        while (from < to)
        {
            using var worker = WorkerProcess.Start("damage", folder, $"{from} {to}");
            while (worker.ReadLine() is { } line)
            {
                if (line.StartsWith("begin ", StringComparison.Ordinal))
                {
                    from = int.Parse(line[6..], CultureInfo.InvariantCulture);
                    continue;
                }

                found.Enqueue(DamageOutcome.Parse(line));
                Report.Progress(found.Count, Files);
                from++;
            }

            if (from < to)
                found.Enqueue(new DamageOutcome(from++, "?", "crash", $"exit code {worker.WaitForExit()}", 0));
        }
    }
}
