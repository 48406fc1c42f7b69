using System.Data;
using System.Data.Common;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class GetSchemaTests
{
    [Test]
    public async Task Collections_have_the_columns_and_restrictions_that_are_listed([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run(SchemaCollectionTests.Tables);
        var restrictions = await Get(connection, async, "Restrictions");

        var collections = async ? await connection.GetSchemaAsync() : connection.GetSchema();

        collections.Rows.Count.ShouldBe(14);
        foreach (DataRow row in collections.Rows)
        {
            var name = (string)row[DbMetaDataColumnNames.CollectionName];
            var table = await Get(connection, async, name, new string?[(int)row[DbMetaDataColumnNames.NumberOfRestrictions]]);
            table.TableName.ShouldBe(name);
            table.Rows.Count.ShouldBeGreaterThan(0);
            var named = restrictions.Select($"CollectionName = '{name}'", "RestrictionNumber");
            named.Length.ShouldBe((int)row[DbMetaDataColumnNames.NumberOfRestrictions]);
            named.ShouldAllBe(restriction => table.Columns.Contains((string)restriction["RestrictionDefault"]));
        }
    }

    [Test]
    public async Task Tables_are_found_by_name_and_type([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run(SchemaCollectionTests.Tables);

        Names(await Get(connection, async, "Tables"), "TABLE_NAME").ShouldBe(["child", "odd \"table' -- ", "parent", "sqlite_sequence"]);
        Names(await Get(connection, async, "tables", null, null, "CHILD"), "TABLE_NAME").ShouldBe(["child"]);
        Names(await Get(connection, async, "Tables", null, null, null, "SYSTEM_TABLE"), "TABLE_NAME").ShouldBe(["sqlite_sequence"]);
        Names(await Get(connection, async, "Tables", null, null, "x' OR 1=1 --"), "TABLE_NAME").ShouldBeEmpty();
        Names(await Get(connection, async, "Tables", null, "a schema"), "TABLE_NAME").ShouldBeEmpty();
        (await Get(connection, async, "Tables", "main", null, "parent")).Rows[0]["TABLE_DEFINITION"].ShouldBe(
            "CREATE TABLE parent(a INTEGER, b TEXT COLLATE NOCASE, PRIMARY KEY (a, b)) WITHOUT ROWID");
    }

    [Test]
    public void DataSourceInformation_and_DataTypes_are_readable_while_closed()
    {
        using var connection = new WalDbConnection("Data Source=:memory:");

        var information = connection.GetSchema("DataSourceInformation").Rows[0];
        information["DataSourceProductVersion"].ShouldBe(connection.ServerVersion);
        ((string)information["DataSourceProductVersionNormalized"]).ShouldMatch(@"^03\.\d{3}\.\d{3}$");
        "$name @name :name ?1".Split(' ').ShouldAllBe(text => System.Text.RegularExpressions.Regex.IsMatch(text, $"^({information["ParameterMarkerPattern"]})$"));
        connection.GetSchema("DataTypes").Select("IsBestMatch").Select(row => row["DataType"]).ShouldBe(
            ["System.Int64", "System.Double", "System.String", "System.Byte[]", "System.Decimal", "System.Boolean", "System.DateTime", "System.Guid"]);
    }

    [Test]
    public async Task Closed_connection_is_refused_when_the_database_is_needed([Values] bool async)
    {
        using var connection = new WalDbConnection("Data Source=:memory:");

        await Should.ThrowAsync<InvalidOperationException>(() => Get(connection, async, "Tables"));
    }

    [Test]
    public async Task Unknown_collections_and_too_many_restrictions_are_refused([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();

        (await Should.ThrowAsync<ArgumentException>(() => Get(connection, async, "Nonsense"))).Message.ShouldContain("Nonsense");
        (await Should.ThrowAsync<ArgumentException>(() => Get(connection, async, "Catalogs", null, null))).Message.ShouldContain("Catalogs");
        (await Should.ThrowAsync<ArgumentException>(() => Get(connection, async, "MetaDataCollections", "a"))).Message.ShouldContain("MetaDataCollections");
    }

    [Test]
    public async Task Cancelled_token_gives_a_cancelled_task()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();

        await Should.ThrowAsync<OperationCanceledException>(() => connection.GetSchemaAsync("Tables", new CancellationToken(canceled: true)));
    }

    [Test]
    public void Session_goes_back_to_the_pool_after_its_schema_was_read()
    {
        using var database = new TestDatabase();
        using (var first = database.Open())
        {
            first.Run(SchemaCollectionTests.Tables);
            foreach (DataRow row in first.GetSchema().Rows)
                first.GetSchema((string)row[0]);
        }

        using var second = database.Open();
        database.Source.Statistics.Created.ShouldBe(1);
    }

    private static Task<DataTable> Get(DbConnection connection, bool async, string name, params string?[] restrictions)
        => async ? connection.GetSchemaAsync(name, restrictions) : Task.FromResult(connection.GetSchema(name, restrictions));

    private static string?[] Names(DataTable table, string column) => [.. table.Rows.Cast<DataRow>().Select(row => row[column] as string)];
}
