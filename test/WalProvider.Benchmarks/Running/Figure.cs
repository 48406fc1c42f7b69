namespace WalProvider.Benchmarks;

/// <summary>One figure of a row that a floor may be set for.</summary>
/// <param name="Row">The row's name.</param>
/// <param name="Kind">What it tells: speed, longest-wait and allocated are ours over the rival's, the rest are ours alone.</param>
/// <param name="Rival">The rival's name; null for a figure of ours alone.</param>
/// <param name="Spread">Over the rounds.</param>
internal sealed record Figure(string Row, string Kind, string? Rival, Spread Spread)
{
    /// <summary>Its name in floors.json: row/kind, or row/kind/rival.</summary>
    public string Key => Rival is null ? $"{Row}/{Kind}" : $"{Row}/{Kind}/{Rival}";
}
