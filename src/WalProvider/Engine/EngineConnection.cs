using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// The engine's side of one inner connection: its transaction, typed by us, and what the engine says of its state.
/// </summary>
/// <remarks>
/// The wrapped provider's SqliteTransaction is never used: a COMMIT that fails leaves it believing that it is open.
/// </remarks>
internal sealed class EngineConnection(SqliteConnection inner) : IDisposable
{
    /// <summary>The extended code of a write on a snapshot that has been overtaken; waiting never helps.</summary>
    internal const int BusySnapshot = 517;

    private readonly ControlStatement _beginImmediate = new("BEGIN IMMEDIATE");
    private readonly ControlStatement _commit = new("COMMIT");
    private readonly ControlStatement _rollback = new("ROLLBACK");
    private readonly nint _mutex = EngineExports.MutexOf(inner.Handle!);
    private readonly bool _canTry = CanTry(EngineExports.MutexOf(inner.Handle!));
    private readonly ControlStatement _shrink = new("PRAGMA shrink_memory");

    /// <summary>The wrapped provider's connection.</summary>
    internal SqliteConnection Inner { get; } = inner;

    /// <summary>The engine's handle.</summary>
    internal sqlite3 Db { get; } = inner.Handle!;

    /// <summary>How long we wait for locks on behalf of this connection; the engine itself waits for nothing.</summary>
    internal TimeSpan BusyTimeout { get; set; }

    /// <summary>What is noted of the rows that change; null where nobody listens.</summary>
    internal ChangeLog? Changes { get; private set; }

    /// <summary>Whether a transaction is open, whoever began it.</summary>
    internal bool InTransaction => !EngineExports.IsAutocommit(Db);

    /// <summary>Whether the write lock is held, by a transaction or by a statement.</summary>
    internal bool IsWriting => EngineExports.IsWriting(Db);

    /// <summary>The extended code of the last error.</summary>
    internal int ExtendedErrorCode => raw.sqlite3_extended_errcode(Db);

    /// <summary>Takes the engine's mutex of this connection; false while another thread has it, in a step above all.</summary>
    /// <param name="mutex">What to leave again; 0 where there is none, or the handle was closed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryEnterMutex(out nint mutex)
    {
        mutex = Db.IsClosed ? 0 : _mutex;
        if (_canTry)
        {
            return EngineExports.TryEnterMutex(mutex);
        }

        EngineExports.EnterMutex(mutex);
        return true;
    }

    /// <summary>Tries BEGIN IMMEDIATE once.</summary>
    internal int BeginImmediate() => _beginImmediate.Run(Db);

    /// <summary>Tries COMMIT once.</summary>
    internal int Commit()
    {
        var result = _commit.Run(Db);
        Changes?.HandOnIfCommitted(openWrites: 0);
        return result;
    }

    /// <summary>Rolls back what is open, if anything is.</summary>
    internal int Rollback() => InTransaction ? _rollback.Run(Db) : raw.SQLITE_OK;

    /// <summary>Gives up every lock for writing, so that none outlives the connection where something keeps its handle alive.</summary>
    /// <remarks>
    /// A blob that is open for writing holds the lock outside any transaction. Rolling one back takes it away; the blob
    /// answers ABORT from then on.
    /// </remarks>
    internal void GiveUpWriting()
    {
        EngineExports.ResetAll(Db);
        if (IsWriting && !InTransaction)
        {
            _ = BeginImmediate();
        }

        _ = Rollback();
    }

    /// <summary>
    /// Whether the last error is another's lock that may go away: BUSY, or another connection's lock in a shared
    /// cache, but not a snapshot that was overtaken, nor a lock of this connection's own statements.
    /// </summary>
    internal bool IsWorthWaiting(int resultCode) => (resultCode & 0xff) switch
    {
        raw.SQLITE_BUSY => ExtendedErrorCode != BusySnapshot,
        raw.SQLITE_LOCKED => ExtendedErrorCode == raw.SQLITE_LOCKED_SHAREDCACHE,
        _ => false,
    };

    /// <summary>Sets how long the engine itself waits; zero, so that all waiting is ours.</summary>
    internal void SetBusyTimeout(TimeSpan timeout)
        => _ = raw.sqlite3_busy_timeout(Db, (int)Math.Min(int.MaxValue, timeout.TotalMilliseconds));

    /// <summary>Gives the memory of the page cache back.</summary>
    internal void ShrinkMemory() => _ = _shrink.Run(Db);

    /// <summary>Lets one listen to the rows that change.</summary>
    internal void Listen(ChangeFeed feed, SessionWatch watch) => (Changes ??= new ChangeLog(Db, watch)).Add(feed);

    /// <summary>Lets one listen no longer.</summary>
    internal void EndListening(ChangeFeed feed)
    {
        Changes?.Remove(feed);
        if (Changes is { IsIdle: true })
        {
            EndListening();
        }
    }

    /// <summary>Lets nobody listen any longer.</summary>
    internal void EndListening()
    {
        Changes?.Dispose();
        Changes = null;
    }

    /// <summary>How long the engine itself waits.</summary>
    internal TimeSpan ReadBusyTimeout()
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(Db, "PRAGMA busy_timeout", out var statement), Db);
        using (statement)
        {
            _ = raw.sqlite3_step(statement);
            return TimeSpan.FromMilliseconds(raw.sqlite3_column_int(statement, 0));
        }
    }

    /// <summary>Finalizes our statements; the handle is the inner connection's to close.</summary>
    public void Dispose()
    {
        EndListening();
        _beginImmediate.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _shrink.Dispose();
    }

    // A new connection's mutex is free.
    private static bool CanTry(nint mutex)
    {
        var canTry = EngineExports.TryEnterMutex(mutex);
        EngineExports.LeaveMutex(canTry ? mutex : 0);
        return canTry;
    }
}
