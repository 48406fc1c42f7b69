using System.CommandLine;
using System.Diagnostics;

namespace WalProvider.Tool;

/// <summary><c>walprovider demo [FILE]</c>.</summary>
internal static class DemoCommand
{
    private static readonly Argument<string?> File = new("FILE")
    {
        Description = "A CSV, TSV or NDJSON file to load; by default the Unicode table that .NET carries.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Keep = new("--keep")
    {
        Description = "Work in this empty or new folder, and leave the databases there.",
        HelpName = "DIR",
    };

    private static readonly Option<bool> Json = JsonOption.Create();

    public static Command Create(ToolConsole console)
    {
        var command = new Command("demo", "Load, checkpoint, read by 10 processes and back up, beside the wrapped provider.") { File, Keep, Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await RunAsync(parsed.GetValue(File), parsed.GetValue(Keep), console, cancellationToken);
            if (parsed.GetValue(Json))
                console.WriteJson(Machine(report));
            else
                Show(report, console);
            return ExitCodeOf(report);
        });
        return command;
    }

    public static int ExitCodeOf(DemoReport report) => report.IsRight ? ExitCode.Done : ExitCode.CheckFailed;

    private static async Task<DemoReport> RunAsync(string? file, string? keep, ToolConsole console, CancellationToken cancellationToken)
    {
        using var folder = new DemoFolder(keep);
        return await console.WatchAsync(steps => Task.Run(
            () => new DemoRun(Read(file, steps, cancellationToken), folder, steps, cancellationToken).RunAsync(), cancellationToken));
    }

    private static IDemoSource Read(string? file, IStepList steps, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var step = steps.Begin("Read the input");
        IDemoSource source = file is null
            ? new UnicodeSource([.. UnicodeData.Read()])
            : FileSource.Open(file, _ => { }, cancellationToken);
        step.Finish($"{Quantity.Rows(source.Rows)} in {Quantity.Time(clock.Elapsed)}");
        return source;
    }

    private static void Show(DemoReport report, ToolConsole console)
    {
        console.Say($"{Quantity.Rows(report.Rows)} of {report.Input}, in {Quantity.Time(report.Elapsed)} altogether");
        console.Draw(DemoPicture.Draw(report));
        foreach (var line in DemoPicture.Legend(report))
            console.Say(line);
        foreach (var worker in report.Workers.Where(worker => !worker.IsRight))
            console.Error.WriteLine($"worker {worker.Worker}: {worker.Error ?? $"{Quantity.Rows(worker.Rows)}, checksum {worker.Checksum}: not what was loaded"}");
        console.Say(
            $"{report.Workers.Count(worker => worker.IsRight)} of {report.Workers.Count} processes saw every row. " +
            $"The backup, made while {Quantity.Rows(report.WrittenDuringBackup)} were written, " +
            $"{(report.Backup is { IsRight: true } ? "holds every row." : "is NOT right.")}");
    }

    private static object Machine(DemoReport report) => new
    {
        ok = report.IsRight,
        input = report.Input,
        rows = report.Rows,
        seconds = report.Elapsed.TotalSeconds,
        steps = report.Steps.Select(step => new
        {
            step.Title,
            ours = Machine(step.Ours),
            wrapped = step.Wrapped is null ? null : Machine(step.Wrapped),
            step.WrappedHow,
            step.Ratio,
        }),
        workers = report.Workers,
        writtenDuringBackup = report.WrittenDuringBackup,
        backup = report.Backup,
    };

    private static object Machine(DemoMeasure measure) => new
    {
        seconds = measure.Elapsed.TotalSeconds,
        rows = measure.Rows,
        rowsPerSecond = measure.Rows is null ? (double?)null : Math.Round(measure.Speed),
    };
}
