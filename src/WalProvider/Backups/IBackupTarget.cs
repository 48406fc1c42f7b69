namespace WalProvider;

/// <summary>A place that keeps backups under names: a folder, a bucket.</summary>
/// <remarks>
/// An implementation takes part in every use by these four calls. It may be called by several threads. Names have no
/// folders in them.
/// </remarks>
public interface IBackupTarget
{
    /// <summary>
    /// Writes one item: all of it or, where the content throws, nothing. An item of that name is replaced when the new one is
    /// whole.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="writeContent">Writes the content to the stream it is given, from the start to the end, and does not close it.</param>
    /// <param name="cancellationToken">Ends it; nothing is left behind.</param>
    Task WriteAsync(string name, Func<Stream, CancellationToken, Task> writeContent, CancellationToken cancellationToken = default);

    /// <summary>The items whose names begin in a certain way, in no particular order.</summary>
    /// <param name="prefix">How the names begin; empty for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<IReadOnlyList<BackupItem>> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Opens an item to be read; the caller disposes the stream.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FileNotFoundException">There is no such item.</exception>
    Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Deletes an item. Does nothing where there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task DeleteAsync(string name, CancellationToken cancellationToken = default);
}
