using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// Makes a bad file fail when it is opened. SQLite opens any file without looking at it, and complains at the first
/// statement.
/// </summary>
internal static class OpenProbe
{
    /// <summary>Reads the file's header, and waits for a lock within the budget; without one it tries once.</summary>
    /// <exception cref="SqliteException">
    /// The file cannot be read or is no database; <see cref="OpenFailure"/> says why in words.
    /// </exception>
    public static void ReadHeader(SqliteConnection inner, TimeSpan budget = default) =>
        PragmaStatement.Execute(inner.Handle!, "PRAGMA schema_version", new PatienceBudget(budget));
}
