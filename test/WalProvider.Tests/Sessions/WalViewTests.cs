using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalViewTests
{
    [TestCase("", true)]
    [TestCase("Journal Mode=Delete", false)]
    [TestCase("Pragmas=locking_mode=EXCLUSIVE", false)]
    [TestCase("Pragmas=locking_mode=exclusive", false)]
    public void Read_knows_of_the_wal_where_others_can_know_of_it(string keywords, bool isKnown)
    {
        using var database = new TestDatabase(keywords);
        using var connection = database.OpenWithTable();

        (connection.Session.Wal.Read() is not null).ShouldBe(isKnown);
    }
}
