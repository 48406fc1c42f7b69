using System.Data;
using Microsoft.Data.Sqlite;

namespace WalProvider;

// What the database says of itself.
public sealed partial class WalDbConnection
{
    /// <summary>Lists the metadata collections.</summary>
    public override DataTable GetSchema() => GetSchema("MetaDataCollections");

    /// <inheritdoc cref="GetSchema(string, string?[])"/>
    public override DataTable GetSchema(string collectionName) => GetSchema(collectionName, []);

    /// <summary>One metadata collection, for instance Tables, Columns, Indexes or ForeignKeys.</summary>
    /// <param name="collectionName">Its name, from <see cref="GetSchema()"/>, in any case.</param>
    /// <param name="restrictionValues">
    /// What to look for, in the order of the collection named Restrictions: the catalog (main, temp or an attached database),
    /// the schema (always null), the table and so on. Null, or a value left out at the end, means all.
    /// </param>
    /// <remarks>Reads the database as a query does, and waits for locks as one. What changed since the last call is seen.</remarks>
    /// <exception cref="ArgumentException">There is no such collection, or it takes fewer restrictions.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed, and the collection depends on the database.</exception>
    /// <exception cref="SqliteException">SQLite's error.</exception>
    /// <seealso href="https://learn.microsoft.com/dotnet/framework/data/adonet/getschema-and-schema-collections"/>
    public override DataTable GetSchema(string collectionName, string?[] restrictionValues)
        => GetSchema(collectionName, restrictionValues, async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="GetSchema()"/>
    /// <param name="cancellationToken">Looked at before it starts.</param>
    public override Task<DataTable> GetSchemaAsync(CancellationToken cancellationToken = default)
        => GetSchemaAsync("MetaDataCollections", cancellationToken);

    /// <inheritdoc cref="GetSchema(string)"/>
    /// <param name="collectionName">Its name, from <see cref="GetSchema()"/>, in any case.</param>
    /// <param name="cancellationToken">Ends the wait for locks.</param>
    public override Task<DataTable> GetSchemaAsync(string collectionName, CancellationToken cancellationToken = default)
        => GetSchemaAsync(collectionName, [], cancellationToken);

    /// <inheritdoc cref="GetSchema(string, string?[])"/>
    /// <param name="collectionName">Its name, from <see cref="GetSchema()"/>, in any case.</param>
    /// <param name="restrictionValues">What to look for; see <see cref="GetSchema(string, string?[])"/>.</param>
    /// <param name="cancellationToken">Ends the wait for locks.</param>
    public override Task<DataTable> GetSchemaAsync(
        string collectionName, string?[] restrictionValues, CancellationToken cancellationToken = default)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<DataTable>(cancellationToken)
            : GetSchema(collectionName, restrictionValues, async: true, cancellationToken).AsTask();

    private async ValueTask<DataTable> GetSchema(
        string? name, string?[]? restrictions, bool async, CancellationToken cancellationToken)
    {
        var filter = new SchemaFilter(restrictions);
        if (SchemaCollections.Find(name, filter) is not { } collection)
        {
            return SchemaCollections.Wrapped(name);
        }

        var db = collection.IsConstant ? null : OpenSession(nameof(GetSchema)).Engine.Db;
        return await collection.Read(new SchemaSource(this, db, async, cancellationToken), filter).ConfigureAwait(false);
    }
}
