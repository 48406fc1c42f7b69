namespace WalProvider;

/// <summary>Checks where a backup is to go before any work is done.</summary>
internal static class BackupDestination
{
    private static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    /// <summary>The real path of a destination, behind every link.</summary>
    /// <exception cref="ArgumentException">The path is empty, or is the database itself or one of its companions.</exception>
    /// <exception cref="DirectoryNotFoundException">Its folder does not exist.</exception>
    /// <exception cref="IOException">It is a directory, a database in use, or exists and is not to be replaced.</exception>
    internal static string Resolve(string path, string? sourcePath, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var resolved = RealPath.Resolve(path);
        RefuseSource(path, resolved, sourcePath);
        if (Directory.Exists(resolved))
        {
            throw new IOException($"The destination '{path}' is a directory. Name a file in it.");
        }

        if (Path.GetDirectoryName(resolved) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder '{folder}' of the destination does not exist. Create it first, or correct the path.");
        }

        if (!overwrite && File.Exists(resolved))
        {
            throw new IOException($"The destination '{path}' exists, and Overwrite is off.");
        }

        RefuseDatabaseInUse(path, resolved);
        return resolved;
    }

    // Its users would go on with the file that is gone, and the next one would get their -wal replayed over the backup.
    private static void RefuseDatabaseInUse(string path, string resolved)
    {
        if (File.Exists(resolved) && SessionPools.IsInUse(resolved))
        {
            throw new IOException($"The destination '{path}' is a database that this process has open. Name another file, or use CopyTo.");
        }

        foreach (var ending in Companions)
        {
            if (File.Exists(resolved + ending))
            {
                throw new IOException(
                    $"Beside the destination there is '{path}{ending}': it is a database in use, or was. Name another file, or delete that one first.");
            }
        }
    }

    private static void RefuseSource(string path, string resolved, string? sourcePath)
    {
        if (sourcePath is null)
        {
            return;
        }

        var source = RealPath.Resolve(sourcePath);
        foreach (var ending in Companions.Prepend(""))
        {
            if (resolved == source + ending)
            {
                throw new ArgumentException(
                    $"The destination '{path}' is the database itself, or its '-wal', '-shm' or '-journal'. Name another file.", nameof(path));
            }
        }
    }
}
