using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Puts a profile on a fresh connection and reads it back. SQLite ignores many pragmas in silence (inside a transaction,
/// on a file that has content, on one that it cannot write), so only the answer counts.
/// </summary>
internal static class PragmaApplier
{
    private const string TempStore = "temp_store";

    // Their value goes into the file, and only into one that has no content.
    private static readonly string[] ForNewFiles = ["page_size", "auto_vacuum", "encoding"];

    // The engine's default is mostly what is asked for, or setting costs more than reading: read first.
    private static readonly string[] ReadFirst = ["foreign_keys", "page_size", "auto_vacuum", "encoding", "trusted_schema"];

    /// <summary>
    /// Sets every pragma of the settings. Blocks while another connection holds the file exclusively, for the Busy
    /// Timeout at most.
    /// </summary>
    /// <param name="inner">An open connection on which nothing has been executed.</param>
    /// <param name="settings">What to set.</param>
    /// <param name="patience">How long to wait for locks, on this thread; null for Busy Timeout.</param>
    /// <exception cref="SqliteException">The engine failed, or refused WAL for a file that it can write.</exception>
    /// <exception cref="ArgumentException">The keyword Pragmas names a pragma that the engine does not know.</exception>
    public static EffectiveProfile Apply(SqliteConnection inner, WalSettings settings, TimeSpan? patience = null)
    {
        var handle = inner.Handle!;
        var budget = new PatienceBudget(patience ?? settings.BusyTimeout);
        // Before anything is written: a name that is wrong must not leave a new file behind.
        UserPragmas.Check(handle, settings, budget);
        if (settings.IsHardened)
            SetDefensive(handle);
        var effective = new List<EffectivePragma>(settings.Pragmas.Count + 1);
        foreach (var pragma in settings.Pragmas)
            effective.Add(Apply(handle, pragma, settings, budget));
        if (settings.IsHardened)
            effective.Add(ReadDefensive(handle));
        return new EffectiveProfile(settings.Profile, effective);
    }

    private static EffectivePragma Apply(sqlite3 handle, Pragma pragma, WalSettings settings, PatienceBudget budget)
    {
        if (pragma.Name == "busy_timeout")
            // NB: not set on the engine. The session waits itself, and the engine's timeout stays 0 for it.
            return new EffectivePragma(pragma.Name, pragma.Value, pragma.Value, IsInEffect: true);
        if (pragma.Name == "journal_mode")
            return JournalModePragma.Apply(handle, pragma, settings, budget);
        if (pragma.Name == TempStore && MemoryJournalBug.IsInEngine && !settings.IsTempStoreChosen)
            // NB: the profile's MEMORY would have savepoints damage what they undo.
            return Report(pragma with { Value = "DEFAULT" }, Read(handle, pragma, budget));
        if (!ReadFirst.Contains(pragma.Name))
            return Set(handle, pragma, budget);
        var answer = Read(handle, pragma, budget);
        var isFixed = ForNewFiles.Contains(pragma.Name) && JournalModePragma.IsReadOnly(handle);
        return isFixed || (answer is not null && PragmaAnswers.Grants(pragma, answer))
            ? Report(pragma, answer)
            : Set(handle, pragma, budget);
    }

    // Some answer with the new value at once, which saves reading it.
    private static EffectivePragma Set(sqlite3 handle, Pragma pragma, PatienceBudget budget) =>
        Report(pragma, Write(handle, pragma, budget) ?? Read(handle, pragma, budget));

    private static string? Write(sqlite3 handle, Pragma pragma, PatienceBudget budget)
    {
        try
        {
            return PragmaStatement.Execute(handle, $"PRAGMA {pragma.Name}={pragma.Value}", budget);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_READONLY && JournalModePragma.IsReadOnly(handle))
        {
            // Its value lives in the file (user_version, say), and a reader is not to fail for that; reading back tells.
            return null;
        }
    }

    private static string? Read(sqlite3 handle, Pragma pragma, PatienceBudget budget) =>
        PragmaStatement.Execute(handle, $"PRAGMA {pragma.Name}", budget);

    // A pragma that has a keyword can be read, so no answer means that this engine was built without it.
    private static EffectivePragma Report(Pragma pragma, string? answer) => answer is null
        ? new EffectivePragma(pragma.Name, pragma.Value, null, IsInEffect: UserPragmas.Contains(pragma))
        : new EffectivePragma(pragma.Name, pragma.Value, PragmaAnswers.InWordsOf(pragma, answer), PragmaAnswers.Grants(pragma, answer));

    private static void SetDefensive(sqlite3 handle) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_DEFENSIVE, 1, out _), handle);

    private static EffectivePragma ReadDefensive(sqlite3 handle)
    {
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_DEFENSIVE, -1, out var isOn), handle);
        return new EffectivePragma("defensive", "ON", isOn == 1 ? "ON" : "OFF", isOn == 1);
    }
}
