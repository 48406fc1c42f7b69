using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class ManyTextsTests
{
    [Test]
    public void Statements_stay_bounded_when_every_text_is_another()
    {
        const int CacheSize = 50;
        using var database = new TestDatabase($"Statement Cache Size={CacheSize}");
        using var connection = database.OpenWithTable();
        long MemoryOf(int texts)
        {
            for (var index = 0; index < texts; index++)
                connection.Ask($"SELECT {texts} + {index}").ShouldBe((long)texts + index);
            raw.sqlite3_db_status(connection.Session.Engine.Db, raw.SQLITE_DBSTATUS_STMT_USED, out var used, out _, 0).ShouldBe(raw.SQLITE_OK);
            return used;
        }

        var full = MemoryOf(CacheSize + 10);
        MemoryOf(100_000).ShouldBeLessThan(2 * full);
    }
}
