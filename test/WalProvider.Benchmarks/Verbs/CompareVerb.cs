using System.CommandLine;
using Spectre.Console;

namespace WalProvider.Benchmarks;

/// <summary>
/// <c>compare [FILTER]</c>, and what is meant where no verb is named: runs the rows, prints tables, judges the floors.
/// </summary>
internal static class CompareVerb
{
    private static readonly Argument<string?> Filter = new("filter")
    {
        Description = "Only rows whose name contains this.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Quick = new("--quick") { Description = "A tenth of the work and three rounds; no floors." };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Write every measure to this file." };

    /// <summary>Makes a command of it.</summary>
    public static T AddTo<T>(T command)
        where T : Command
    {
        command.Arguments.Add(Filter);
        command.Options.Add(Quick);
        command.Options.Add(Json);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var rows = RowList.Matching(arguments.GetValue(Filter));
        if (rows.Count == 0)
        {
            Console.Error.WriteLine($"No row has '{arguments.GetValue(Filter)}' in its name; 'list' names them all.");
            return 2;
        }

        var isQuick = arguments.GetValue(Quick);
        var results = RunRows(rows, isQuick);
        var floors = Floors.Read();
        RatioTables.Write(AnsiConsole.Console, results, floors);
        if (arguments.GetValue(Json) is { } file)
        {
            ResultJson.Write(file.FullName, results);
        }

        return isQuick ? 0 : FloorVerdict.Write(AnsiConsole.Console, results, floors);
    }

    private static List<RowResult> RunRows(IReadOnlyList<Row> rows, bool isQuick)
    {
        using var scratch = new ScratchFolder();
        var runner = new RowRunner(scratch.Path, isQuick, Console.Error.WriteLine);
        return [.. rows.Select(runner.Run)];
    }
}
