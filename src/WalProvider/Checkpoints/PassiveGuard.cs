using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// A snapshot of the WAL, held by a connection of its own while a PASSIVE checkpoint runs: as long as it is there, nobody, in
/// any process, can begin the WAL anew.
/// </summary>
/// <remarks>
/// <para>The WAL-reset bug needs a writer that begins the WAL anew while the checkpoint looks at it. That takes all read
/// locks but the first exclusively, and this snapshot holds one of them. The gate or BEGIN IMMEDIATE would keep the writer
/// out as well, and every other writer with it for as long as the copying takes.</para>
/// <para>NB: a snapshot of a WAL that is wholly in the main file takes the first read lock, which guards nothing. So the
/// counts are read before and after: where frames that were there before are still not copied after, in the same turn of
/// the WAL, the snapshot between was of a WAL with a backlog.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/walformat.html#wal_locks"/>
internal sealed class PassiveGuard : IDisposable
{
    private readonly SqliteConnection _connection;

    private PassiveGuard(SqliteConnection connection) => _connection = connection;

    /// <summary>Takes the snapshot; null where it cannot be had, and the gate must do.</summary>
    /// <param name="session">The session that is to checkpoint.</param>
    internal static PassiveGuard? TryBegin(WalSession session)
    {
        if (session.Wal.Read() is not { Backlog: > 0 } before || EngineExports.HasMoved(session.Engine.Db))
        {
            return null;
        }

        var guard = new PassiveGuard(new SqliteConnection(ReadOnly(session.Settings)));
        if (guard.TrySnapshot()
            && session.Wal.Read() is { } after
            && after.Salt == before.Salt
            && after.CheckpointedFrames < before.LogFrames)
        {
            return guard;
        }

        guard.Dispose();
        return null;
    }

    /// <summary>Lets go of the snapshot.</summary>
    public void Dispose() => _connection.Dispose();

    // NB: never ReadWriteCreate, which would make a new file where the old one has just been moved away.
    private static string ReadOnly(WalSettings settings)
        => new SqliteConnectionStringBuilder(settings.InnerConnectionString) { Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString;

    private bool TrySnapshot()
    {
        try
        {
            _connection.Open();
            return raw.sqlite3_exec(_connection.Handle, "BEGIN; SELECT count(*) FROM sqlite_master") == raw.SQLITE_OK;
        }
        catch (SqliteException)
        {
            // An encrypted file whose key comes from a session initializer, say.
            return false;
        }
    }
}
