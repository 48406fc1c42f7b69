using System.Data;

namespace WalProvider;

/// <summary>The triggers; those in temp may be of tables in another catalog.</summary>
internal sealed class TriggersCollection() : SchemaCollection(
    "Triggers",
    4,
    [
        ("TABLE_CATALOG", typeof(string)), ("TABLE_SCHEMA", typeof(string)), ("TABLE_NAME", typeof(string)),
        ("TRIGGER_NAME", typeof(string)), ("TRIGGER_DEFINITION", typeof(string)),
    ],
    [
        ("Catalog", "TABLE_CATALOG"), ("Schema", "TABLE_SCHEMA"), ("Table", "TABLE_NAME"), ("Trigger", "TRIGGER_NAME"),
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
                SELECT $1, NULL, tbl_name, name, sql FROM {SchemaSource.Master(name)}
                WHERE type = 'trigger' AND ($2 IS NULL OR tbl_name = $2 COLLATE NOCASE) AND ($3 IS NULL OR name = $3 COLLATE NOCASE)
                ORDER BY tbl_name, name
                """,
                name,
                filter[2],
                filter[3]).ConfigureAwait(false);
            rows.ForEach(row => table.Rows.Add(row));
        }
    }
}
