namespace WalProvider.Benchmarks;

/// <summary>One line of a chart.</summary>
/// <param name="Label">What it is; empty where the chart has one line.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Values">One for each step.</param>
internal sealed record LineSeries(string Label, string Color, IReadOnlyList<Spread> Values)
{
    public const string First = Bar.Ours;
    public const string Second = "#d97706";
}
