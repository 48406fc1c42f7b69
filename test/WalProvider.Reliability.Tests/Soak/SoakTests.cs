using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[Row(22, "soak: a writing process killed every 5 s, beside a writer, readers, checkpoints of all modes and backups",
    "all of the above, and memory and handles stay flat")]
public class SoakTests
{
    /// <summary>The variable that names another length, in seconds: for a try.</summary>
    private const string Variable = "WALPROVIDER_SOAK_SECONDS";

    private const long MostUnits = 30_000;
    private const long MostManagedGrowth = 4 << 20;
    private const long MostEngineGrowth = 64 << 10;
    private const int MostHandleGrowth = 2;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(Extent.Of(fast: 1, whole: 5));

    private static int Seconds => Environment.GetEnvironmentVariable(Variable) is { } seconds
        ? int.Parse(seconds, CultureInfo.InvariantCulture)
        : Extent.Of(fast: 2, whole: 600);

    [Test]
    public async Task Everything_at_once_holds_and_stays_flat()
    {
        using var folder = new TempFolder();
        var counts = new SoakCounts();
        var usage = new List<ProcessUsage>();
        var state = SoakState.Empty;
        var database = folder.File();
        for (var started = Stopwatch.StartNew(); started.Elapsed.TotalSeconds < Seconds;)
        {
            var plan = new LedgerPlan { CheckpointEvery = 1_000, Keywords = usage.Count % 2 == 0 ? "" : "Synchronous=Full" };
            state = await new SoakPeriod(database, Period, counts).Run(state, plan, $"period {usage.Count}");
            if (state.Units > MostUnits)
            {
                state = SoakState.Empty;
                DeleteAll(folder);
            }

            usage.Add(ProcessUsage.Now());
            Report.Progress((int)started.Elapsed.TotalSeconds, Seconds);
        }

        ReportFigures(counts, usage);
        counts.Kills.ShouldBeNone();
        counts.Backups.ShouldBeNone();
        // Beside other tests the process is not its own.
        if (Extent.IsWhole)
            ShouldBeFlat(usage);
    }

    private static void DeleteAll(TempFolder folder)
    {
        WalDbConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(folder.Path))
            File.Delete(file);
    }

    private static void ReportFigures(SoakCounts counts, List<ProcessUsage> usage)
    {
        var (early, last) = (Early(usage), usage[^1]);
        Report.Figures(
            $"{counts}; since the first quarter {(last.ManagedBytes - early.ManagedBytes) >> 10:+0;-0;0} KB of {last.ManagedBytes >> 10} KB managed memory, "
            + $"{(last.EngineBytes - early.EngineBytes) >> 10:+0;-0;0} KB of {last.EngineBytes >> 10} KB in the engine, "
            + $"{last.Handles - early.Handles:+0;-0;0} of {last.Handles} handles");
    }

    private static void ShouldBeFlat(List<ProcessUsage> usage)
    {
        var (early, last) = (Early(usage), usage[^1]);
        (last.ManagedBytes - early.ManagedBytes).ShouldBeLessThan(MostManagedGrowth);
        (last.EngineBytes - early.EngineBytes).ShouldBeLessThan(MostEngineGrowth);
        (last.Handles - early.Handles).ShouldBeLessThanOrEqualTo(MostHandleGrowth);
    }

    // The first periods fill caches that stay.
    private static ProcessUsage Early(List<ProcessUsage> usage) => usage[usage.Count / 4];
}
