namespace WalProvider.Benchmarks;

/// <summary>What a writing process says when it is done.</summary>
internal sealed record ProcessReport(long Done, double LongestMilliseconds, long LockErrors);
