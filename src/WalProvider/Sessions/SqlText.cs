using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>One of several texts that are executed together.</summary>
/// <param name="sql">The SQL.</param>
/// <param name="parameters">Its values.</param>
internal sealed class SqlText(string sql, SqliteParameterCollection? parameters)
{
    /// <summary>The SQL.</summary>
    internal string Sql { get; } = sql;

    /// <summary>Its values.</summary>
    internal SqliteParameterCollection? Parameters { get; } = parameters;

    /// <summary>Whether it is ours and not the caller's, so that it counts for nothing.</summary>
    internal bool IsOwn { get; init; }

    /// <summary>Rows affected by this text; -1 for queries, or where it was not reached.</summary>
    internal int RecordsAffected { get; set; } = -1;
}
