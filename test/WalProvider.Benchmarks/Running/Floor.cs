namespace WalProvider.Benchmarks;

/// <summary>What a figure must reach. The median is judged, since single rounds on a shared machine are noise.</summary>
internal sealed record Floor
{
    /// <summary>The least median that passes.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The greatest median that passes.</summary>
    public double? AtMost { get; init; }

    /// <summary>What it is to become, where that is more than what it is held to now.</summary>
    public double? Aim { get; init; }

    public bool Holds(double value) => !(value < AtLeast) && !(value > AtMost);

    public override string ToString() => AtLeast is not null ? Numbers.Short($"at least {AtLeast:0.###}") : Numbers.Short($"at most {AtMost:0.###}");
}
