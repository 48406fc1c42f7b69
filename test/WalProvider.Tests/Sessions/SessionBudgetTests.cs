using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class SessionBudgetTests
{
    [Test]
    public void Open_closes_the_session_that_was_idle_for_longest_of_whatever_file()
    {
        using var databases = new BudgetedDatabases("Max Open Sessions=3", files: 4);
        databases.Open(0).Dispose();
        databases.Open(1).Dispose();
        databases.Open(2).Dispose();
        databases.Open(0).Dispose();

        databases.Open(3).Dispose();

        Enumerable.Range(0, 4).Select(index => databases[index].Statistics.Idle).ShouldBe([1, 0, 1, 1]);
        databases.Budget.Count.ShouldBe((3, 3));
    }

    [Test]
    public void Open_never_closes_one_that_is_in_use([Values] bool async)
    {
        using var databases = new BudgetedDatabases("Max Open Sessions=2;Connection Timeout=0", files: 3);
        using var first = databases.Open(0);
        first.Run("CREATE TABLE t(a)");
        databases.Open(1).Dispose();
        using var second = databases.Open(2);
        databases[1].Statistics.Idle.ShouldBe(0);

        using var third = databases[1].CreateConnection();
        var error = Should.Throw<InvalidOperationException>(() => third.StartOpen(async).Within());

        error.Message.ShouldContain("'Max Open Sessions' (2)");
        error.Message.ShouldContain("'Connection Timeout' (0 s)");
        first.Run("INSERT INTO t VALUES(1)").ShouldBe(1);
        databases[1].Statistics.ShouldBe(new WalPoolStatistics(0, 0, 0, 0, 1, 1));
    }

    [Test]
    public async Task Open_waits_until_a_session_of_another_file_comes_back([Values] bool async)
    {
        using var databases = new BudgetedDatabases("Max Open Sessions=1;Connection Timeout=60", files: 2);
        var holder = databases.Open(0);
        using var late = databases[1].CreateConnection();
        var opened = late.StartOpen(async);
        Patience.Until(() => databases[1].Statistics.Waiting == 1);
        opened.IsCompleted.ShouldBeFalse();

        await holder.DisposeAsync();
        await opened.Within();

        late.Ask("SELECT 1").ShouldBe(1L);
        databases[0].Statistics.ShouldBe(new WalPoolStatistics(0, 0, 0, 0, 1, 1));
        databases[1].Statistics.Waiting.ShouldBe(0);
    }

    [Test]
    public async Task Open_gets_the_very_session_where_it_comes_back_to_its_own_pool([Values] bool async)
    {
        using var databases = new BudgetedDatabases("Max Open Sessions=1;Connection Timeout=60", files: 1);
        var holder = databases.Open(0);
        using var late = databases[0].CreateConnection();
        var opened = late.StartOpen(async);
        Patience.Until(() => databases[0].Statistics.Waiting == 1);

        await holder.DisposeAsync();
        await opened.Within();

        databases[0].Statistics.ShouldBe(new WalPoolStatistics(1, 1, 0, 0, 1, 0));
        databases.Budget.Count.ShouldBe((1, 0));
    }

    [Test]
    public async Task Open_makes_a_new_session_where_the_file_of_the_one_that_comes_back_was_moved([Values] bool async)
    {
        using var databases = new BudgetedDatabases("Max Open Sessions=1;Connection Timeout=60", files: 1);
        var holder = databases.Open(0);
        holder.Run("CREATE TABLE t(a)");
        var path = holder.DataSource;
        using var late = databases[0].CreateConnection();
        var opened = late.StartOpen(async);
        Patience.Until(() => databases[0].Statistics.Waiting == 1);
        File.Move(path, path + ".moved");

        await holder.DisposeAsync();
        await opened.Within();

        late.Ask("SELECT count(*) FROM sqlite_master").ShouldBe(0L);
        databases.Budget.Count.ShouldBe((1, 0));
    }

    [Test]
    public async Task Open_serves_the_first_who_waits_though_the_session_is_of_another_pool_that_has_waiters_too()
    {
        using var databases = new BudgetedDatabases("Max Open Sessions=1;Connection Timeout=60", files: 2);
        var holder = databases.Open(0);
        using var first = databases[1].CreateConnection();
        using var second = databases[0].CreateConnection();
        var opened = new[] { first.OpenAsync(), second.OpenAsync() };

        await holder.DisposeAsync();

        await opened[0].Within();
        opened[1].IsCompleted.ShouldBeFalse();
        first.Close();
        await opened[1].Within();
    }

    [Test]
    public async Task OpenAsync_has_one_Connection_Timeout_for_both_of_its_waits()
    {
        var clock = new HandClock();
        using var databases = new BudgetedDatabases("Max Open Sessions=2;Max Pool Size=1;Connection Timeout=10", files: 3, clock);
        using var other = databases.Open(2);
        var holder = databases.Open(0);
        using var late = databases[0].CreateConnection();
        var opened = late.OpenAsync();
        using var third = databases[1].CreateConnection();
        var before = third.OpenAsync();
        clock.Advance(TimeSpan.FromSeconds(6));

        // The pool's own slot goes to the one, and the place in the process to the other, who was first there.
        holder.Dispose();
        await before.Within();
        Patience.Until(() => databases[0].Statistics.Waiting == 1);
        opened.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(5));

        (await Should.ThrowAsync<InvalidOperationException>(() => opened.Within())).Message.ShouldContain("'Max Open Sessions' (2)");
    }

    [Test]
    public async Task OpenAsync_leaves_the_queue_when_it_is_cancelled_and_the_next_is_served()
    {
        using var databases = new BudgetedDatabases("Max Open Sessions=1;Connection Timeout=60", files: 2);
        var holder = databases.Open(0);
        using var cancellation = new CancellationTokenSource();
        using var cancelled = databases[1].CreateConnection();
        using var next = databases[1].CreateConnection();
        var opened = new[] { cancelled.OpenAsync(cancellation.Token), next.OpenAsync() };

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => opened[0].Within());
        await holder.DisposeAsync();

        await opened[1].Within();
        databases.Budget.Count.ShouldBe((1, 0));
    }

    [Test]
    public async Task Dispose_of_the_data_source_ends_the_wait([Values] bool async)
    {
        using var databases = new BudgetedDatabases("Max Open Sessions=1;Connection Timeout=60", files: 2);
        using var holder = databases.Open(0);
        using var late = databases[1].CreateConnection();
        var opened = late.StartOpen(async);
        Patience.Until(() => databases[1].Statistics.Waiting == 1);

        databases[1].Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(() => opened.Within());
        databases.Budget.Count.ShouldBe((1, 0));
    }

    [TestCase("dirty")]
    [TestCase("cleared")]
    [TestCase("pooling off")]
    [TestCase("disposed")]
    [TestCase("failed")]
    [TestCase("moved")]
    public void A_place_comes_back_however_a_session_ends(string end)
    {
        using var databases = new BudgetedDatabases("Max Open Sessions=1;Connection Timeout=0", files: 2);
        using var source = databases.Build(0, end == "pooling off" ? "Pooling=False" : end == "failed" ? "Mode=ReadOnly" : "");
        if (end == "failed")
        {
            Should.Throw<SqliteException>(() => source.OpenConnection());
        }
        else
        {
            using var connection = source.OpenConnection();
            databases.Budget.Count.ShouldBe((1, 0));
            if (end == "dirty")
                connection.Run("PRAGMA query_only=ON");
        }

        if (end == "cleared")
            source.Clear();
        if (end == "disposed")
            source.Dispose();
        if (end == "moved")
        {
            File.Delete(new SqliteConnectionStringBuilder { DataSource = databases[0].Name }.DataSource);
            source.OpenConnection().Dispose();
            source.Clear();
        }

        databases.Budget.Count.ShouldBe((0, 0));
        databases.Open(1).Dispose();
    }

    [Test]
    public void A_place_comes_back_when_a_session_was_idle_for_too_long()
    {
        var clock = new HandClock();
        using var databases = new BudgetedDatabases("Max Open Sessions=5;Connection Idle Lifetime=10", files: 2, clock);
        databases.Open(0).Dispose();
        databases.Open(1).Dispose();
        databases.Budget.Count.ShouldBe((2, 2));

        clock.Advance(TimeSpan.FromSeconds(30));

        databases.Budget.Count.ShouldBe((0, 0));
    }

    [Test]
    public void Pools_that_do_not_ask_for_the_bound_are_neither_counted_nor_closed()
    {
        using var databases = new BudgetedDatabases("Connection Timeout=0", files: 3);
        using var bound = databases.Build(2, "Max Open Sessions=1");
        databases.Open(0).Dispose();
        databases.Open(1).Dispose();

        bound.OpenConnection().Dispose();

        databases.Budget.Count.ShouldBe((1, 1));
        databases[0].Statistics.Idle.ShouldBe(1);
        databases[1].Statistics.Idle.ShouldBe(1);
    }

    [Test]
    public async Task Who_stands_behind_one_with_a_lower_limit_is_served_when_that_one_gives_up()
    {
        using var databases = new BudgetedDatabases("Connection Timeout=60", files: 3);
        using var low = databases.Build(0, "Max Open Sessions=1");
        using var high = databases.Build(1, "Max Open Sessions=2");
        using var holder = high.OpenConnection();
        using var cancellation = new CancellationTokenSource();
        using var first = low.CreateConnection();
        using var second = high.CreateConnection();
        var opened = new[] { first.OpenAsync(cancellation.Token), second.OpenAsync() };
        opened[1].IsCompleted.ShouldBeFalse();

        await cancellation.CancelAsync();

        await opened[1].Within();
        await Should.ThrowAsync<OperationCanceledException>(() => opened[0].Within());
    }

    [Test]
    public async Task The_bound_holds_and_nothing_leaks_when_many_threads_open_many_files([Values] bool async)
    {
        const int Files = 12;
        using var databases = new BudgetedDatabases("Max Open Sessions=4;Max Pool Size=2;Connection Timeout=60;Synchronous=OFF", Files);
        for (var index = 0; index < Files; index++)
            using (var connection = databases.Open(index))
                connection.Run("CREATE TABLE t(a)");
        var left = 1200;
        var lent = 0;
        var most = new ConcurrentBag<int>();

        async Task Hammer(int seed)
        {
            for (int round; (round = Interlocked.Decrement(ref left)) >= 0;)
            {
                using var cancellation = new CancellationTokenSource();
                await using var connection = databases[(seed * 7 + round) % Files].CreateConnection();
                var opened = connection.StartOpen(async, cancellation.Token);
                if (round % 7 == 0)
                    await cancellation.CancelAsync();
                await Task.WhenAny(opened);
                if (!opened.IsCompletedSuccessfully)
                    continue;
                // NB: not the sum over the pools, which are asked one after the other: a session may be closed here and one opened there.
                most.Add(Math.Max(Interlocked.Increment(ref lent), databases.Budget.Count.Open));
                connection.Run(round % 11 == 0 ? "PRAGMA cache_size=100" : "INSERT INTO t VALUES(1)");
                Interlocked.Decrement(ref lent);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(() => Hammer(seed)))).Within();

        most.Max().ShouldBeInRange(1, 4);
        var open = Enumerable.Range(0, Files).Sum(index => databases[index].Statistics.Open);
        databases.Budget.Count.ShouldBe((open, open));
        open.ShouldBeInRange(1, 4);
        Enumerable.Range(0, Files).ShouldAllBe(index => databases[index].Statistics.Waiting == 0);
        for (var index = 0; index < Files; index++)
            databases[index].Dispose();
        databases.Budget.Count.ShouldBe((0, 0));
    }
}
