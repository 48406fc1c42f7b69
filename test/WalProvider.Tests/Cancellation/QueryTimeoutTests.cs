using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class QueryTimeoutTests
{
    [Test]
    public void Statement_that_runs_for_longer_is_stopped_and_the_setting_named([Values] bool async)
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Query Timeout=1500", clock);
        using var connection = database.Open();
        connection.WhenBegun(() => clock.Advance(TimeSpan.FromMilliseconds(1501)));

        var error = Should.Throw<QueryTimeoutException>(() => Patience.OnThread(() => connection.Run(LongSql.Query, async)).Unwrap().Within());

        error.QueryTimeout.ShouldBe(TimeSpan.FromMilliseconds(1500));
        error.Message.ShouldContain("'Query Timeout' (1500 ms)");
        error.SqliteErrorCode.ShouldBe(9);
        error.IsTransient.ShouldBeFalse();
        error.SqlState.ShouldBeNull();
        error.ShouldBeAssignableTo<SqliteException>();
        error.ShouldBeAssignableTo<DbException>();
        connection.Ask("SELECT 1").ShouldBe(1L);
    }

    [Test]
    public void Statement_that_is_done_in_time_is_left_alone()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Query Timeout=1500", clock);
        using var connection = database.Open();
        connection.WhenBegun(() => clock.Advance(TimeSpan.FromMilliseconds(1500)));

        connection.Ask("WITH RECURSIVE n(x) AS (SELECT begun() UNION ALL SELECT x + 1 FROM n LIMIT 9000) SELECT count(*) FROM n").ShouldBe(9000L);
    }

    [Test]
    public void Each_statement_has_its_own_time()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Query Timeout=1500", clock);
        using var connection = database.Open();
        connection.WhenBegun(() => clock.Advance(TimeSpan.FromSeconds(1)));
        const string OneSecond = "WITH RECURSIVE n(x) AS (SELECT begun() UNION ALL SELECT x + 1 FROM n LIMIT 9000) SELECT count(*) FROM n;";

        connection.Run(OneSecond + OneSecond + OneSecond);
        connection.Run(OneSecond);

        clock.GetTimestamp().ShouldBe(TimeSpan.FromSeconds(4).Ticks);
    }

    [Test]
    public void Time_between_two_rows_is_the_readers_own()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Query Timeout=1500", clock);
        using var connection = database.Open();
        using var reader = connection.Read("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 900) SELECT x FROM n");

        var rows = 0;
        for (; reader.Read(); rows++)
            clock.Advance(TimeSpan.FromSeconds(1));

        rows.ShouldBe(900);
    }

    [Test]
    public void Time_of_all_rows_is_counted_together()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Query Timeout=1500", clock);
        using var connection = database.Open();
        connection.WhenBegun(() => clock.Advance(TimeSpan.FromMilliseconds(100)));
        using var reader = connection.Read("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, begun() FROM n");

        var rows = 0;
        Should.Throw<QueryTimeoutException>(() =>
        {
            for (; reader.Read(); rows++)
            {
            }
        });

        rows.ShouldBeGreaterThan(15);
        reader.Read().ShouldBeFalse();
    }

    [Test]
    public async Task Waiting_for_a_lock_is_not_counted([Values] bool async)
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Query Timeout=1500", clock);
        using var connection = database.OpenWithTable();
        using var holder = database.Open();
        var transaction = holder.BeginTransaction();

        var run = Patience.OnThread(() => connection.Run("INSERT INTO t VALUES(1)", async)).Unwrap();
        Patience.Until(() => connection.Session.WriteLock.HasWaiters);
        clock.Advance(TimeSpan.FromHours(1));
        transaction.Rollback();

        (await run.Within()).ShouldBe(1);
    }

    [TestCase("CREATE INDEX i ON t(a)")]
    [TestCase("VACUUM")]
    [TestCase("PRAGMA integrity_check")]
    [TestCase("UPDATE t SET a = a + 1")]
    [TestCase("CREATE TABLE u AS SELECT * FROM t")]
    [TestCase("INSERT INTO f SELECT a FROM t")]
    public void Statement_of_any_kind_is_stopped_whole(string sql)
    {
        var clock = new RushingClock();
        using var database = new TestDatabase("Query Timeout=1500", clock);
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 20000) SELECT x FROM n");
        connection.Run("CREATE VIRTUAL TABLE f USING fts5(a); INSERT INTO f VALUES('one')");

        clock.IsRushing = true;
        var error = Should.Throw<QueryTimeoutException>(() => connection.Run(sql));
        clock.IsRushing = false;

        error.Message.ShouldNotContain("rolled back");
        connection.Session.Engine.InTransaction.ShouldBeFalse();
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        connection.Ask("SELECT sum(a) FROM t").ShouldBe(20000L * 20001 / 2);
        connection.Ask("SELECT count(*) FROM f").ShouldBe(1L);
        connection.Ask("SELECT count(*) FROM sqlite_master WHERE name IN ('i', 'u')").ShouldBe(0L);
        connection.Ask("PRAGMA integrity_check").ShouldBe("ok");
    }

    // SQLite asks once more after a statement has ended, and would call one stopped that is done.
    [Test]
    public void Write_that_is_done_is_never_called_stopped()
    {
        var clock = new RushingClock { IsRushing = true };
        using var database = new TestDatabase("Query Timeout=1500", clock);
        using var connection = database.OpenWithTable();
        var written = 0;

        // So short that it is asked only where the operations of all its runs pass a thousand, at any of its operations.
        for (var i = 0; i < 3000; i++)
        {
            try
            {
                written += connection.Run("INSERT INTO t SELECT 1 WHERE 1 IN (1, 2, 3)");
            }
            catch (QueryTimeoutException)
            {
                connection.Session.WriteLock.IsHeld.ShouldBeFalse();
            }
        }

        connection.Ask("SELECT count(*) FROM t").ShouldBe((long)written);
        written.ShouldBeInRange(2000, 2999);
    }
}
