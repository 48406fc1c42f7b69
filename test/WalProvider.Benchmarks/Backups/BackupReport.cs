namespace WalProvider.Benchmarks;

/// <summary>The turns of all methods on a database of one size.</summary>
/// <param name="Megabytes">Its size.</param>
/// <param name="Idle">While nobody used it.</param>
/// <param name="UnderWrites">While one thread wrote and committed without a pause.</param>
internal sealed record BackupReport(
    int Megabytes, IReadOnlyDictionary<string, BackupTurn[]> Idle, IReadOnlyDictionary<string, BackupTurn[]> UnderWrites)
{
    /// <summary>How fast a method is beside the wrapped provider: the median of the rounds' ratios.</summary>
    public double Ratio(string method)
        => Spread.Of(Idle[BackupMethod.Wrapped].Zip(Idle[method], (wrapped, ours) => wrapped.Seconds / ours.Seconds)).Median;
}
