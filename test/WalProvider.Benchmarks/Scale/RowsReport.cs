namespace WalProvider.Benchmarks;

/// <summary>What bringing a number of rows into a new table came to.</summary>
/// <param name="Way">How: batch or import.</param>
/// <param name="Rows">How many.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="MemoryBytes">The most memory that the process held, runtime and all.</param>
/// <param name="WalBytes">The WAL at its longest.</param>
internal sealed record RowsReport(string Way, long Rows, double Seconds, long MemoryBytes, long WalBytes)
{
    public double PerSecond => Rows / Seconds;
}
