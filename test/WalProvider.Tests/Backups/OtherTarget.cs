namespace WalProvider.Tests.Backups;

/// <summary>A target of another kind than a folder, as a user would write one.</summary>
internal sealed class OtherTarget(IBackupTarget target) : IBackupTarget
{
    public Task WriteAsync(string name, Func<Stream, CancellationToken, Task> writeContent, CancellationToken cancellationToken = default)
        => target.WriteAsync(name, writeContent, cancellationToken);

    public Task<IReadOnlyList<BackupItem>> ListAsync(string prefix, CancellationToken cancellationToken = default)
        => target.ListAsync(prefix, cancellationToken);

    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken = default)
        => target.OpenReadAsync(name, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) => target.DeleteAsync(name, cancellationToken);
}
