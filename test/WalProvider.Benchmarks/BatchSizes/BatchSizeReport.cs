namespace WalProvider.Benchmarks;

/// <summary>What one run at one batch size came to.</summary>
/// <param name="BatchSize">Write Batch Size.</param>
/// <param name="Rows">How many rows were inserted.</param>
/// <param name="Milliseconds">How long it took, the last commit included.</param>
/// <param name="Commits">How many commits there were.</param>
/// <param name="ProcessBytes">The most memory that the process held, runtime and all.</param>
/// <param name="EngineBytes">The most memory that the engine held, page cache included.</param>
/// <param name="UnseenMilliseconds">The longest time from a row's insert until another connection saw it.</param>
internal sealed record BatchSizeReport(
    int BatchSize,
    int Rows,
    double Milliseconds,
    int Commits,
    long ProcessBytes,
    long EngineBytes,
    double UnseenMilliseconds)
{
    public double RowsPerSecond => Rows / Milliseconds * 1000;
}
