using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// Marks the columns whose values SQLite gives in a schema table, which says nothing of them: generated ones, and the rowid
/// under any of its names.
/// </summary>
/// <seealso href="https://www.sqlite.org/gencol.html"/>
/// <seealso href="https://www.sqlite.org/lang_createtable.html#rowid"/>
internal static class EngineColumns
{
    /// <summary>The column of the schema table that says whether a column is the rowid.</summary>
    internal const string IsRowId = "IsRowId";

    // NB: a primary key without an index of its own can only be the rowid; a key that is no column of the table is it too.
    private const string Sql =
        """
        SELECT (SELECT count(*) FROM pragma_table_xinfo($table, $catalog) WHERE name = $column COLLATE NOCASE AND hidden > 1),
            NOT EXISTS (SELECT 1 FROM pragma_table_xinfo($table, $catalog) WHERE name = $column COLLATE NOCASE)
                OR NOT EXISTS (SELECT 1 FROM pragma_index_list($table, $catalog) WHERE origin = 'pk')
        """;

    /// <summary>Adds IsReadOnly, true for generated columns and expressions, and IsRowId.</summary>
    internal static void Mark(DataTable schema, DbConnection connection)
    {
        schema.Columns.Add(SchemaTableOptionalColumn.IsReadOnly, typeof(bool));
        schema.Columns.Add(IsRowId, typeof(bool));
        foreach (DataRow row in schema.Rows)
        {
            var isExpression = row[SchemaTableColumn.IsExpression] is true;
            var (isGenerated, isRowId) = isExpression ? (true, false) : Ask(row, connection);
            row[SchemaTableOptionalColumn.IsReadOnly] = isGenerated;
            row[IsRowId] = isRowId;
        }
    }

    private static (bool IsGenerated, bool IsRowId) Ask(DataRow row, DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.Parameters.Add(new SqliteParameter("$table", row[SchemaTableColumn.BaseTableName]));
        command.Parameters.Add(new SqliteParameter("$catalog", row[SchemaTableOptionalColumn.BaseCatalogName]));
        command.Parameters.Add(new SqliteParameter("$column", row[SchemaTableColumn.BaseColumnName]));
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0) != 0, row[SchemaTableColumn.IsKey] is true && reader.GetInt64(1) != 0);
    }
}
