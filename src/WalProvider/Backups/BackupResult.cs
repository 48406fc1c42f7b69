namespace WalProvider;

/// <summary>What a backup came to.</summary>
/// <param name="Path">The file that was written; null where it was a stream.</param>
/// <param name="Pages">Pages of the database in it.</param>
/// <param name="PageSize">The size of a page in bytes.</param>
/// <param name="Bytes">The size of what was written, compressed and encrypted where that was asked for.</param>
/// <param name="Sha256">
/// SHA-256 of what was written, in small hexadecimal letters, as <c>sha256sum</c> prints it; null where Checksum was off.
/// </param>
/// <param name="Verification">How the copy was verified.</param>
/// <param name="Elapsed">How long all of it took.</param>
public sealed record BackupResult(
    string? Path, long Pages, int PageSize, long Bytes, string? Sha256, BackupVerification Verification, TimeSpan Elapsed)
{
    /// <summary>The size of the database in bytes, before compression.</summary>
    public long DatabaseBytes => Pages * PageSize;
}
