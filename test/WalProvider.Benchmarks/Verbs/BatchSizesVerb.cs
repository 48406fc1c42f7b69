using System.CommandLine;
using Spectre.Console;

namespace WalProvider.Benchmarks;

/// <summary><c>batch-sizes</c>: what the size of a batch buys and what it costs.</summary>
internal static class BatchSizesVerb
{
    public static Command Create(CommonOptions options)
    {
        var command = new Command("batch-sizes", "What the size of a batch buys and what it costs.");
        options.AddTo(command);
        command.SetAction(arguments => Run(arguments, options));
        return command;
    }

    public static void Run(ParseResult arguments, CommonOptions options)
    {
        var page = options.PageToWrite(arguments);
        using var scratch = options.Scratch(arguments);
        var reports = BatchSizes.Measure(scratch.Path, options.IsQuick(arguments), Console.Error.WriteLine);
        var table = BatchSizeTable.Of(reports);
        TerminalTable.Write(AnsiConsole.Console, table);
        if (page is not null)
        {
            page.Replace(table);
            page.Write(BatchSizeCharts.Speed(reports));
            page.Write(BatchSizeCharts.Unseen(reports));
            page.Save();
        }
    }
}
