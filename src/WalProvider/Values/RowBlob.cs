using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Finds the row that a column's value stands in, so that the value can be streamed instead of copied.</summary>
/// <seealso href="https://www.sqlite.org/c3ref/blob_open.html"/>
internal static class RowBlob
{
    private const string KeyColumnsSql = "SELECT count(*) FROM pragma_table_info(?1) WHERE pk <> 0";

    /// <summary>Where the value stands in its table; null where the result does not hold the row's id.</summary>
    internal static BlobAddress? Find(sqlite3 db, sqlite3_stmt row, int ordinal)
    {
        var database = raw.sqlite3_column_database_name(row, ordinal).utf8_to_string();
        var table = raw.sqlite3_column_table_name(row, ordinal).utf8_to_string();
        var column = raw.sqlite3_column_origin_name(row, ordinal).utf8_to_string();
        if (database is null || table is null || column is null)
        {
            return null;
        }

        for (var other = 0; other < EngineExports.ColumnCount(row); other++)
        {
            if (other != ordinal
                && raw.sqlite3_column_database_name(row, other).utf8_to_string() == database
                && raw.sqlite3_column_table_name(row, other).utf8_to_string() == table
                && IsRowId(db, database, table, raw.sqlite3_column_origin_name(row, other).utf8_to_string()))
            {
                var rowid = EngineExports.ColumnType(row, other) == raw.SQLITE_NULL
                    ? throw new InvalidOperationException(WrappedMessages.NullValue(other))
                    : EngineExports.ColumnInt64(row, other);
                return new BlobAddress(database, table, column, rowid);
            }
        }

        return null;
    }

    private static bool IsRowId(sqlite3 db, string database, string table, string column)
    {
        if (column == "rowid")
        {
            return true;
        }

        var result = raw.sqlite3_table_column_metadata(
            db, database, table, column, out var declaredType, out _, out _, out var isKey, out _);
        SqliteException.ThrowExceptionForRC(result, db);
        return isKey != 0
            && string.Equals(declaredType, "INTEGER", StringComparison.OrdinalIgnoreCase)
            && EngineQuery.First(db, KeyColumnsSql, table) == "1";
    }
}
