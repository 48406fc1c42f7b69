namespace WalProvider;

/// <summary>An index of a table, or the rowid itself where the table's INTEGER PRIMARY KEY is another name for it.</summary>
internal sealed record SchemaIndex(string Catalog, string Table, string Name, bool IsUnique, bool IsKey, string? RowIdColumn)
{
    /// <summary>The indexes of the tables that pass the filter, in the order of the tables' names.</summary>
    internal static async ValueTask<List<SchemaIndex>> Find(SchemaSource source, SchemaFilter filter)
    {
        var found = new List<SchemaIndex>();
        foreach (var (catalog, table) in await source.Objects("table", filter).ConfigureAwait(false))
        {
            var rows = await source.Rows(
                """SELECT name, "unique", origin FROM pragma_index_list($1, $2) ORDER BY seq DESC""", table, catalog).ConfigureAwait(false);
            var indexes = rows.ConvertAll(row => new SchemaIndex(
                catalog, table, (string)row[0], (long)row[1] != 0, (string)row[2] == "pk", RowIdColumn: null));
            if (!indexes.Exists(index => index.IsKey) && await RowIdOf(source, catalog, table).ConfigureAwait(false) is { } rowId)
            {
                indexes.Insert(0, new SchemaIndex(catalog, table, KeyName(catalog, table), IsUnique: true, IsKey: true, rowId));
            }

            found.AddRange(indexes.Where(index => filter.Passes(3, index.Name)));
        }

        return found;
    }

    // NB: a primary key without an index of its own can only be the rowid.
    private static async ValueTask<string?> RowIdOf(SchemaSource source, string catalog, string table)
        => (await SchemaColumns.Of(source, catalog, table).ConfigureAwait(false)).SingleOrDefault(column => column.IsKey)?.Name;

    private static string KeyName(string catalog, string table)
        => $"{(SchemaSource.IsTemp(catalog) ? "sqlite_temp_master" : "sqlite_master")}_PK_{table}";
}
