using System.Data;
using System.Data.Common;

namespace WalProvider;

/// <summary>
/// The columns whose values SQLite gives when a row is written, to be asked for by RETURNING: the rowid under any of its
/// names when it is inserted, and generated columns.
/// </summary>
/// <seealso href="https://www.sqlite.org/lang_returning.html"/>
internal static class RefreshedColumns
{
    /// <summary>The clause with a blank before it; empty where SQLite gives nothing.</summary>
    /// <param name="schema">The schema table of the query that rows come from, with <see cref="EngineColumns"/> marked.</param>
    /// <param name="isInsert">Whether a row is inserted.</param>
    internal static string Clause(DataTable schema, bool isInsert)
    {
        var columns = schema.Rows.Cast<DataRow>()
            .Where(row => row[SchemaTableColumn.BaseColumnName] is string
                && (row[SchemaTableOptionalColumn.IsReadOnly] is true || (isInsert && row[EngineColumns.IsRowId] is true)))
            .Select(row => $"{Quoted(row, SchemaTableColumn.BaseColumnName)} AS {Quoted(row, SchemaTableColumn.ColumnName)}")
            .ToArray();
        return columns.Length == 0 ? "" : " RETURNING " + string.Join(", ", columns);
    }

    private static string Quoted(DataRow row, string column) => Identifier.Quote((string)row[column]);
}
