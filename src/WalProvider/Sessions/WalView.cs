using SQLitePCL;

namespace WalProvider;

/// <summary>Looks at the WAL through one connection.</summary>
internal sealed class WalView
{
    private readonly sqlite3 _db;
    private readonly SessionWatch _watch;
    private readonly bool _hasWal;

    /// <summary>Finds out whether the connection has a WAL to look at.</summary>
    /// <remarks>NB: asking the VFS for the wal-index of a database that has none would make one.</remarks>
    internal WalView(sqlite3 db, EffectiveProfile profile, SessionWatch watch)
    {
        _db = db;
        _watch = watch;
        var journalMode = profile["journal_mode"] ?? PragmaStatement.Execute(db, "PRAGMA journal_mode", new PatienceBudget(TimeSpan.Zero));
        // An exclusive connection keeps its wal-index in its own memory.
        _hasWal = Is("WAL", journalMode) && !Is("EXCLUSIVE", profile["locking_mode"]);
    }

    /// <summary>What the WAL holds; null where there is none, or a PRAGMA may have changed that.</summary>
    internal WalFrames? Read() => _hasWal && !_watch.IsDirty ? WalIndex.Read(_db) : null;

    private static bool Is(string word, string? answer) => word.Equals(answer, StringComparison.OrdinalIgnoreCase);
}
