using Spectre.Console;

namespace WalProvider.Tests;

/// <summary>
/// Runs the rows whole, one after the other, and prints a table of what came of them: <c>./build.sh soak [NUMBER ...]</c>.
/// Where all that ran held, their figures go into docs/reliability.md.
/// </summary>
internal static class SoakProgram
{
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(15);

    /// <param name="args">The numbers of the rows to run; none for all.</param>
    /// <returns>0 when every row held, 1 when not, 2 for a number that is none.</returns>
    public static async Task<int> Main(string[] args)
    {
        if (args.Any(arg => SoakRow.All.All(row => $"{row.Number}" != arg)))
        {
            Console.Error.WriteLine($"usage: soak [NUMBER ...], where NUMBER is one of {string.Join(", ", SoakRow.All.Select(row => row.Number))}");
            return 2;
        }

        AnsiConsole.Profile.Capabilities.Ansi &= !Console.IsOutputRedirected;
        var results = new List<SoakResult>();
        foreach (var row in SoakRow.Chosen(args))
            results.Add(await RunShown(row));

        AnsiConsole.Write(TableOf(results));
        ReliabilityPage.OfRepository().Put(results.Where(result => result.IsHeld));
        return results.All(result => result.IsHeld) ? 0 : 1;
    }

    private static async Task<SoakResult> RunShown(SoakRow row)
    {
        var name = Markup.Escape($"{row.Number} {row.Title}");
        var result = AnsiConsole.Profile.Capabilities.Interactive
            ? await AnsiConsole.Status().StartAsync(name, status => SoakRun.Run(
                row, (progress, elapsed) => status.Status($"{name} [grey]{Markup.Escape(progress)} {elapsed:mm\\:ss}[/]")))
            : await RunPlain(row, name);
        AnsiConsole.MarkupLine($"{(result.IsHeld ? "[green]held[/]  " : "[red]FAILED[/]")} {name} [grey]{result.Time}[/]");
        if (!result.IsHeld)
            AnsiConsole.WriteLine(result.Output);
        return result;
    }

    private static Task<SoakResult> RunPlain(SoakRow row, string name)
    {
        var said = TimeSpan.Zero;
        return SoakRun.Run(row, (progress, elapsed) =>
        {
            if (elapsed - said < SayEvery)
                return;
            said = elapsed;
            AnsiConsole.MarkupLine($"       {name} {Markup.Escape(progress)} {elapsed:mm\\:ss}");
        });
    }

    private static Table TableOf(IEnumerable<SoakResult> results)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("#", "what", "verdict", "figures", "time");
        foreach (var result in results)
        {
            table.AddRow($"{result.Row.Number}", Markup.Escape(result.Row.Title), result.Verdict,
                Markup.Escape(string.Join("\n", result.Figures)), result.Time);
        }

        return table;
    }
}
