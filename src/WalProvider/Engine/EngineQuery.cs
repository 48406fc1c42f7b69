using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Asks the engine one thing about a database, past the statement cache: a question that is seldom asked.</summary>
internal static class EngineQuery
{
    /// <summary>The first column of the first row; null where there is no row, or the value is NULL. Tried once, without waiting.</summary>
    /// <exception cref="SqliteException">The SQL does not compile here.</exception>
    internal static string? First(sqlite3 db, string sql, params ReadOnlySpan<string> values)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(db, sql, out var statement), db);
        using (statement)
        {
            for (var index = 0; index < values.Length; index++)
            {
                _ = raw.sqlite3_bind_text(statement, index + 1, values[index]);
            }

            return raw.sqlite3_step(statement) == raw.SQLITE_ROW ? raw.sqlite3_column_text(statement, 0).utf8_to_string() : null;
        }
    }
}
