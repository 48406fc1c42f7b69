using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class ColumnNamesTests
{
    [TestCase("a,b", "b", 1)]
    [TestCase("a,b", "B", 1)]
    [TestCase("A,a", "a", 1)]
    [TestCase("A,a", "A", 0)]
    [TestCase("a,b,a", "a", 2)]
    [TestCase("É,b", "é", 0)]
    [TestCase("", "", 0)]
    public void Find_takes_the_exact_name_and_then_any_case(string names, string name, int expected)
        => ColumnNames.Find(names.Split(','), name).ShouldBe(expected);

    [Test]
    public void Find_refuses_a_name_that_fits_two_spellings()
        => Should.Throw<InvalidOperationException>(() => ColumnNames.Find(["Name", "NAME"], "name")).Message.ShouldContain("NAME");

    [Test]
    public void Find_refuses_a_name_that_is_not_there()
        => Should.Throw<ArgumentOutOfRangeException>(() => ColumnNames.Find(["a"], "b")).ParamName.ShouldBe("name");

    [TestCase("SELECT 1 AS a, 2 AS b")]
    [TestCase("SELECT 1 AS a, 2 AS a")]
    [TestCase("SELECT 1 AS A, 2 AS a, 3 AS B")]
    [TestCase("SELECT 1 AS a, 2 AS b, 3 AS A, 4 AS a")]
    [TestCase("SELECT 1, 2 + 2, 'x'")]
    [TestCase("SELECT 1 AS \"\", 2 AS \"ä\", 3 AS \"Ä\"")]
    public void Find_answers_as_the_wrapped_provider_does(string sql)
    {
        using var pair = new ProviderPair();
        string[] names = ["a", "A", "b", "B", "c", "", "ä", "Ä", "1", "2 + 2", "'x'"];
        pair.Differences(sql, names.Select(name => KeyValuePair.Create<string, Func<System.Data.Common.DbDataReader, int, object?>>(
                name, (reader, _) => reader.GetOrdinal(name))))
            .ShouldBeEmpty();
    }

    [Test]
    public void Find_refuses_null() => Should.Throw<ArgumentNullException>(() => ColumnNames.Find(["a"], null!));
}
