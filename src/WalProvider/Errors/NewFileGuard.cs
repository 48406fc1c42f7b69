namespace WalProvider;

/// <summary>
/// Takes back the empty file that SQLite makes as soon as it opens a name, where opening fails after that. Begin before
/// the connection opens, undo after it is closed.
/// </summary>
internal sealed class NewFileGuard
{
    private readonly string? _path;

    private NewFileGuard(string? path) => _path = path;

    /// <summary>Remembers whether the file is there.</summary>
    public static NewFileGuard Begin(WalSettings settings) => new(settings.ResolveFilePath() is { } path ? MissingFile(path) : null);

    /// <summary>Deletes the file if it was not there and has no content.</summary>
    /// <remarks>
    /// NB: another process may have opened the same empty file by now. It loses nothing: SQLite looks whether the file
    /// was moved before it writes the first page, and answers READONLY_DBMOVED.
    /// </remarks>
    public void Undo()
    {
        if (_path is not null && new FileInfo(_path) is { Exists: true, Length: 0 } file)
            file.Delete();
    }

    // A link that leads to nothing is there, and the engine makes what it leads to.
    private static string? MissingFile(string path)
    {
        var isLink = new FileInfo(path).LinkTarget is not null;
        var file = isLink ? RealPath.Resolve(path) : path;
        return File.Exists(file) ? null : file;
    }
}
