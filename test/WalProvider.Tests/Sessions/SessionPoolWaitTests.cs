using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class SessionPoolWaitTests
{
    [Test]
    public async Task Open_serves_those_who_wait_in_the_order_of_coming([Values] bool async)
    {
        using var database = new TestDatabase("Max Pool Size=1");
        var holder = database.Open();
        var waiting = new List<(WalDbConnection Connection, Task Opened)>();
        for (var index = 0; index < 4; index++)
        {
            var connection = database.Source.CreateConnection();
            waiting.Add((connection, connection.StartOpen(async)));
            Patience.Until(() => database.Source.Statistics.Waiting == waiting.Count);
        }

        await holder.DisposeAsync();
        for (var index = 0; index < 4; index++)
        {
            await waiting[index].Opened.Within();
            database.Source.Statistics.Waiting.ShouldBe(3 - index);
            waiting.Skip(index + 1).ShouldAllBe(later => !later.Opened.IsCompleted);
            await waiting[index].Connection.DisposeAsync();
        }

        database.Source.Statistics.Created.ShouldBe(1);
    }

    [Test]
    public void Open_gives_up_at_once_when_the_timeout_is_zero([Values] bool async)
    {
        using var database = new TestDatabase("Max Pool Size=1;Connection Timeout=0");
        using var holder = database.Open();
        using var late = database.Source.CreateConnection();

        var error = Should.Throw<InvalidOperationException>(() => late.StartOpen(async).Within());

        error.Message.ShouldContain("'Connection Timeout' (0 s)");
        error.Message.ShouldContain("1 of 'Max Pool Size'");
        database.Source.Statistics.ShouldBe(new WalPoolStatistics(1, 1, 0, 0, 1, 0));
    }

    [Test]
    public async Task OpenAsync_gives_up_when_the_timeout_has_passed()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Max Pool Size=1;Connection Timeout=7", clock);
        using var holder = database.Open();
        using var late = database.Source.CreateConnection();
        var opened = late.OpenAsync();

        clock.Advance(TimeSpan.FromSeconds(6.9));
        opened.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.2));

        var error = await Should.ThrowAsync<InvalidOperationException>(() => opened.Within());
        error.Message.ShouldContain("'Connection Timeout' (7 s)");
        database.Source.Statistics.Waiting.ShouldBe(0);
    }

    [Test]
    public async Task OpenAsync_leaves_the_queue_when_it_is_cancelled()
    {
        using var database = new TestDatabase("Max Pool Size=1");
        var holder = database.Open();
        using var cancellation = new CancellationTokenSource();
        using var cancelled = database.Source.CreateConnection();
        using var next = database.Source.CreateConnection();
        var first = cancelled.OpenAsync(cancellation.Token);
        var second = next.OpenAsync();

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first.Within());
        database.Source.Statistics.Waiting.ShouldBe(1);
        await holder.DisposeAsync();

        await second.Within();
        next.Ask("SELECT 1").ShouldBe(1L);
    }

    [Test]
    public async Task OpenAsync_loses_no_session_when_it_is_served_at_the_moment_it_is_cancelled()
    {
        using var database = new TestDatabase("Max Pool Size=1;Connection Timeout=60");
        for (var round = 0; round < 200; round++)
        {
            var holder = database.Open();
            using var cancellation = new CancellationTokenSource();
            var late = database.Source.CreateConnection();
            var opened = late.OpenAsync(cancellation.Token);
            using var both = new Barrier(2);
            var returned = Task.Run(() =>
            {
                both.SignalAndWait();
                holder.Dispose();
            });
            both.SignalAndWait();
            await cancellation.CancelAsync();
            await returned.Within();
            await Task.WhenAny(opened).Within();
            opened.IsFaulted.ShouldBeFalse();
            await late.DisposeAsync();
        }

        database.Source.Statistics.ShouldBe(new WalPoolStatistics(1, 0, 1, 0, 1, 0));
    }

    [Test]
    public async Task OpenAsync_loses_no_session_when_it_is_served_at_the_moment_its_time_is_up()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Max Pool Size=1;Connection Timeout=5", clock);
        for (var round = 0; round < 200; round++)
        {
            var holder = database.Open();
            var late = database.Source.CreateConnection();
            var opened = late.OpenAsync();
            using var both = new Barrier(2);
            var returned = Task.Run(() =>
            {
                both.SignalAndWait();
                holder.Dispose();
            });
            both.SignalAndWait();
            clock.Advance(TimeSpan.FromSeconds(6));
            await returned.Within();
            await Task.WhenAny(opened).Within();
            await late.DisposeAsync();
        }

        database.Source.Statistics.ShouldBe(new WalPoolStatistics(1, 0, 1, 0, 1, 0));
    }

    [Test]
    public async Task Open_gets_leave_to_open_a_session_when_the_one_that_came_back_was_dirty([Values] bool async)
    {
        using var database = new TestDatabase("Max Pool Size=1");
        var holder = database.Open();
        using var late = database.Source.CreateConnection();
        var opened = late.StartOpen(async);
        Patience.Until(() => database.Source.Statistics.Waiting == 1);

        holder.Run("PRAGMA query_only=ON");
        await holder.DisposeAsync();
        await opened.Within();

        late.Ask("PRAGMA query_only").ShouldBe(0L);
        database.Source.Statistics.ShouldBe(new WalPoolStatistics(1, 1, 0, 0, 2, 1));
    }

    [Test]
    public async Task Dispose_of_the_data_source_ends_the_wait([Values] bool async)
    {
        using var database = new TestDatabase("Max Pool Size=1");
        using var holder = database.Open();
        using var late = database.Source.CreateConnection();
        var opened = late.StartOpen(async);
        Patience.Until(() => database.Source.Statistics.Waiting == 1);

        await database.Source.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => opened.Within());
        database.Source.Statistics.Waiting.ShouldBe(0);
    }

    [Test]
    public void Open_leaks_no_slot_when_it_fails_again_and_again([Values] bool async)
    {
        using var folder = new TempFolder();
        var path = folder.File("later.db");
        using var source = new WalDbDataSourceBuilder($"Data Source={path};Mode=ReadWrite;Max Pool Size=2;Connection Timeout=0").Build();
        for (var round = 0; round < 20; round++)
        {
            using var connection = source.CreateConnection();
            Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => connection.StartOpen(async).Within()).SqliteErrorCode.ShouldBe(14);
        }

        source.Statistics.ShouldBe(default);
        File.WriteAllBytes(path, []);
        using var first = source.OpenConnection();
        using var second = source.OpenConnection();
        source.Statistics.InUse.ShouldBe(2);
    }

    [Test]
    public async Task Open_passes_the_slot_on_when_the_first_who_waits_fails_to_open()
    {
        using var database = new TestDatabase("Max Pool Size=1;Mode=ReadWrite");
        File.WriteAllBytes(database.File, []);
        var holder = database.Open();
        using var first = database.Source.CreateConnection();
        using var second = database.Source.CreateConnection();
        var opened = new[] { first.OpenAsync(), second.OpenAsync() };

        // The file is gone, so nobody can open it, and the session of the old one is not handed on.
        foreach (var file in Directory.GetFiles(database.Folder))
            File.Delete(file);
        holder.Dispose();

        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() => opened[0].Within());
        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() => opened[1].Within());
        database.Source.Statistics.Open.ShouldBe(0);
    }
}
