using System.Collections.Concurrent;

namespace WalProvider;

/// <summary>The database files that this process has open, one object each, whatever name they were opened by.</summary>
internal static class DatabaseFiles
{
    // Weak, so that a program which opens ever new files keeps nothing of files it has closed.
    private static readonly ConcurrentDictionary<string, WeakReference<DatabaseFile>> Files
        = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>The file of a real path, or of the name of a shared memory database.</summary>
    internal static DatabaseFile For(string key)
    {
        while (true)
        {
            var fresh = new DatabaseFile(key);
            var reference = Files.GetOrAdd(key, static (_, file) => new WeakReference<DatabaseFile>(file), fresh);
            if (reference.TryGetTarget(out var file))
            {
                return file;
            }

            Files.TryRemove(new KeyValuePair<string, WeakReference<DatabaseFile>>(key, reference));
        }
    }
}
