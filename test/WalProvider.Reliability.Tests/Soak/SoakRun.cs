using System.Diagnostics;

namespace WalProvider.Tests;

/// <summary>Runs one row in a test host of its own and tells how far it is.</summary>
internal static class SoakRun
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <param name="row">The row.</param>
    /// <param name="onProgress">Called with what it last said of its progress, and how long it has run.</param>
    public static async Task<SoakResult> Run(SoakRow row, Action<string, TimeSpan> onProgress)
    {
        var report = Path.GetTempFileName();
        var started = Stopwatch.StartNew();
        try
        {
            using var process = Process.Start(Host(row, report))!;
            var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            using var timer = new PeriodicTimer(LookEvery);
            while (!output.IsCompleted && await timer.WaitForNextTickAsync())
                onProgress(LastProgress(report), started.Elapsed);
            await process.WaitForExitAsync();
            return new SoakResult(
                row, process.ExitCode == 0, Lines(report, Report.FiguresMark), started.Elapsed, string.Concat(await output));
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static ProcessStartInfo Host(SoakRow row, string report)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["test", typeof(SoakRun).Assembly.Location, "--nologo", "--filter", $"FullyQualifiedName~{row.Fixture}."])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Extent.Variable] = Extent.Whole;
        start.Environment[Report.Variable] = report;
        return start;
    }

    private static string LastProgress(string report) => Lines(report, Report.ProgressMark).LastOrDefault("");

    private static string[] Lines(string report, string mark)
    {
        // NB: the host appends to it meanwhile.
        using var reader = new StreamReader(new FileStream(report, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..])];
    }
}
