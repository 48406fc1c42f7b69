using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class UnknownKeywordTests
{
    [TestCase("Bogus")]
    [TestCase("journalmood")]
    public void Error_begins_as_the_wrapped_providers(string keyword)
    {
        var theirs = Should.Throw<ArgumentException>(() => new SqliteConnectionStringBuilder { [keyword] = "1" });
        var ours = Should.Throw<ArgumentException>(() => new WalDbConnectionStringBuilder { [keyword] = "1" });
        ours.Message.ShouldStartWith(theirs.Message);
    }

    [TestCase("Bussy Timeout", "Busy Timeout")]
    [TestCase("journal_mod", "Journal Mode")]
    [TestCase("CacheSizes", "Cache Size")]
    [TestCase("Mod", "Mode")]
    public void Error_suggests_the_nearest_keyword(string keyword, string nearest) =>
        UnknownKeyword.Error(keyword).Message.ShouldContain($"'{nearest}'");

    [TestCase("Bogus")]
    [TestCase("x")]
    [TestCase("Integrated Security")]
    public void Error_suggests_nothing_when_nothing_is_near(string keyword) =>
        UnknownKeyword.Error(keyword).Message.ShouldNotContain("Did you mean");

    [Test]
    public void Connection_string_throws_and_leaves_the_builder_as_it_was()
    {
        var builder = new WalDbConnectionStringBuilder("Data Source=a.db;Busy Timeout=5");

        Should.Throw<ArgumentException>(() => builder.ConnectionString = "Data Source=b.db;Bogus=1");

        builder.DataSource.ShouldBe("a.db");
        builder.BusyTimeout.ShouldBe(5);
    }

    [Test]
    public void Reading_throws_as_writing_does() =>
        Should.Throw<ArgumentException>(() => new WalDbConnectionStringBuilder()["Bogus"]);
}
