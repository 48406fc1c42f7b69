namespace WalProvider;

/// <summary>How a backup is made.</summary>
public sealed class BackupOptions
{
    /// <summary>How many pages are copied before progress is reported and cancellation looked at. Default 1024; from 1.</summary>
    public int PagesPerStep { get; init; } = 1024;

    /// <summary>How long to rest between two steps, so that the disk is left to others. Default zero.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>How the copy is looked through before it takes the place of an older one. Default Quick.</summary>
    public BackupVerification Verification { get; init; } = BackupVerification.Quick;

    /// <summary>The journal mode of the copy. Default Delete, so that the backup is one file however it is opened.</summary>
    public BackupJournalMode JournalMode { get; init; }

    /// <summary>
    /// Whether an existing file is replaced. Default true: it stays until the new one is whole. When false, an existing
    /// file is an <see cref="IOException"/>.
    /// </summary>
    public bool Overwrite { get; init; } = true;

    /// <summary>
    /// Whether the pending writes of this connection's batch are committed first, so that they are in the backup. Default
    /// true. Those of other connections are not in it.
    /// </summary>
    public bool CommitPendingBatch { get; init; } = true;

    /// <summary>
    /// Whether SHA-256 is computed, and for a file written beside it as <c>NAME.sha256</c>, in the form of
    /// <c>sha256sum</c>. Default true.
    /// </summary>
    public bool Checksum { get; init; } = true;

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PagesPerStep, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Pause, TimeSpan.Zero);
    }
}
