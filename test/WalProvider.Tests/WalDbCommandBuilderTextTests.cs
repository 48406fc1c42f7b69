using System.Data.Common;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>The text of the commands that the builder makes, and what it refuses.</summary>
[TestFixture]
public sealed class WalDbCommandBuilderTextTests
{
    private const string Person = "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT, age INTEGER)";

    [Test]
    public void Commands_are_written_in_SQL_of_SQLite()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        using var builder = new WalDbCommandBuilder(new WalDbDataAdapter("SELECT * FROM person", connection));

        builder.GetInsertCommand().CommandText
            .ShouldBe("INSERT INTO \"main\".\"person\" (\"id\", \"name\", \"age\") VALUES (@p1, @p2, @p3) RETURNING \"id\" AS \"id\"");
        builder.GetUpdateCommand().CommandText.ShouldStartWith("UPDATE \"main\".\"person\" SET \"id\" = @p1");
        builder.GetDeleteCommand().CommandText.ShouldStartWith("DELETE FROM \"main\".\"person\" WHERE");
        builder.GetDeleteCommand().CommandText.ShouldContain("(@p3 = 1 AND \"name\" IS NULL)");
    }

    [Test]
    public void Parameters_are_named_after_columns_when_asked_for()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        using var builder = new WalDbCommandBuilder(new WalDbDataAdapter("SELECT * FROM person", connection));

        builder.GetInsertCommand(useColumnsForParameterNames: true).Parameters.Cast<DbParameter>().Select(parameter => parameter.ParameterName)
            .ShouldBe(["@id", "@name", "@age"]);
        builder.GetUpdateCommand(useColumnsForParameterNames: true).CommandText.ShouldContain("\"name\" = @name");
        builder.GetDeleteCommand(useColumnsForParameterNames: true).CommandText.ShouldContain("@Original_name");
    }

    [Test]
    public void Names_are_quoted_and_unquoted()
    {
        using var builder = new WalDbCommandBuilder();

        builder.QuotePrefix.ShouldBe("\"");
        builder.QuoteSuffix.ShouldBe("\"");
        builder.QuoteIdentifier("a \"b\"").ShouldBe("\"a \"\"b\"\"\"");
        builder.UnquoteIdentifier("\"a \"\"b\"\"\"").ShouldBe("a \"b\"");
        builder.UnquoteIdentifier("plain").ShouldBe("plain");
        Should.Throw<ArgumentNullException>(() => builder.QuoteIdentifier(null!));
        Should.Throw<ArgumentException>(() => builder.QuotePrefix = "[");
        Should.Throw<ArgumentException>(() => builder.CatalogSeparator = "@");
        Should.Throw<ArgumentException>(() => builder.CatalogLocation = CatalogLocation.End);
    }

    [Test]
    public void DeriveParameters_is_refused()
    {
        using var command = new WalDbCommand("SELECT $a");

        Should.Throw<NotSupportedException>(() => WalDbCommandBuilder.DeriveParameters(command));
    }

    [TestCase("SELECT 1 AS a")]
    [TestCase("SELECT person.id, t.a FROM person, t")]
    public void Queries_that_are_not_on_one_table_are_refused(string sql)
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        connection.Run("CREATE TABLE t(a)");
        using var builder = new WalDbCommandBuilder(new WalDbDataAdapter(sql, connection));

        Should.Throw<InvalidOperationException>(builder.GetInsertCommand);
    }

    [Test]
    public void RefreshSchema_sees_a_column_that_was_added()
    {
        using var database = new TestDatabase();
        using var connection = Open(database);
        using var builder = new WalDbCommandBuilder(new WalDbDataAdapter("SELECT * FROM person", connection));
        builder.GetInsertCommand().Parameters.Count.ShouldBe(3);
        connection.Run("ALTER TABLE person ADD COLUMN born TEXT");

        builder.RefreshSchema();

        builder.GetInsertCommand().Parameters.Count.ShouldBe(4);
    }

    [Test]
    public void Table_with_a_quote_in_its_name_is_refused_by_name()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("CREATE TABLE \"odd \"\"table\"(a INTEGER PRIMARY KEY)");
        using var builder = new WalDbCommandBuilder(new WalDbDataAdapter("SELECT * FROM \"odd \"\"table\"", connection));

        Should.Throw<InvalidOperationException>(builder.GetInsertCommand).Message.ShouldContain("odd \"table");
    }

    private static WalDbConnection Open(TestDatabase database)
    {
        var connection = database.Open();
        connection.Run(Person);
        return connection;
    }
}
