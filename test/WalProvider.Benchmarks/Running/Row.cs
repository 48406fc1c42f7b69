namespace WalProvider.Benchmarks;

/// <summary>A piece of work and the ways of doing it that are compared in one run.</summary>
/// <param name="Name">Its short name, by which it is filtered and its floors are found.</param>
/// <param name="Work">What is done, for tables.</param>
/// <param name="Unit">What one operation is called in the plural.</param>
/// <param name="Sides">Ours first, then the rivals.</param>
internal sealed record Row(string Name, string Work, string Unit, IReadOnlyList<Side> Sides)
{
    /// <summary>How many measured rounds; slow rows have fewer.</summary>
    public int Rounds { get; init; } = 11;
}
