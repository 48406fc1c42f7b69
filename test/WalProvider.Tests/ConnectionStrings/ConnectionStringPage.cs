using System.Globalization;
using System.Text;

namespace WalProvider.Tests;

/// <summary>Writes docs/connection-string.md from the tables that the library itself reads.</summary>
internal static class ConnectionStringPage
{
    private const string Introduction = """
        # Connection string

        <!-- Written from the table in src/WalProvider/ConnectionStrings. Change it there, then run the tests with WALPROVIDER_UPDATE_DOCS=1. -->

            Data Source=app.db
            Data Source=app.db;Profile=Durable;Write Batch Size=5000
            Data Source="my; app.db";Mode=ReadOnly;Cache Size=-128000

        Only `Data Source` is needed. Every keyword of Microsoft.Data.Sqlite keeps its name and meaning, so its connection strings open here
        as they are, and those of System.Data.SQLite open too (last table).

        - Case does not matter. Each keyword is also known without spaces and in snake case: `Busy Timeout`, `BusyTimeout`,
          `busy_timeout`. Further spellings stand under "also".
        - A value with `;`, quotes or outer spaces goes in single or double quotes; the same quote inside is doubled.
        - A switch takes `True` or `False`; `On`, `Off`, `Yes`, `No`, `1` and `0` are the same.
        - A wrong value, an unknown keyword and a contradiction are an `ArgumentException` that names the keyword, the value and what
          is allowed. Where a keyword stands twice, the last one counts.
        - `WalDbConnectionStringBuilder` has a property for each keyword, named as the keyword without spaces, and writes the canonical
          form. `WalDbConnectionStringBuilder.ForPath(path)` takes any path literally, also one that begins with `file:`.
        """;

    private const string AboutProfiles = """
        ## Profiles

        A profile is a set of pragmas that each session starts with, before anything else is executed on it. A keyword for a pragma goes
        over the profile. What came of it is read back: `connection.EffectiveProfile` names each pragma with the value that was asked for
        and the one in effect. WAL that was asked for and not got is an error, unless the connection is read-only. A database in memory has
        `journal_mode=MEMORY` instead of a journal in a file.

        SQLite 3.35.0 to 3.37.1, which the packages bring, damages what a savepoint undoes where `temp_store` is MEMORY
        ([security.md](security.md#known-flaws-of-engine-versions)). With such an engine a profile leaves it at DEFAULT, and a connection string
        that sets `Temp Store=MEMORY` itself gets it, with a warning in the log (event 1105).
        """;

    private static readonly (OptionGroup Group, string Title, string About)[] Groups =
    [
        (OptionGroup.WrappedProvider, "Those of Microsoft.Data.Sqlite", "Name, meaning and default are the wrapped provider's."),
        (OptionGroup.Pragma, "Pragmas", "Units are those of SQLite's own [documents](https://www.sqlite.org/pragma.html)."),
        (OptionGroup.Writing, "Writing", "Locks, transactions and the write batch."),
        (OptionGroup.Session, "Sessions and statements", "The pool, what a session keeps, and who it says it is."),
    ];

    public static string Render()
    {
        var page = new StringBuilder(Introduction).Append('\n');
        foreach (var (group, title, about) in Groups)
            page.Append($"\n## {title}\n\n{about}\n\n").Append(Table(group));
        page.Append('\n').Append(AboutProfiles).Append("\n\n").Append(Profiles());
        page.Append("\n## Those of System.Data.SQLite\n\n")
            .Append("They are translated when they are set; reading back gives our own keywords. What would change how values are stored or read, ")
            .Append("and cannot be\nhonoured, is refused with the reason. Its other keywords (Journal Mode, Synchronous, Cache Size, Page Size, ")
            .Append("BusyTimeout, Enlist ...) are above.\n\n").Append(Borrowed());
        return page.ToString();
    }

    private static string Table(OptionGroup group)
    {
        var table = new StringBuilder("| Keyword | Default | Values | Meaning |\n| --- | --- | --- | --- |\n");
        foreach (var option in WalOptions.All.Where(option => option.Group == group))
            table.Append(Row($"**{option.Name}**{Also(option)}", DefaultOf(option), ValuesOf(option), option.Text));
        return table.ToString();
    }

    private static string Profiles()
    {
        var profiles = Enum.GetValues<WalProfile>();
        var pragmas = profiles.SelectMany(PragmaProfiles.Of).Select(pragma => pragma.Name).Distinct();
        var table = new StringBuilder(Row(["Pragma", .. profiles.Select(profile => profile.ToString())]));
        table.Append(Row([.. Enumerable.Repeat("---", profiles.Length + 1)]));
        foreach (var pragma in pragmas)
            table.Append(Row([$"`{pragma}`", .. profiles.Select(profile => PragmaProfiles.Of(profile).FirstOrDefault(p => p.Name == pragma).Value ?? "")]));
        table.Append(Row(["defensive mode", .. profiles.Select(profile => profile == WalProfile.Hardened ? "ON" : "")]));
        table.Append(Row(["Write Batch Size", .. profiles.Select(profile => $"{PragmaProfiles.WriteBatchSizeOf(profile)}")]));
        return table.ToString();
    }

    private static string Borrowed()
    {
        var table = new StringBuilder("| Keyword | Accepted | What becomes of it |\n| --- | --- | --- |\n");
        foreach (var keyword in BorrowedKeywords.All)
            table.Append(Row($"**{keyword.Name}**", keyword.Accepts, keyword.Text));
        return table.ToString();
    }

    private static string Row(params string[] cells) =>
        "|" + string.Concat(cells.Select(cell => cell.Length == 0 ? " |" : $" {cell.Replace("|", "\\|")} |")) + "\n";

    private static string Also(WalOption option)
    {
        // Only what does not follow from another spelling in the list by the rules that stand above the tables.
        var further = option.Spellings.Skip(1)
            .Where(spelling => spelling.Contains(' ') || spelling.StartsWith('_') || option.Aliases is [var only] && only == spelling)
            .Select(spelling => $"`{spelling}`")
            .ToList();
        return further.Count == 0 ? "" : $"<br>also {string.Join(", ", further)}";
    }

    // The other spellings of a switch stand above the tables.
    private static string ValuesOf(WalOption option) => option.Value is SwitchValue ? "True or False" : option.Range;

    private static string DefaultOf(WalOption option) =>
        option.DefaultText ?? Convert.ToString(option.Default, CultureInfo.InvariantCulture)!;
}
