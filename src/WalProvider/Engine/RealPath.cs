namespace WalProvider;

/// <summary>The one path of a file, with every link on the way followed: what two names of one file have in common.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>Resolves a path; parts that do not exist stay as they are.</summary>
    internal static string Resolve(string path) => Resolve(path, MostLinks);

    private static string Resolve(string path, int linksLeft)
    {
        var full = Path.GetFullPath(path);
        var resolved = Path.GetPathRoot(full)!;
        foreach (var part in full[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, part);
            // NB: only the link itself is read, never the file: opening a database's main file here would drop
            // SQLite's locks when it is closed.
            var target = linksLeft > 0 ? new FileInfo(next).LinkTarget : null;
            resolved = target is null ? next : Resolve(Path.Combine(resolved, target), --linksLeft);
        }

        return resolved;
    }
}
