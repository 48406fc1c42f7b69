using Spectre.Console;

namespace WalProvider.Benchmarks;

/// <summary>Holds every figure against its floor.</summary>
internal static class FloorVerdict
{
    /// <summary>Names what is below its floor; the exit code: 0, or 1 if anything is.</summary>
    public static int Write(IAnsiConsole console, IReadOnlyList<RowResult> results, Floors floors)
    {
        var judged = results.SelectMany(result => result.Figures())
            .Select(figure => (Figure: figure, Floor: floors.Of(figure)))
            .Where(pair => pair.Floor is not null)
            .ToArray();
        var failed = judged.Where(pair => !pair.Floor!.Holds(pair.Figure.Spread.Median)).ToArray();
        foreach (var (figure, floor) in failed)
        {
            console.MarkupLineInterpolated($"[red]{figure.Key}: {Numbers.Of(figure.Spread)}, and the floor is {floor}[/]");
        }

        var unmatched = floors.Unmatched(results).ToArray();
        foreach (var key in unmatched)
        {
            console.MarkupLineInterpolated($"[red]{key}: has a floor, but nothing measures it[/]");
        }

        console.WriteLine($"{judged.Length - failed.Length} of {judged.Length} floors held");
        return failed.Length + unmatched.Length == 0 ? 0 : 1;
    }
}
