namespace WalProvider.Tool;

/// <summary>What is known of one table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">How many rows it has; null for a virtual table whose module is not there.</param>
/// <param name="Columns">How many columns it has.</param>
/// <param name="Indexes">The names of its indexes, those of its constraints included.</param>
internal sealed record TableStatistics(string Name, long? Rows, long Columns, IReadOnlyList<string> Indexes);
