using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Makes the exceptions for what the engine answers.</summary>
internal static class EngineErrors
{
    private const string OwnStatement = "A statement of this same connection holds the lock: close its readers first, and the blobs that it writes.";

    /// <summary>
    /// The exception for a result code: the wrapped provider's own, but BUSY and LOCKED as a subclass that says what was
    /// waited for, and whether trying again can help.
    /// </summary>
    /// <param name="resultCode">The engine's result code.</param>
    /// <param name="engine">The connection that gave it.</param>
    /// <param name="waited">How long was waited before giving up.</param>
    /// <param name="isOwn">Whether the connection has an open statement that writes, beside which COMMIT is refused.</param>
    internal static SqliteException For(int resultCode, EngineConnection engine, TimeSpan waited, bool isOwn = false)
    {
        var error = Plain(resultCode, engine.Db);
        if (error.SqliteErrorCode is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED))
        {
            return error;
        }

        var advice = isOwn ? OwnStatement : Advice(error.SqliteExtendedErrorCode, waited);
        return new SqliteBusyException($"{error.Message} {advice}", error.SqliteErrorCode, error.SqliteExtendedErrorCode) { IsOwn = isOwn };
    }

    /// <summary>The exception for a result code of an open blob; ABORT says what became of it.</summary>
    internal static SqliteException OfBlob(int resultCode, EngineConnection engine, BlobAddress address)
    {
        var error = For(resultCode, engine, TimeSpan.Zero);
        return error.SqliteErrorCode == raw.SQLITE_ABORT
            ? new SqliteException(
                $"{error.Message} The row was updated or deleted, or its transaction rolled back, since the {address} was opened: open it again.",
                error.SqliteErrorCode,
                error.SqliteExtendedErrorCode)
            : error;
    }

    /// <summary>The exception for a checkpoint that failed. Of a file that it may not write, the engine says that a disk failed.</summary>
    internal static SqliteException OfCheckpoint(int resultCode, EngineConnection engine)
        => raw.sqlite3_db_readonly(engine.Db, "main") == 1
            ? new SqliteException(
                "A checkpoint writes the main file, which this connection has open read-only. Run it on a connection without Mode=ReadOnly, of "
                + "a user who may write the file.",
                raw.SQLITE_READONLY)
            : For(resultCode, engine, TimeSpan.Zero);

    /// <summary>The wrapped provider's exception for a result code, before anything else is asked of the engine.</summary>
    internal static SqliteException Plain(int resultCode, sqlite3 db)
    {
        try
        {
            SqliteException.ThrowExceptionForRC(resultCode, db);
        }
        catch (SqliteException error)
        {
            return error;
        }

        throw new ArgumentOutOfRangeException(nameof(resultCode), resultCode, "Not an error code of SQLite.");
    }

    /// <summary>The exception for a batch that was lost with an error.</summary>
    internal static WriteBatchLostException BatchLost(SqliteException cause, int lostWrites, bool isUnknown)
        => new(
            $"{cause.Message} {(isUnknown ? "It is unknown whether" : "Lost:")} {lostWrites} pending writes of the batch"
            + $"{(isUnknown ? " were kept" : "")}. The connection is usable; repeat them, or lower 'Write Batch Size'.",
            cause.SqliteErrorCode,
            cause.SqliteExtendedErrorCode,
            lostWrites);

    private static string Advice(int extendedErrorCode, TimeSpan waited) => extendedErrorCode switch
    {
        EngineConnection.BusySnapshot
            => "The transaction has read a state that others have changed since: waiting cannot help, begin the whole "
                + "transaction again (BEGIN IMMEDIATE avoids it).",
        raw.SQLITE_LOCKED => OwnStatement,
        _ => $"Another process held the lock for longer than the {waited.TotalMilliseconds:0} ms waited; raise 'Busy Timeout' (milliseconds).",
    };
}
