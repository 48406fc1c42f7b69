using System.Data;
using SQLitePCL;

namespace WalProvider;

/// <summary>The columns of the tables and the views.</summary>
internal sealed class ColumnsCollection() : SchemaCollection(
    "Columns",
    4,
    [
        ("TABLE_CATALOG", typeof(string)), ("TABLE_SCHEMA", typeof(string)), ("TABLE_NAME", typeof(string)),
        ("COLUMN_NAME", typeof(string)), ("COLUMN_GUID", typeof(Guid)), ("COLUMN_PROPID", typeof(long)),
        .. SchemaColumn.Facts,
    ],
    [
        ("Catalog", "TABLE_CATALOG"), ("Schema", "TABLE_SCHEMA"), ("Table", "TABLE_NAME"), ("Column", "COLUMN_NAME"),
    ])
{
    /// <inheritdoc/>
    protected override async ValueTask Fill(SchemaSource source, SchemaFilter filter, DataTable table)
    {
        foreach (var type in new[] { "table", "view" })
        {
            foreach (var (catalog, name) in await source.Objects(type, filter).ConfigureAwait(false))
            {
                var columns = await SchemaColumns.Of(source, catalog, name).ConfigureAwait(false);
                foreach (var column in columns.Where(column => filter.Passes(3, column.Name)))
                {
                    var row = table.NewRow();
                    row["TABLE_CATALOG"] = catalog;
                    row["TABLE_NAME"] = name;
                    column.Describe(row);
                    if (type == "table")
                    {
                        Complete(row, source.Db, catalog, name, column.Name);
                    }

                    table.Rows.Add(row);
                }
            }
        }
    }

    // What no pragma function tells.
    private static void Complete(DataRow row, sqlite3 db, string catalog, string table, string column)
    {
        var isKnown = raw.sqlite3_table_column_metadata(
            db, catalog, table, column, out _, out var collation, out _, out _, out var autoIncrement) == raw.SQLITE_OK;
        row["COLLATION_NAME"] = isKnown ? collation : DBNull.Value;
        row["AUTOINCREMENT"] = isKnown && autoIncrement != 0;
    }
}
