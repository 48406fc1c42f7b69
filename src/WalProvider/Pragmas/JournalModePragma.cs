using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// The one pragma of a profile that must not fail in silence: without WAL readers and writers block each other, and every
/// promise about waiting would be off.
/// </summary>
/// <seealso href="https://www.sqlite.org/wal.html"/>
internal static class JournalModePragma
{
    private const string Wal = "WAL";

    /// <exception cref="SqliteException">WAL was asked for and the engine stays with another mode on a writable file.</exception>
    public static EffectivePragma Apply(sqlite3 handle, Pragma pragma, WalSettings settings, PatienceBudget budget)
    {
        // Reading first: switching takes the file exclusively, and a file that is in WAL already needs none of that.
        var actual = PragmaStatement.Execute(handle, "PRAGMA journal_mode", budget);
        var canWrite = !IsReadOnly(handle) && !settings.IsReadOnly;
        if (canWrite && !IsGranted(pragma, actual))
            actual = PragmaStatement.Execute(handle, $"PRAGMA journal_mode={pragma.Value}", budget);
        var isGranted = IsGranted(pragma, actual);
        if (!isGranted && canWrite && pragma.Value == Wal)
            throw WalRefused(settings, actual);
        return new EffectivePragma(pragma.Name, pragma.Value, actual?.ToUpperInvariant(), isGranted);
    }

    /// <summary>Whether the engine opened the file for reading only, which it also does by itself where it cannot write.</summary>
    public static bool IsReadOnly(sqlite3 handle) => raw.sqlite3_db_readonly(handle, "main") == 1;

    private static bool IsGranted(Pragma pragma, string? actual) =>
        string.Equals(pragma.Value, actual, StringComparison.OrdinalIgnoreCase);

    private static SqliteException WalRefused(WalSettings settings, string? actual) => OpenFailure.Refuse(
        settings,
        $"it was to be opened with journal_mode=WAL, and the engine stays with {actual?.ToUpperInvariant()}. Its file system or VFS gives "
        + $"no shared memory for the WAL. Move the file to a local disk, or set '{WalOptions.JournalMode.Name}' to DELETE");
}
