namespace WalProvider.Benchmarks;

/// <summary>What some callers at once came to, each with single inserts.</summary>
/// <param name="Way">The gate or the queue.</param>
/// <param name="Callers">How many.</param>
/// <param name="PerSecond">Inserts a second of all together.</param>
/// <param name="P50">What half of the inserts took at most.</param>
/// <param name="P99">What 99 of 100 took at most.</param>
/// <param name="Longest">What the slowest took.</param>
internal sealed record CallersReport(string Way, int Callers, double PerSecond, TimeSpan P50, TimeSpan P99, TimeSpan Longest);
