using SQLitePCL;

namespace WalProvider;

/// <summary>What a checkpoint waits for, and what it leaves of the WAL. The numbers are SQLite's own.</summary>
/// <seealso href="https://www.sqlite.org/c3ref/wal_checkpoint_v2.html"/>
public enum CheckpointMode
{
    /// <summary>Copies what readers and writers let it copy, and waits for nobody. The WAL keeps its length.</summary>
    Passive = raw.SQLITE_CHECKPOINT_PASSIVE,

    /// <summary>Waits until everything is copied into the main file. The WAL keeps its length and goes on growing at its end.</summary>
    Full = raw.SQLITE_CHECKPOINT_FULL,

    /// <summary>Full, and then waits for those who still read the WAL, so that the next writer begins it anew. It keeps its length.</summary>
    Restart = raw.SQLITE_CHECKPOINT_RESTART,

    /// <summary>Restart, and then cuts the WAL to zero bytes: the main file alone is the whole database.</summary>
    Truncate = raw.SQLITE_CHECKPOINT_TRUNCATE,
}
