using System.Data;

namespace WalProvider;

/// <summary>The indexes, those that SQLite makes for PRIMARY KEY and UNIQUE among them.</summary>
internal sealed class IndexesCollection() : SchemaCollection(
    "Indexes",
    4,
    [
        ("TABLE_CATALOG", typeof(string)), ("TABLE_SCHEMA", typeof(string)), ("TABLE_NAME", typeof(string)),
        ("INDEX_CATALOG", typeof(string)), ("INDEX_SCHEMA", typeof(string)), ("INDEX_NAME", typeof(string)),
        ("PRIMARY_KEY", typeof(bool)), ("UNIQUE", typeof(bool)), ("CLUSTERED", typeof(bool)), ("TYPE", typeof(int)),
        ("FILL_FACTOR", typeof(int)), ("INITIAL_SIZE", typeof(int)), ("NULLS", typeof(int)), ("SORT_BOOKMARKS", typeof(bool)),
        ("AUTO_UPDATE", typeof(bool)), ("NULL_COLLATION", typeof(int)), ("ORDINAL_POSITION", typeof(int)),
        ("COLUMN_NAME", typeof(string)), ("COLUMN_GUID", typeof(Guid)), ("COLUMN_PROPID", typeof(long)), ("COLLATION", typeof(short)),
        ("CARDINALITY", typeof(decimal)), ("PAGES", typeof(int)), ("FILTER_CONDITION", typeof(string)), ("INTEGRATED", typeof(bool)),
        ("INDEX_DEFINITION", typeof(string)),
    ],
    [
        ("Catalog", "TABLE_CATALOG"), ("Schema", "TABLE_SCHEMA"), ("Table", "TABLE_NAME"), ("Index", "INDEX_NAME"),
    ])
{
    /// <inheritdoc/>
    protected override async ValueTask Fill(SchemaSource source, SchemaFilter filter, DataTable table)
    {
        foreach (var index in await SchemaIndex.Find(source, filter).ConfigureAwait(false))
        {
            var definition = await source.Rows(
                $"SELECT sql FROM {SchemaSource.Master(index.Catalog)} WHERE type = 'index' AND name = $1", index.Name).ConfigureAwait(false);
            var row = table.NewRow();
            row["TABLE_CATALOG"] = row["INDEX_CATALOG"] = index.Catalog;
            row["TABLE_NAME"] = index.Table;
            row["INDEX_NAME"] = index.Name;
            row["PRIMARY_KEY"] = index.IsKey;
            row["UNIQUE"] = index.IsUnique;
            row["INDEX_DEFINITION"] = definition is [var only] ? only[0] : DBNull.Value;
            table.Rows.Add(row);
        }
    }
}
