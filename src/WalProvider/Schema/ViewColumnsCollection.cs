using System.Data;
using SQLitePCL;

namespace WalProvider;

/// <summary>The columns of the views, each with the column of a table that it shows, where it shows one unchanged.</summary>
internal sealed class ViewColumnsCollection() : SchemaCollection(
    "ViewColumns",
    4,
    [
        ("VIEW_CATALOG", typeof(string)), ("VIEW_SCHEMA", typeof(string)), ("VIEW_NAME", typeof(string)),
        ("VIEW_COLUMN_NAME", typeof(string)), ("TABLE_CATALOG", typeof(string)), ("TABLE_SCHEMA", typeof(string)),
        ("TABLE_NAME", typeof(string)), ("COLUMN_NAME", typeof(string)), .. SchemaColumn.Facts,
    ],
    [
        ("Catalog", "VIEW_CATALOG"), ("Schema", "VIEW_SCHEMA"), ("View", "VIEW_NAME"), ("Column", "VIEW_COLUMN_NAME"),
    ])
{
    /// <inheritdoc/>
    protected override async ValueTask Fill(SchemaSource source, SchemaFilter filter, DataTable table)
    {
        foreach (var (catalog, name) in await source.Objects("view", filter).ConfigureAwait(false))
        {
            var columns = await SchemaColumns.Of(source, catalog, name).ConfigureAwait(false);
            if (columns.Count > 0)
            {
                Add(table, source.Db, filter, catalog, name, columns);
            }
        }
    }

    private static void Add(
        DataTable table, sqlite3 db, SchemaFilter filter, string catalog, string view, List<SchemaColumn> columns)
    {
        // Compiled, never run: a view may be expensive.
        var sql = $"SELECT * FROM {Identifier.Quote(catalog)}.{Identifier.Quote(view)}";
        if (raw.sqlite3_prepare_v2(db, sql, out var statement) != raw.SQLITE_OK)
        {
            return;
        }

        using (statement)
        {
            foreach (var column in columns.Where(column => filter.Passes(3, column.Name)))
            {
                var row = table.NewRow();
                column.Describe(row);
                row["VIEW_CATALOG"] = catalog;
                row["VIEW_NAME"] = view;
                row["VIEW_COLUMN_NAME"] = column.Name;
                var ordinal = (int)column.Ordinal;
                row["TABLE_CATALOG"] = raw.sqlite3_column_database_name(statement, ordinal).utf8_to_string();
                row["TABLE_NAME"] = raw.sqlite3_column_table_name(statement, ordinal).utf8_to_string();
                row["COLUMN_NAME"] = raw.sqlite3_column_origin_name(statement, ordinal).utf8_to_string();
                table.Rows.Add(row);
            }
        }
    }
}
