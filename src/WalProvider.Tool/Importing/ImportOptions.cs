namespace WalProvider.Tool;

/// <summary>What an import was asked to do.</summary>
/// <param name="File">The file to read.</param>
/// <param name="Database">The database to write, made where it is missing.</param>
/// <param name="Table">The table to write.</param>
/// <param name="BatchSize">How many rows share a transaction.</param>
/// <param name="Delimiter">What separates fields; null for what the file's name says.</param>
/// <param name="HasHeader">Whether the first line names the columns; null to find out.</param>
/// <param name="SkipBad">Whether bad lines are left out, where they would stop the import.</param>
internal sealed record ImportOptions(
    string File, string Database, string Table, int BatchSize, char? Delimiter, bool? HasHeader, bool SkipBad);
