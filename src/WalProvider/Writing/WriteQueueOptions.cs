namespace WalProvider;

/// <summary>How a <see cref="WriteQueue"/> gathers units.</summary>
public sealed class WriteQueueOptions
{
    /// <summary>
    /// How many units may wait. Whoever brings one more waits until there is room. From 1; default 1,024.
    /// </summary>
    public int Capacity { get; set; } = 1024;

    /// <summary>
    /// How many units one transaction holds at the most. More units a commit are faster, and the first of them waits longer.
    /// From 1; default 1,000.
    /// </summary>
    public int MaxUnitsPerCommit { get; set; } = 1000;

    /// <summary>
    /// How long one transaction takes in further units, so that the first of them and the other writers of the file need not
    /// wait longer. Default 20 milliseconds; zero for no limit.
    /// </summary>
    public TimeSpan MaxCommitInterval { get; set; } = TimeSpan.FromMilliseconds(20);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxUnitsPerCommit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxCommitInterval, TimeSpan.Zero);
    }
}
