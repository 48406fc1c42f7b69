using System.IO.Compression;

namespace WalProvider;

/// <summary>How a backup is made.</summary>
public sealed class BackupOptions
{
    /// <summary>What the copy is made with. Default Online.</summary>
    public BackupMode Mode { get; init; }

    /// <summary>How many pages are copied before progress is reported and cancellation looked at. Default 1024; from 1.</summary>
    public int PagesPerStep { get; init; } = 1024;

    /// <summary>How long to rest between two steps, so that the disk is left to others. Default zero.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>
    /// How the copy is looked through before it takes the place of an older one. Default Quick. With Full a compressed or
    /// encrypted backup is also read back and compared.
    /// </summary>
    public BackupVerification Verification { get; init; } = BackupVerification.Quick;

    /// <summary>The journal mode of the copy. Default Delete, so that the backup is one file however it is opened.</summary>
    public BackupJournalMode JournalMode { get; init; }

    /// <summary>How it is compressed. Default None.</summary>
    public BackupCompression Compression { get; init; }

    /// <summary>How hard compression tries. Default Fastest: with databases more effort gains little.</summary>
    public CompressionLevel CompressionLevel { get; init; } = CompressionLevel.Fastest;

    /// <summary>
    /// Encrypts the backup with AES-256-GCM under this passphrase; null, the default, does not. Any text but an empty one.
    /// A lost passphrase is a lost backup.
    /// </summary>
    public string? Passphrase { get; init; }

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

    /// <summary>
    /// Where a copy is made first for a backup to a stream or a target, so that the snapshot need not be held for as long as
    /// that takes: it takes the room of the database, is readable by its owner alone and is deleted at the end. Default
    /// null: no copy is made, save where there must be one (a rollback journal, VacuumInto, a database in memory), which
    /// then goes to the system's temporary folder. A file is always made beside its destination.
    /// </summary>
    public string? TemporaryFolder { get; init; }

    /// <summary>Whether the backup is a SQLite file as it is.</summary>
    internal bool IsPlain => Compression == BackupCompression.None && Passphrase is null;

    /// <summary>How often the key is derived; only tests take fewer rounds.</summary>
    internal int KeyIterations { get; init; } = BackupKey.DefaultIterations;

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or the passphrase is empty.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PagesPerStep, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Pause, TimeSpan.Zero);
        if (Passphrase is { Length: 0 })
        {
            throw new ArgumentException("The Passphrase is empty. Give one, or null for a backup that is not encrypted.");
        }
    }
}
