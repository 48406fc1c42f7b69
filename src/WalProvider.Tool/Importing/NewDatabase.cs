namespace WalProvider.Tool;

/// <summary>A database file that may not have been there before: unless the work is kept, it is not there afterwards either.</summary>
internal sealed class NewDatabase(string path) : IDisposable
{
    private readonly bool _existed = File.Exists(path);
    private bool _isKept;

    /// <summary>Says that the work succeeded.</summary>
    public void Keep() => _isKept = true;

    public void Dispose()
    {
        if (_existed || _isKept)
            return;

        // NB: deleting a file in a folder that does not exist throws, which would hide the error that brought us here.
        foreach (var file in ((string[])["", "-wal", "-shm", "-journal"]).Select(suffix => path + suffix).Where(File.Exists))
            File.Delete(file);
    }
}
