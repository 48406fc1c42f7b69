using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class SessionPoolTests
{
    [Test]
    public void Open_lends_the_session_again_that_came_back()
    {
        using var database = new TestDatabase();
        for (var round = 0; round < 5; round++)
            using (var connection = database.Open())
                connection.Ask("SELECT 1").ShouldBe(1L);
        database.Source.Statistics.ShouldBe(new WalPoolStatistics(1, 0, 1, 0, 1, 0));
    }

    [Test]
    public void Open_lends_the_session_that_was_idle_last()
    {
        using var database = new TestDatabase();
        var first = database.Open();
        var second = database.Open();
        var last = second.Session;
        first.Dispose();
        second.Dispose();

        using var third = database.Open();
        third.Session.ShouldBeSameAs(last);
    }

    [Test]
    public void Statistics_count_what_is_open_in_use_and_idle()
    {
        using var database = new TestDatabase();
        database.Source.Statistics.ShouldBe(default);
        var first = database.Open();
        var second = database.Open();
        database.Source.Statistics.ShouldBe(new WalPoolStatistics(2, 2, 0, 0, 2, 0));
        first.Dispose();
        database.Source.Statistics.ShouldBe(new WalPoolStatistics(2, 1, 1, 0, 2, 0));
        second.Dispose();
        database.Source.Clear();
        database.Source.Statistics.ShouldBe(new WalPoolStatistics(0, 0, 0, 0, 2, 2));
    }

    [Test]
    public void Open_ignores_the_limit_when_pooling_is_off()
    {
        using var database = new TestDatabase("Pooling=False;Max Pool Size=1;Connection Timeout=0");
        using (database.Open())
        using (database.Open())
            database.Source.Statistics.InUse.ShouldBe(2);
        database.Source.Statistics.ShouldBe(new WalPoolStatistics(0, 0, 0, 0, 2, 2));
    }

    [Test]
    public void Open_gives_each_its_own_database_when_it_is_in_memory_and_private()
    {
        using var source = new WalDbDataSourceBuilder("Data Source=:memory:;Max Pool Size=1;Connection Timeout=0").Build();
        using var first = source.OpenConnection();
        using (var second = source.OpenConnection())
        {
            first.Run("CREATE TABLE t(a)");
            second.Ask("SELECT count(*) FROM sqlite_master").ShouldBe(0L);
        }

        source.Statistics.ShouldBe(new WalPoolStatistics(1, 1, 0, 0, 2, 1));
    }

    [Test]
    public void Connections_of_one_connection_string_share_a_pool_however_it_is_spelled()
    {
        using var folder = new TempFolder();
        using var first = new WalDbConnection($"Data Source={folder.File()};Busy Timeout=77");
        first.Open();
        var session = first.Session;
        first.Close();

        using (var second = new WalDbConnection($"busy_timeout=77;DataSource={folder.File()}"))
        {
            second.Open();
            second.Session.ShouldBeSameAs(session);
        }

        WalDbConnection.ClearPool(first);
    }

    [Test]
    public void Prune_closes_sessions_that_were_idle_for_too_long_and_keeps_the_minimum()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Min Pool Size=1;Connection Idle Lifetime=60", clock);
        var connections = new[] { database.Open(), database.Open(), database.Open() };
        foreach (var connection in connections)
            connection.Dispose();

        clock.Advance(TimeSpan.FromSeconds(59));
        database.Source.Statistics.Idle.ShouldBe(3);
        clock.Advance(TimeSpan.FromSeconds(10));
        database.Source.Statistics.ShouldBe(new WalPoolStatistics(1, 0, 1, 0, 3, 2));
        clock.Advance(TimeSpan.FromHours(1));
        database.Source.Statistics.Idle.ShouldBe(1);
    }

    [Test]
    public void Prune_spares_a_session_that_was_used_meanwhile()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Connection Idle Lifetime=60", clock);
        database.Open().Dispose();
        clock.Advance(TimeSpan.FromSeconds(50));
        database.Open().Dispose();

        clock.Advance(TimeSpan.FromSeconds(50));
        database.Source.Statistics.Idle.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(50));
        database.Source.Statistics.Idle.ShouldBe(0);
    }

    [Test]
    public void Prune_begins_again_when_the_pool_was_empty_between()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Connection Idle Lifetime=10", clock);
        for (var round = 1; round <= 3; round++)
        {
            database.Open().Dispose();
            clock.Advance(TimeSpan.FromSeconds(20));
            database.Source.Statistics.ShouldBe(new WalPoolStatistics(0, 0, 0, 0, round, round));
        }
    }

    [Test]
    public void Prune_looks_twice_within_a_short_lifetime()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Connection Idle Lifetime=4", clock);
        database.Open().Dispose();
        clock.Advance(TimeSpan.FromSeconds(2));
        database.Source.Statistics.Idle.ShouldBe(1);

        clock.Advance(TimeSpan.FromSeconds(2));

        database.Source.Statistics.Idle.ShouldBe(0);
    }

    [Test]
    public void Session_that_is_disposed_twice_is_closed_once()
    {
        using var database = new TestDatabase();
        var session = database.Source.Upkeep.OpenSession();

        session.Dispose();
        Should.NotThrow(session.Dispose);

        session.IsClosed.ShouldBeTrue();
        database.Descriptors.ShouldBe(0);
    }

    [Test]
    public void Prune_never_closes_anything_when_the_lifetime_is_zero()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Connection Idle Lifetime=0", clock);
        database.Open().Dispose();
        clock.Advance(TimeSpan.FromDays(30));
        database.Source.Statistics.Idle.ShouldBe(1);
    }

    [Test]
    public async Task Dispose_of_the_data_source_closes_the_idle_and_those_in_use_when_they_come_back([Values] bool async)
    {
        using var database = new TestDatabase();
        var inUse = database.OpenWithTable();
        database.Open().Dispose();

        if (async)
            await database.Source.DisposeAsync();
        else
            database.Source.Dispose();

        database.Source.Statistics.Idle.ShouldBe(0);
        inUse.Run("INSERT INTO t VALUES(1)").ShouldBe(1);
        inUse.Dispose();
        database.Source.Statistics.Open.ShouldBe(0);
        Should.Throw<ObjectDisposedException>(() => database.Source.OpenConnection());
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Open_throws_when_its_data_source_was_disposed()
    {
        using var database = new TestDatabase();
        using var connection = database.Source.CreateConnection();
        database.Source.Dispose();
        Should.Throw<ObjectDisposedException>(connection.Open);
        Should.Throw<ObjectDisposedException>(() => database.Source.CreateConnection());
    }

    [Test]
    public void Open_runs_the_initializer_once_for_each_session()
    {
        using var folder = new TempFolder();
        var runs = 0;
        using var source = new WalDbDataSourceBuilder($"Data Source={folder.File()}")
            .UseSessionInitializer(inner =>
            {
                runs++;
                inner.CreateFunction("answer", () => 42L);
            })
            .Build();
        for (var round = 0; round < 3; round++)
            using (var connection = source.OpenConnection())
                connection.Ask("SELECT answer()").ShouldBe(42L);
        runs.ShouldBe(1);
    }

    [Test]
    public void Open_leaks_no_slot_when_the_initializer_throws()
    {
        using var folder = new TempFolder();
        var fails = true;
        using var source = new WalDbDataSourceBuilder($"Data Source={folder.File()};Max Pool Size=1;Connection Timeout=0")
            .UseSessionInitializer(_ =>
            {
                if (fails)
                    throw new FormatException();
            })
            .Build();
        Should.Throw<FormatException>(() => source.OpenConnection());
        Should.Throw<FormatException>(() => source.OpenConnection());
        source.Statistics.ShouldBe(default);

        fails = false;
        using var connection = source.OpenConnection();
        source.Statistics.InUse.ShouldBe(1);
    }

    [Test]
    public void Open_leaks_no_slot_when_a_registration_throws()
    {
        using var database = new TestDatabase("Max Pool Size=1;Connection Timeout=0");
        using (var connection = database.Source.CreateConnection())
        {
            connection.LoadExtension("/no/such/extension");
            Should.Throw<Microsoft.Data.Sqlite.SqliteException>(connection.Open);
            connection.State.ShouldBe(System.Data.ConnectionState.Closed);
        }

        using var next = database.Open();
        next.Ask("SELECT 1").ShouldBe(1L);
    }
}
