namespace WalProvider.Tests;

/// <summary>What was done in all periods, and found.</summary>
internal sealed class SoakCounts
{
    private long _reads;
    private long _writes;
    private long _checkpoints;
    private long _completed;

    public Findings Kills { get; } = new();

    public Findings Backups { get; } = new();

    public void Read() => Interlocked.Increment(ref _reads);

    public void Write() => Interlocked.Increment(ref _writes);

    public void Checkpoint(CheckpointResult result)
    {
        Interlocked.Increment(ref _checkpoints);
        if (result.Completed)
            Interlocked.Increment(ref _completed);
    }

    public override string ToString()
        => $"{Kills.Looks} kills: {Kills}; {Backups.Looks} backups: {Backups}; {_reads:N0} reads, {_writes:N0} commits beside them, "
            + $"{_checkpoints:N0} checkpoints, {_completed:N0} of them complete";
}
