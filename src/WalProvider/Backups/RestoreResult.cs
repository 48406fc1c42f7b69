namespace WalProvider;

/// <summary>What was found in a backup, and restored where that was asked for.</summary>
/// <param name="Pages">Pages of the database in it.</param>
/// <param name="PageSize">The size of a page in bytes.</param>
/// <param name="Compression">How the backup is compressed.</param>
/// <param name="IsEncrypted">Whether it is encrypted.</param>
/// <param name="HasChecksum">Whether there was a checksum, in it or beside it, and it agreed.</param>
/// <param name="Verification">How the database was looked through.</param>
/// <param name="Elapsed">How long all of it took.</param>
public sealed record RestoreResult(
    long Pages,
    int PageSize,
    BackupCompression Compression,
    bool IsEncrypted,
    bool HasChecksum,
    BackupVerification Verification,
    TimeSpan Elapsed)
{
    /// <summary>The size of the database in bytes.</summary>
    public long DatabaseBytes => Pages * PageSize;
}
