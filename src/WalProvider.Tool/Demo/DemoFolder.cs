namespace WalProvider.Tool;

/// <summary>Where a demo works: a temporary folder that is gone afterwards, or one that the user named and keeps.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly bool _isKept;

    /// <param name="kept">The folder to keep; null for a temporary one.</param>
    /// <exception cref="ToolException">The folder to keep holds something already.</exception>
    public DemoFolder(string? kept)
    {
        _isKept = kept is not null;
        if (kept is not null && Directory.Exists(kept) && Directory.EnumerateFileSystemEntries(kept).Any())
            throw new ToolException(ExitCode.WrongUsage, $"{kept} is not empty; --keep takes an empty or a new folder.");
        Path = kept is null
            ? Directory.CreateTempSubdirectory("walprovider-demo-").FullName
            : Directory.CreateDirectory(kept).FullName;
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (!_isKept)
            Directory.Delete(Path, recursive: true);
    }
}
