using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class ManyTextsTests
{
    [Test]
    public void Statements_stay_bounded_when_there_are_ever_more_texts([Values(1, 2)] int times)
    {
        const int CacheSize = 50;
        using var database = new TestDatabase($"Statement Cache Size={CacheSize}");
        using var connection = database.OpenWithTable();
        long MemoryOf(int texts)
        {
            for (var use = 0; use < texts * times; use++)
                connection.Ask($"SELECT {texts} + {use / times}").ShouldBe((long)texts + (use / times));
            raw.sqlite3_db_status(connection.Session.Engine.Db, raw.SQLITE_DBSTATUS_STMT_USED, out var used, out _, 0).ShouldBe(raw.SQLITE_OK);
            return used;
        }

        var full = MemoryOf(CacheSize + 10);
        MemoryOf(100_000 / times).ShouldBeLessThanOrEqualTo(2 * full);
        connection.Session.Texts.Count.ShouldBe(times == 1 ? 0 : CacheSize);
    }
}
