namespace WalProvider.Tool;

/// <summary>What the scan of a whole file found.</summary>
/// <param name="Format">How it is spelled.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="HasHeader">Whether its first record names the columns; false for JSON.</param>
/// <param name="Rows">How many good records it has.</param>
/// <param name="BadCount">How many bad ones.</param>
/// <param name="BadLines">The first of the bad ones.</param>
internal sealed record ImportPlan(
    SourceFormat Format, IReadOnlyList<ImportColumn> Columns, bool HasHeader, long Rows, long BadCount, IReadOnlyList<BadLine> BadLines);
