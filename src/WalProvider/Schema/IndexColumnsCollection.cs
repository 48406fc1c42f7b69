using System.Data;

namespace WalProvider;

/// <summary>The columns of the indexes, in the index's order; one that is an expression has no name.</summary>
internal sealed class IndexColumnsCollection() : SchemaCollection(
    "IndexColumns",
    5,
    [
        ("CONSTRAINT_CATALOG", typeof(string)), ("CONSTRAINT_SCHEMA", typeof(string)), ("CONSTRAINT_NAME", typeof(string)),
        ("TABLE_CATALOG", typeof(string)), ("TABLE_SCHEMA", typeof(string)), ("TABLE_NAME", typeof(string)),
        ("COLUMN_NAME", typeof(string)), ("ORDINAL_POSITION", typeof(int)), ("INDEX_NAME", typeof(string)),
        ("COLLATION_NAME", typeof(string)), ("SORT_MODE", typeof(string)), ("CONFLICT_OPTION", typeof(int)),
    ],
    [
        ("Catalog", "TABLE_CATALOG"), ("Schema", "TABLE_SCHEMA"), ("Table", "TABLE_NAME"), ("Index", "INDEX_NAME"),
        ("Column", "COLUMN_NAME"),
    ])
{
    /// <inheritdoc/>
    protected override async ValueTask Fill(SchemaSource source, SchemaFilter filter, DataTable table)
    {
        foreach (var index in await SchemaIndex.Find(source, filter).ConfigureAwait(false))
        {
            var columns = index.RowIdColumn is { } rowId
                ? [[rowId, 0L, "BINARY", "ASC"]]
                : await source.Rows(
                    """
                    SELECT name, seqno, coll, CASE WHEN "desc" THEN 'DESC' ELSE 'ASC' END
                    FROM pragma_index_xinfo($1, $2) WHERE "key" ORDER BY seqno
                    """,
                    index.Name,
                    index.Catalog).ConfigureAwait(false);
            foreach (var column in columns.Where(column => filter.Passes(4, column[0])))
            {
                Add(table, index, column);
            }
        }
    }

    private static void Add(DataTable table, SchemaIndex index, object[] column)
    {
        var row = table.NewRow();
        row["CONSTRAINT_CATALOG"] = row["TABLE_CATALOG"] = index.Catalog;
        row["CONSTRAINT_NAME"] = row["INDEX_NAME"] = index.Name;
        row["TABLE_NAME"] = index.Table;
        row["COLUMN_NAME"] = column[0];
        row["ORDINAL_POSITION"] = column[1];
        row["COLLATION_NAME"] = column[2];
        row["SORT_MODE"] = column[3];
        table.Rows.Add(row);
    }
}
