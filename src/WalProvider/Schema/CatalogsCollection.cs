using System.Data;

namespace WalProvider;

/// <summary>The databases of the connection: main, temp where it is in use, and the attached ones.</summary>
internal sealed class CatalogsCollection() : SchemaCollection(
    "Catalogs",
    1,
    [("CATALOG_NAME", typeof(string)), ("DESCRIPTION", typeof(string)), ("ID", typeof(long))],
    [("Catalog", "CATALOG_NAME")])
{
    /// <inheritdoc/>
    protected override async ValueTask Fill(SchemaSource source, SchemaFilter filter, DataTable table)
    {
        foreach (var row in await source.Catalogs(filter[0]).ConfigureAwait(false))
        {
            table.Rows.Add(row[1], row[2], row[0]);
        }
    }
}
