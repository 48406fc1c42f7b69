namespace WalProvider.Tool;

/// <summary>How long some work took.</summary>
/// <param name="Elapsed">The time.</param>
/// <param name="Rows">How many rows it was about; null where rows say nothing.</param>
internal sealed record DemoMeasure(TimeSpan Elapsed, long? Rows = null)
{
    /// <summary>Rows a second, or times a second.</summary>
    public double Speed => Quantity.PerSecond(Rows ?? 1, Elapsed);

    public override string ToString()
        => Rows is { } rows ? $"{Quantity.Time(Elapsed)}, {Quantity.Rate(rows, Elapsed)}" : Quantity.Time(Elapsed);
}
