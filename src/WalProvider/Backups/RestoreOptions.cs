namespace WalProvider;

/// <summary>How a backup is restored or verified.</summary>
public sealed class RestoreOptions
{
    /// <summary>The passphrase of an encrypted backup. Default null; ignored where the backup is not encrypted.</summary>
    public string? Passphrase { get; init; }

    /// <summary>
    /// How the database in the backup is looked through before anything is changed. Default Quick. Checksums are compared
    /// always, and so is what encryption authenticates.
    /// </summary>
    public BackupVerification Verification { get; init; } = BackupVerification.Quick;

    /// <summary>
    /// Where a backup that is compressed, encrypted or a stream is unpacked first. Default null: beside the database, or the
    /// system's temporary folder for one in memory. What is restored to a new file is always unpacked beside it.
    /// </summary>
    public string? TemporaryFolder { get; init; }
}
