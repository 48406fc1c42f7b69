namespace WalProvider.Benchmarks;

/// <summary>What a figure must reach. The median is judged, since single rounds on a shared machine are noise.</summary>
internal sealed record Floor
{
    /// <summary>The least median that passes.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The greatest median that passes.</summary>
    public double? AtMost { get; init; }

    public bool Holds(double value) => !(value < AtLeast) && !(value > AtMost);

    public override string ToString() => AtLeast is not null ? Numbers.Short($">= {AtLeast:0.###}") : Numbers.Short($"<= {AtMost:0.###}");
}
