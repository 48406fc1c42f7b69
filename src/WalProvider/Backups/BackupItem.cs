namespace WalProvider;

/// <summary>One item of a <see cref="IBackupTarget"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="WrittenAt">When it was written, by the target's clock.</param>
public sealed record BackupItem(string Name, long Bytes, DateTimeOffset WrittenAt);
