using System.CommandLine;
using Spectre.Console;

namespace WalProvider.Benchmarks;

/// <summary><c>compare [FILTER]</c>: runs the rows, prints tables, judges the floors.</summary>
internal sealed class CompareVerb(CommonOptions options)
{
    private readonly Argument<string?> _filter = new("filter")
    {
        Description = "Only rows whose name contains this.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<FileInfo?> _json = new("--json") { Description = "Write every measure to this file." };

    public Command Create()
    {
        var command = new Command("compare", "Runs the rows; also what is done where no verb is named.");
        AddTo(command);
        command.SetAction(Run);
        return command;
    }

    public void AddTo(Command command)
    {
        command.Arguments.Add(_filter);
        command.Options.Add(_json);
        options.AddTo(command);
    }

    public bool HasFilter(ParseResult arguments) => arguments.GetValue(_filter) is not null;

    public int Run(ParseResult arguments)
    {
        var rows = RowList.Matching(arguments.GetValue(_filter));
        if (rows.Count == 0)
        {
            Console.Error.WriteLine($"No row has '{arguments.GetValue(_filter)}' in its name; 'list' names them all.");
            return 2;
        }

        var page = options.PageToWrite(arguments);
        if (page is not null && (rows.Count < RowList.All.Count || options.IsQuick(arguments)))
        {
            Console.Error.WriteLine("--write-docs takes its tables from one full run of all rows: no filter, no --quick.");
            return 2;
        }

        return Report(arguments, page, RunRows(arguments, rows));
    }

    private List<RowResult> RunRows(ParseResult arguments, IReadOnlyList<Row> rows)
    {
        using var scratch = options.Scratch(arguments);
        var runner = new RowRunner(scratch.Path, options.IsQuick(arguments), Console.Error.WriteLine);
        return [.. rows.Select(runner.Run)];
    }

    private int Report(ParseResult arguments, PerformancePage? page, IReadOnlyList<RowResult> results)
    {
        var floors = Floors.Read();
        ReportTable[] tables = [SpeedTable.Of(results), WaitTable.Of(results), FloorTable.Of(results, floors)];
        foreach (var table in tables)
        {
            TerminalTable.Write(AnsiConsole.Console, table);
            page?.Replace(table);
        }

        if (page is not null)
        {
            page.Replace("machine", Machine.Describe());
            foreach (var chart in RowCharts.All(results))
            {
                page.Write(chart);
            }

            page.Save();
        }

        if (arguments.GetValue(_json) is { } file)
        {
            ResultJson.Write(file.FullName, results);
        }

        return options.IsQuick(arguments) ? 0 : FloorVerdict.Write(Console.Out, tables[^1], [.. floors.Unmatched(results)]);
    }
}
