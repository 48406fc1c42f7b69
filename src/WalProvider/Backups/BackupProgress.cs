namespace WalProvider;

/// <summary>How far a backup, a restore or a copy has come.</summary>
/// <param name="PagesDone">Pages copied so far.</param>
/// <param name="PagesTotal">Pages of the source. Where the copy is compacted it may end with fewer.</param>
/// <param name="Bytes">Bytes copied so far.</param>
/// <param name="Elapsed">Time since the copy began.</param>
public readonly record struct BackupProgress(long PagesDone, long PagesTotal, long Bytes, TimeSpan Elapsed)
{
    /// <summary>The part that is done, from 0 to 1. An empty database is done at once.</summary>
    public double Fraction => PagesTotal == 0 ? 1 : Math.Min(1, (double)PagesDone / PagesTotal);
}
