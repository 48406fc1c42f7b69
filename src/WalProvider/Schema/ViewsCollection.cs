using System.Data;

namespace WalProvider;

/// <summary>The views. One with an INSTEAD OF trigger counts as updatable.</summary>
internal sealed class ViewsCollection() : SchemaCollection(
    "Views",
    3,
    [
        ("TABLE_CATALOG", typeof(string)), ("TABLE_SCHEMA", typeof(string)), ("TABLE_NAME", typeof(string)),
        ("VIEW_DEFINITION", typeof(string)), ("CHECK_OPTION", typeof(bool)), ("IS_UPDATABLE", typeof(bool)),
        ("DESCRIPTION", typeof(string)), ("DATE_CREATED", typeof(DateTime)), ("DATE_MODIFIED", typeof(DateTime)),
    ],
    [
        ("Catalog", "TABLE_CATALOG"), ("Schema", "TABLE_SCHEMA"), ("Table", "TABLE_NAME"),
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
                SELECT $1, NULL, name, sql, 0,
                    EXISTS (SELECT 1 FROM {SchemaSource.Master(name)} AS t WHERE t.type = 'trigger' AND t.tbl_name = v.name COLLATE NOCASE),
                    NULL, NULL, NULL
                FROM {SchemaSource.Master(name)} AS v
                WHERE type = 'view' AND ($2 IS NULL OR name = $2 COLLATE NOCASE)
                ORDER BY name
                """,
                name,
                filter[2]).ConfigureAwait(false);
            rows.ForEach(row => table.Rows.Add(row));
        }
    }
}
