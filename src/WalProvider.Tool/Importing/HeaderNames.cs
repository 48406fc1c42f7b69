namespace WalProvider.Tool;

/// <summary>Makes column names of what a file calls its columns: SQLite takes any text, but each only once, whatever its case.</summary>
internal static class HeaderNames
{
    public static IReadOnlyList<string> Unique(IEnumerable<string> headers)
    {
        var wanted = headers.Select(Clean).ToArray();

        // A name that stands there by itself keeps it; only repetitions are numbered.
        var taken = new HashSet<string>(wanted.Where(name => name.Length > 0), StringComparer.OrdinalIgnoreCase);
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. wanted.Select((name, index) => Give(name, index + 1, taken, given))];
    }

    private static string Give(string name, int position, HashSet<string> taken, HashSet<string> given)
    {
        if (name.Length > 0 && given.Add(name))
            return name;

        var stem = name.Length > 0 ? name : "column";
        for (var number = name.Length > 0 ? 2 : position; ; number++)
        {
            var numbered = name.Length > 0 ? $"{stem}_{number}" : $"{stem}{number}";
            if (taken.Add(numbered) && given.Add(numbered))
                return numbered;
        }
    }

    // A NUL would end the SQL text.
    private static string Clean(string header) => header.Replace("\0", "").Trim();
}
