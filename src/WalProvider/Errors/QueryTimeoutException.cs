using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>A statement was stopped because the engine had run it for longer than Query Timeout.</summary>
/// <remarks>
/// <para>Code 9 (SQLITE_INTERRUPT), so that existing code that catches <see cref="SqliteException"/> or
/// <see cref="System.Data.Common.DbException"/> catches it. Not transient: the same statement would run as long again.</para>
/// <para>Waiting for locks does not count; that is Busy Timeout's, and another exception.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/c3ref/progress_handler.html"/>
public sealed class QueryTimeoutException : SqliteException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was stopped, and what to do.</param>
    /// <param name="queryTimeout">How long it was allowed to run.</param>
    public QueryTimeoutException(string? message, TimeSpan queryTimeout)
        : base(message, raw.SQLITE_INTERRUPT, raw.SQLITE_INTERRUPT)
    {
        QueryTimeout = queryTimeout;
        HelpLink = "docs/errors.md";
    }

    /// <summary>How long the statement was allowed to run: the connection string's Query Timeout.</summary>
    public TimeSpan QueryTimeout { get; }

    internal static QueryTimeoutException Create(TimeSpan limit, StopLoss loss)
        => new(
            $"SQLite Error 9: 'interrupted'. The statement ran for longer than 'Query Timeout' ({limit.TotalMilliseconds:0} ms) and was "
            + $"stopped.{StopErrors.Explain(loss)} Raise 'Query Timeout' (milliseconds; 0 lets statements run), or make the statement "
            + "faster: EXPLAIN QUERY PLAN shows whether it lacks an index.",
            limit);
}
