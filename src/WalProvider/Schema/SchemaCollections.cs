using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>The metadata collections that GetSchema gives: those of the wrapped provider in its own form, and ours.</summary>
internal static class SchemaCollections
{
    private const string Restrictions = "Restrictions";

    private static readonly SchemaCollection[] Ours =
    [
        new DataSourceInformationCollection(), new DataTypesCollection(), new CatalogsCollection(), new TablesCollection(),
        new ColumnsCollection(), new IndexesCollection(), new IndexColumnsCollection(), new ForeignKeysCollection(),
        new ViewsCollection(), new ViewColumnsCollection(), new TriggersCollection(),
    ];

    /// <summary>A collection that is read from a database; null for those of <see cref="Wrapped"/>.</summary>
    /// <exception cref="ArgumentException">It takes fewer restrictions.</exception>
    internal static SchemaCollection? Find(string? name, SchemaFilter filter)
    {
        var found = Array.Find(Ours, collection => Is(name, collection.Name));
        if (filter.Count > (found?.Restrictions.Count ?? 0))
        {
            throw new ArgumentException(WrappedMessages.TooManyRestrictions(found?.Name ?? name ?? ""));
        }

        return found;
    }

    /// <summary>A collection that takes no restriction and no database.</summary>
    /// <exception cref="ArgumentException">There is no such collection.</exception>
    internal static DataTable Wrapped(string? name)
    {
        if (Is(name, Restrictions))
        {
            return RestrictionTable();
        }

        using var wrapped = new SqliteConnection();
        var table = wrapped.GetSchema(name!);
        if (Is(name, DbMetaDataCollectionNames.MetaDataCollections))
        {
            table.Rows.Add(Restrictions, 0, 0);
            foreach (var collection in Ours)
            {
                table.Rows.Add(collection.Name, collection.Restrictions.Count, collection.IdentifierParts);
            }

            table.AcceptChanges();
        }

        return table;
    }

    private static DataTable RestrictionTable()
    {
        var table = new DataTable(Restrictions)
        {
            Columns =
            {
                { "CollectionName", typeof(string) },
                { "RestrictionName", typeof(string) },
                { "RestrictionDefault", typeof(string) },
                { "RestrictionNumber", typeof(int) },
            },
        };
        foreach (var collection in Ours)
        {
            for (var place = 0; place < collection.Restrictions.Count; place++)
            {
                var (name, column) = collection.Restrictions[place];
                table.Rows.Add(collection.Name, name, column, place + 1);
            }
        }

        table.AcceptChanges();
        return table;
    }

    private static bool Is(string? name, string collection) => collection.Equals(name, StringComparison.OrdinalIgnoreCase);
}
