using System.Data;

namespace WalProvider;

/// <summary>The tables, those of SQLite's own among them as SYSTEM_TABLE.</summary>
internal sealed class TablesCollection() : SchemaCollection(
    "Tables",
    3,
    [
        ("TABLE_CATALOG", typeof(string)), ("TABLE_SCHEMA", typeof(string)), ("TABLE_NAME", typeof(string)),
        ("TABLE_TYPE", typeof(string)), ("TABLE_ID", typeof(long)), ("TABLE_ROOTPAGE", typeof(int)),
        ("TABLE_DEFINITION", typeof(string)),
    ],
    [
        ("Catalog", "TABLE_CATALOG"), ("Schema", "TABLE_SCHEMA"), ("Table", "TABLE_NAME"), ("TableType", "TABLE_TYPE"),
    ])
{
    /// <inheritdoc/>
    protected override async ValueTask Fill(SchemaSource source, SchemaFilter filter, DataTable table)
    {
        foreach (var catalog in await source.Catalogs(filter[0]).ConfigureAwait(false))
        {
            var name = (string)catalog[1];
            var rows = await source.Rows(
                $"""
                SELECT $1, NULL, name, kind, id, rootpage, sql
                FROM (SELECT name, CASE WHEN name LIKE 'sqlite^_%' ESCAPE '^' THEN 'SYSTEM_TABLE' ELSE 'table' END AS kind,
                          rowid AS id, rootpage, sql FROM {SchemaSource.Master(name)} WHERE type = 'table')
                WHERE ($2 IS NULL OR name = $2 COLLATE NOCASE) AND ($3 IS NULL OR kind = $3 COLLATE NOCASE)
                ORDER BY name
                """,
                name,
                filter[2],
                filter[3]).ConfigureAwait(false);
            rows.ForEach(row => table.Rows.Add(row));
        }
    }
}
