namespace WalProvider;

/// <summary>The database files that this process has open, one object each, whatever name they were opened by.</summary>
internal static class DatabaseFiles
{
    private static readonly WeakMap<DatabaseFile> Files
        = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>How many are known, those included that nobody has open any more and that are not yet forgotten.</summary>
    internal static int Count => Files.Count;

    /// <summary>The file of a real path, or of the name of a shared memory database.</summary>
    internal static DatabaseFile For(string key) => Files.TryGet(key, out var file) ? file : Files.GetOrAdd(key, new DatabaseFile(key));
}
