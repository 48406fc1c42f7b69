using SQLitePCL;

namespace WalProvider;

/// <summary>The pragmas of the keyword Pragmas: those that no keyword or profile of ours names.</summary>
internal static class UserPragmas
{
    private static readonly HashSet<string> Ours = new(
        WalOptions.All.Select(option => option.Pragma).OfType<string>()
            .Concat(Enum.GetValues<WalProfile>().SelectMany(PragmaProfiles.Of).Select(pragma => pragma.Name)),
        StringComparer.OrdinalIgnoreCase);

    public static bool Contains(Pragma pragma) => !Ours.Contains(pragma.Name);

    /// <summary>SQLite ignores a pragma that it does not know without a word, so a slip of the pen has to be found here.</summary>
    /// <exception cref="ArgumentException">The engine does not know a name.</exception>
    public static void Check(sqlite3 handle, WalSettings settings, PatienceBudget budget)
    {
        foreach (var pragma in settings.Pragmas)
        {
            if (Contains(pragma) && !IsKnown(handle, pragma.Name, budget))
                throw new ArgumentException($"Connection string keyword '{WalOptions.Pragmas.Name}' names the pragma '{pragma.Name}', "
                    + $"which SQLite {raw.sqlite3_libversion().utf8_to_string()} does not know. "
                    + "SELECT name FROM pragma_pragma_list gives those that it knows.");
        }
    }

    private static bool IsKnown(sqlite3 handle, string name, PatienceBudget budget) =>
        PragmaStatement.Execute(handle, $"SELECT 1 FROM pragma_pragma_list WHERE name='{name.ToLowerInvariant()}'", budget) is not null;
}
