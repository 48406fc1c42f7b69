using System.Globalization;

namespace WalProvider;

/// <summary>
/// Which pragmas a session gets, in the order that SQLite wants: page_size, encoding and auto_vacuum mean something
/// only before the file has content, and journal_mode gives it content.
/// </summary>
internal static class PragmaPlan
{
    private static readonly string[] FirstInOrder =
        ["busy_timeout", "page_size", "encoding", "auto_vacuum", "journal_mode", "synchronous"];

    // What the Hardened profile rests on; a connection string that takes one back contradicts itself.
    private static readonly string[] HardenedBy = ["trusted_schema", "cell_size_check", "mmap_size", "writable_schema"];

    /// <exception cref="ArgumentException">The keyword Pragmas is malformed, or a pragma contradicts the profile.</exception>
    public static IReadOnlyList<Pragma> For(WalDbConnectionStringBuilder builder, bool isFileless)
    {
        var plan = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pragma in PragmaProfiles.Of(builder.Profile))
            plan[pragma.Name] = pragma.Value;
        var asked = FromKeywords(builder).Concat(PragmaList.Parse(builder.Pragmas)).ToList();
        foreach (var pragma in asked)
        {
            if (builder.Profile == WalProfile.Hardened)
                RefuseSoftening(pragma, plan.GetValueOrDefault(pragma.Name));
            plan[pragma.Name] = pragma.Value;
        }

        if (isFileless)
            FitToMemory(plan);
        // OrderBy is stable: the rest stays as the profile and the user wrote it.
        return [.. plan.Select(entry => new Pragma(entry.Key, entry.Value)).OrderBy(Rank)];
    }

    private static IEnumerable<Pragma> FromKeywords(WalDbConnectionStringBuilder builder) =>
        from option in WalOptions.All
        where option.Pragma is not null
        let value = builder[option.Name]
        where value is not null
        select new Pragma(option.Pragma!, Literal(value));

    private static string Literal(object value) => value is bool isOn
        ? isOn ? "ON" : "OFF"
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static int Rank(Pragma pragma)
    {
        var place = Array.FindIndex(FirstInOrder, name => name.Equals(pragma.Name, StringComparison.OrdinalIgnoreCase));
        return place < 0 ? FirstInOrder.Length : place;
    }

    private static void RefuseSoftening(Pragma asked, string? hardened)
    {
        if (HardenedBy.Contains(asked.Name, StringComparer.OrdinalIgnoreCase) && asked.Value != hardened)
            throw new ArgumentException($"The profile Hardened sets {asked.Name} to {hardened ?? "OFF"}, and the connection "
                + $"string sets it to {asked.Value}. Take {asked.Name} out, or choose another Profile.");
    }

    // A database without a file has no journal file to choose, and nothing to map.
    private static void FitToMemory(Dictionary<string, string> plan)
    {
        if (plan.TryGetValue("journal_mode", out var mode) && mode is "WAL" or "DELETE" or "TRUNCATE" or "PERSIST")
            plan["journal_mode"] = "MEMORY";
        plan.Remove("mmap_size");
    }
}
