using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// The database was locked by another connection for longer than the operation was allowed to wait, or its snapshot
/// was overtaken (extended code 517), for which no waiting helps.
/// </summary>
/// <remarks>
/// Existing code that catches <see cref="SqliteException"/> with code 5 (SQLITE_BUSY) or 6 (SQLITE_LOCKED) catches it.
/// </remarks>
/// <seealso href="https://www.sqlite.org/rescode.html#busy"/>
public class SqliteBusyException : SqliteException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was locked, how long was waited, and what to do.</param>
    /// <param name="errorCode">SQLite's result code, 5 or 6.</param>
    /// <param name="extendedErrorCode">SQLite's extended result code.</param>
    public SqliteBusyException(string? message, int errorCode, int extendedErrorCode)
        : base(message, errorCode, extendedErrorCode)
    {
        HelpLink = "docs/errors.md";
    }

    /// <summary>
    /// True where another connection held the lock: the same transaction may succeed when it is begun anew. False where this
    /// connection, or this thread, stands in its own way, which no repetition mends.
    /// </summary>
    public override bool IsTransient
        => !IsOwn && (SqliteErrorCode != raw.SQLITE_LOCKED || SqliteExtendedErrorCode == raw.SQLITE_LOCKED_SHAREDCACHE);

    /// <summary>Whether the lock is held by a statement of the same connection, or by a connection that waits for this one.</summary>
    internal bool IsOwn { get; init; }
}
