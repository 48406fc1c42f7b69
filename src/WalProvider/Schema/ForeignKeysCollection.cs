using System.Data;

namespace WalProvider;

/// <summary>The foreign keys, a row for each column. SQLite keeps no names of them: theirs is FK_table_number.</summary>
internal sealed class ForeignKeysCollection() : SchemaCollection(
    "ForeignKeys",
    4,
    [
        ("CONSTRAINT_CATALOG", typeof(string)), ("CONSTRAINT_SCHEMA", typeof(string)), ("CONSTRAINT_NAME", typeof(string)),
        ("TABLE_CATALOG", typeof(string)), ("TABLE_SCHEMA", typeof(string)), ("TABLE_NAME", typeof(string)),
        ("CONSTRAINT_TYPE", typeof(string)), ("IS_DEFERRABLE", typeof(bool)), ("INITIALLY_DEFERRED", typeof(bool)),
        ("FKEY_ID", typeof(int)), ("FKEY_FROM_COLUMN", typeof(string)), ("FKEY_FROM_ORDINAL_POSITION", typeof(int)),
        ("FKEY_TO_CATALOG", typeof(string)), ("FKEY_TO_SCHEMA", typeof(string)), ("FKEY_TO_TABLE", typeof(string)),
        ("FKEY_TO_COLUMN", typeof(string)), ("FKEY_ON_UPDATE", typeof(string)), ("FKEY_ON_DELETE", typeof(string)),
        ("FKEY_MATCH", typeof(string)),
    ],
    [
        ("Catalog", "TABLE_CATALOG"), ("Schema", "TABLE_SCHEMA"), ("Table", "TABLE_NAME"), ("Key", "CONSTRAINT_NAME"),
    ])
{
    // Without a column's name, the parent's primary key is meant.
    private const string Sql =
        """
        SELECT 'FK_' || $1 || '_' || f.id, f.id, f."from", f.seq, f."table",
            coalesce(f."to", (SELECT p.name FROM pragma_table_info(f."table", $2) AS p WHERE p.pk = f.seq + 1)),
            f.on_update, f.on_delete, f."match"
        FROM pragma_foreign_key_list($1, $2) AS f ORDER BY f.id, f.seq
        """;

    /// <inheritdoc/>
    protected override async ValueTask Fill(SchemaSource source, SchemaFilter filter, DataTable table)
    {
        foreach (var (catalog, name) in await source.Objects("table", filter).ConfigureAwait(false))
        {
            var keys = await source.Rows(Sql, name, catalog).ConfigureAwait(false);
            foreach (var key in keys.Where(key => filter.Passes(3, key[0])))
            {
                Add(table, catalog, name, key);
            }
        }
    }

    private static void Add(DataTable table, string catalog, string name, object[] key)
    {
        var row = table.NewRow();
        row["CONSTRAINT_CATALOG"] = row["TABLE_CATALOG"] = row["FKEY_TO_CATALOG"] = catalog;
        row["CONSTRAINT_NAME"] = key[0];
        row["TABLE_NAME"] = name;
        row["CONSTRAINT_TYPE"] = "FOREIGN KEY";
        row["FKEY_ID"] = key[1];
        row["FKEY_FROM_COLUMN"] = key[2];
        row["FKEY_FROM_ORDINAL_POSITION"] = key[3];
        row["FKEY_TO_TABLE"] = key[4];
        row["FKEY_TO_COLUMN"] = key[5];
        row["FKEY_ON_UPDATE"] = key[6];
        row["FKEY_ON_DELETE"] = key[7];
        row["FKEY_MATCH"] = key[8];
        table.Rows.Add(row);
    }
}
