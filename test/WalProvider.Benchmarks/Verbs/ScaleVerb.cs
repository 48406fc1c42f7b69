using System.CommandLine;
using Spectre.Console;

namespace WalProvider.Benchmarks;

/// <summary><c>scale rows|databases|threads|texts</c>: what becomes of speed, waits and memory when there is more of something.</summary>
internal static class ScaleVerb
{
    private static readonly long[] RowCounts = [1_000_000, 5_000_000, 20_000_000];
    private static readonly int[] CallerCounts = [1, 2, 4, 8, 16, 32, 64];

    public static Command Create(CommonOptions options)
    {
        var command = new Command("scale", "What becomes of speed, waits and memory when there is more of something.");
        command.Subcommands.Add(Create(options, "rows", "1, 5 and 20 million rows into a new table.", Rows));
        command.Subcommands.Add(Create(options, "databases", "100 and 10,000 files, opened, written and closed in turn.", DatabaseFiles));
        command.Subcommands.Add(Create(options, "threads", "1 to 64 callers at the gate and on the queue.", Threads));
        command.Subcommands.Add(Create(options, "texts", "100,000 different SQL texts through one connection.", Texts));
        return command;
    }

    /// <summary>One of the processes that it starts; not for people.</summary>
    public static Command CreateInsert()
    {
        var database = new Argument<string>("database");
        var rows = new Argument<long>("rows");
        var command = new Command("scale-insert", "Inserts rows in batches.") { database, rows };
        command.Hidden = true;
        command.SetAction(arguments => ScaleRows.Insert(arguments.GetValue(database)!, arguments.GetValue(rows)));
        return command;
    }

    private static Command Create(CommonOptions options, string name, string text, Func<string, bool, (ReportTable, Chart[])> measure)
    {
        var command = new Command(name, text);
        options.AddTo(command);
        command.SetAction(arguments =>
        {
            var page = options.PageToWrite(arguments);
            using var scratch = options.Scratch(arguments);
            var (table, charts) = measure(scratch.Path, options.IsQuick(arguments));
            TerminalTable.Write(AnsiConsole.Console, table);
            page?.Replace(table);
            Array.ForEach(charts, chart => page?.Write(chart));
            page?.Save();
        });
        return command;
    }

    private static (ReportTable Table, Chart[] Charts) Rows(string folder, bool isQuick)
    {
        var run = new ScaleRows(folder, Console.Error.WriteLine);
        var counts = RowCounts.Select(count => isQuick ? count / 100 : count).ToArray();
        // The runtime's own warm-up is no part of what grows.
        run.RunBatch(counts[0] / 10);
        RowsReport[] reports = [.. counts.Select(run.RunBatch), .. counts.Select(run.RunImport)];
        return (ScaleTables.Of(reports), [ScaleCharts.Rows(reports)]);
    }

    private static (ReportTable Table, Chart[] Charts) DatabaseFiles(string folder, bool isQuick)
    {
        var run = new ScaleDatabases(folder, isQuick ? 1_000 : 5_000, Console.Error.WriteLine);
        var many = isQuick ? 1_000 : 10_000;
        run.Run(20, 10);
        DatabasesReport[] reports = [run.Run(100, 500), run.Run(100, 50), run.Run(many, 50)];
        return (ScaleTables.Of(reports), []);
    }

    private static (ReportTable Table, Chart[] Charts) Threads(string folder, bool isQuick)
    {
        var run = new ScaleThreads(folder, TimeSpan.FromSeconds(isQuick ? 0.3 : 1), Console.Error.WriteLine);
        CallersReport[] reports = [.. CallerCounts.Select(run.RunGate), .. CallerCounts.Select(run.RunQueue)];
        return (ScaleTables.Of(reports), [ScaleCharts.Throughput(reports), ScaleCharts.Wait(reports)]);
    }

    private static (ReportTable Table, Chart[] Charts) Texts(string folder, bool isQuick)
    {
        var runner = new RowRunner(folder, isQuick, Console.Error.WriteLine);
        return (SpeedTable.Of([.. TextRows.All().Select(runner.Run)]) with { Name = "scale-texts" }, []);
    }
}
