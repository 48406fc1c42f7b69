namespace WalProvider;

/// <summary>Keeps backups in a folder.</summary>
/// <remarks>A backup is made beside its name and renamed, as BackupTo does it with a path.</remarks>
public sealed class FileBackupTarget : IBackupTarget
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Creates the target.</summary>
    /// <param name="folder">The folder, which must exist when it is used.</param>
    /// <exception cref="ArgumentException">The folder is empty.</exception>
    public FileBackupTarget(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Folder = RealPath.Resolve(folder);
    }

    /// <summary>The full path of the folder, with links followed.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    /// <exception cref="IOException">The folder does not exist, or the disk failed.</exception>
    public async Task WriteAsync(string name, Func<Stream, CancellationToken, Task> writeContent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writeContent);
        using var pending = PendingFile.Create(BackupDestination.Resolve(PathOf(name), sourcePath: null, overwrite: true));
        var file = new FileStream(pending.Path, FileMode.Open, FileAccess.Write, FileShare.None, BufferBytes, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            await writeContent(file, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        pending.Publish(mode: null, overwrite: true);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BackupItem>> ListAsync(string prefix, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        IReadOnlyList<BackupItem> items =
        [
            .. new DirectoryInfo(Folder).EnumerateFiles()
                .Where(file => file.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(file => new BackupItem(file.Name, file.Length, file.LastWriteTimeUtc)),
        ];
        return Task.FromResult(items);
    }

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken = default)
        => Task.FromResult<Stream>(new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, useAsync: true));

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        File.Delete(PathOf(name));
        return Task.CompletedTask;
    }

    /// <summary>The path of an item.</summary>
    internal string PathOf(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name is not ("." or "..") && name.AsSpan().IndexOfAny('/', '\\', '\0') < 0
            ? Path.Combine(Folder, name)
            : throw new ArgumentException($"'{name}' is no name of a backup: a name has no folders in it.", nameof(name));
    }
}
