using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class IdleMemoryTests
{
    private const int CacheUsed = 1;

    [Test]
    public void Idle_session_gives_its_page_cache_back_and_fills_it_again_when_it_is_lent()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Connection Idle Lifetime=0", clock);
        WalSession session;
        using (var connection = database.OpenWithTable())
        {
            session = connection.Session;
            connection.Run("INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<5000) SELECT i FROM n");
            connection.Ask("SELECT sum(a) FROM t");
        }

        var full = CacheOf(session);
        clock.Advance(IdleMemory.RestAfter - TimeSpan.FromSeconds(1));
        CacheOf(session).ShouldBe(full);

        clock.Advance(TimeSpan.FromSeconds(20));
        var shrunk = CacheOf(session);
        shrunk.ShouldBeLessThan(full / 2);

        using var again = database.Open();
        again.Session.ShouldBeSameAs(session);
        again.Ask("SELECT sum(a) FROM t").ShouldBe(12502500L);
        CacheOf(session).ShouldBeGreaterThan(shrunk);
    }

    [Test]
    public void Session_in_use_is_left_alone_by_time()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("", clock);
        database.Open().Dispose();
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES (1)");
        connection.Ask("SELECT sum(a) FROM t");
        var full = CacheOf(connection.Session);

        IdleMemory.Shrink(connection.Session);
        connection.Session.IsShrunk.ShouldBeTrue();
        connection.Ask("SELECT sum(a) FROM t").ShouldBe(1L);
        clock.Advance(TimeSpan.FromHours(1));

        CacheOf(connection.Session).ShouldBe(full);
    }

    private static int CacheOf(WalSession session)
    {
        raw.sqlite3_db_status(session.Engine.Db, CacheUsed, out var used, out _, 0).ShouldBe(raw.SQLITE_OK);
        return used;
    }
}
