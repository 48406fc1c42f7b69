using SQLitePCL;

namespace WalProvider;

/// <summary>
/// The last checkpoint, when the process ends with connections that nobody closes: SQLite empties the WAL only where the last
/// one is closed, and closing one under a thread that may still use it would crash.
/// </summary>
internal static class ExitCheckpoint
{
    /// <summary>Empties the WAL through a session that nothing is open on, if that needs no waiting.</summary>
    internal static void Try(WalSession session)
    {
        if (session.File is null || session.Settings.IsReadOnly || !session.Settings.HasAutocheckpoint || !session.TryEnterIdle())
        {
            return;
        }

        try
        {
            if (!EngineExports.IsReading(session.Engine.Db) && session.WriteLock.TryEnter())
            {
                _ = raw.sqlite3_wal_checkpoint_v2(session.Engine.Db, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
                session.WriteLock.Exit();
            }
        }
        finally
        {
            session.Lock.Exit();
        }
    }
}
