using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Asks for the columns of a table or a view, generated ones too and hidden ones of virtual tables not.</summary>
/// <seealso href="https://www.sqlite.org/pragma.html#pragma_table_xinfo"/>
internal static class SchemaColumns
{
    private const long HiddenOfVirtualTable = 1;

    /// <summary>
    /// The columns; none where SQLite cannot tell: of a view over a table that is gone, of a virtual table whose module is
    /// not loaded.
    /// </summary>
    internal static async ValueTask<List<SchemaColumn>> Of(SchemaSource source, string catalog, string table)
    {
        List<object[]> rows;
        try
        {
            rows = await source.Rows(
                """SELECT cid, name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo($1, $2) ORDER BY cid""",
                table,
                catalog).ConfigureAwait(false);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            return [];
        }

        var unique = await UniqueOnes(source, catalog, table).ConfigureAwait(false);
        var keys = rows.Count(row => (long)row[5] != 0);
        return [.. rows.Where(row => (long)row[6] != HiddenOfVirtualTable).Select(row => Column(row, keys, unique))];
    }

    private static SchemaColumn Column(object[] row, int keys, HashSet<string> unique)
    {
        var name = (string)row[1];
        var isKey = (long)row[5] != 0;
        var type = new DeclaredType(row[2] as string ?? "");
        return new SchemaColumn(
            (long)row[0], name, type, (long)row[3] != 0, row[4], isKey, (isKey && keys == 1) || unique.Contains(name), (long)row[6] > 1);
    }

    private static async ValueTask<HashSet<string>> UniqueOnes(SchemaSource source, string catalog, string table)
    {
        var rows = await source.Rows(
            """
            SELECT max(c.name) FROM pragma_index_list($1, $2) AS i, pragma_index_info(i.name, $2) AS c
            WHERE i."unique" AND NOT i.partial GROUP BY i.name HAVING count(*) = 1 AND max(c.name) IS NOT NULL
            """,
            table,
            catalog).ConfigureAwait(false);
        return rows.Select(row => (string)row[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
