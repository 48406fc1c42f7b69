namespace WalProvider.Benchmarks;

/// <summary>A picture of measured numbers.</summary>
/// <param name="Name">Its file's name, without the extension.</param>
/// <param name="Svg">The picture.</param>
internal sealed record Chart(string Name, string Svg);
