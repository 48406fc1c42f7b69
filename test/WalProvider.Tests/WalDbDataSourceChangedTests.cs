using NUnit.Framework;
using Shouldly;
using WalProvider.Tests.Changes;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalDbDataSourceChangedTests
{
    [Test]
    public void Changed_tells_of_every_connection_that_was_opened_since()
    {
        using var database = new TestDatabase();
        using (database.OpenWithTable())
        {
        }

        using var before = database.Open();
        var watch = new ChangeWatch(database.Source);
        using var one = database.Open();
        using var other = database.Open();
        var own = new ChangeWatch(one);

        before.Run("INSERT INTO t VALUES(1)");
        one.Run("INSERT INTO t VALUES(1)");
        other.Run("INSERT INTO t VALUES(1)");

        watch.Take().ShouldBe("+t2 +t3");
        own.Take().ShouldBe("+t2");
    }

    [Test]
    public async Task Changed_tells_in_the_order_of_the_commits_when_many_write()
    {
        using var database = new TestDatabase();
        using (database.OpenWithTable())
        {
        }

        var told = new List<long?>();
        database.Source.Changed += (sender, change) =>
        {
            sender.ShouldBeSameAs(database.Source);
            told.Add(change.RowId);
        };
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Patience.OnThread(() =>
        {
            using var connection = database.Open();
            for (var row = 0; row < 100; row++)
                connection.Run("INSERT INTO t VALUES(1)");
        }))).Within();

        Patience.Until(() => told.Count == 400);
        told.ShouldBe(Enumerable.Range(1, 400).Select(row => (long?)row));
    }

    [Test]
    public async Task Changed_tells_what_a_write_queue_keeps()
    {
        using var database = new TestDatabase();
        using (database.OpenWithTable())
        {
        }

        var watch = new ChangeWatch(database.Source);
        await using (var queue = database.Source.CreateWriteQueue())
        {
            await queue.WriteAsync(connection => connection.Run("INSERT INTO t VALUES(1)")).Within();
            await Should.ThrowAsync<NotSupportedException>(() => queue.WriteAsync(connection =>
            {
                connection.Run("INSERT INTO t(rowid) VALUES(5)");
                throw new NotSupportedException();
            }));
            await queue.WriteAsync(connection => connection.Run("INSERT INTO t(rowid) VALUES(6)")).Within();
        }

        watch.Take().ShouldBe("+t1 +t6");
    }

    [Test]
    public async Task Handler_that_throws_undoes_no_unit_of_a_write_queue()
    {
        using var database = new TestDatabase();
        using (database.OpenWithTable())
        {
        }

        var fails = true;
        database.Source.Changed += (_, _) => _ = fails ? throw new NotSupportedException() : 0;
        await using (var queue = database.Source.CreateWriteQueue())
        {
            var error = await Should.ThrowAsync<AggregateException>(() => queue.WriteAsync(connection => connection.Run("INSERT INTO t VALUES(1)")).Within());
            error.InnerException.ShouldBeOfType<NotSupportedException>();
            database.CommittedRows().ShouldBe(1);
            fails = false;
            await queue.WriteAsync(connection => connection.Run("INSERT INTO t VALUES(2)")).Within();
        }

        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public async Task Handler_that_throws_is_told_to_every_unit_of_the_commit()
    {
        using var database = new TestDatabase();
        WriteQueueTests.Create(database);
        database.Source.Changed += (_, _) => throw new NotSupportedException();
        await using var queue = database.Source.CreateWriteQueue(new WriteQueueOptions { MaxCommitInterval = TimeSpan.Zero });
        var blocker = new QueueBlocker();
        var first = queue.WriteAsync(blocker.Run);
        await blocker.HasStarted.Within();
        var second = queue.WriteAsync(connection => connection.Run("INSERT INTO t VALUES(1)"));

        blocker.Release();

        foreach (var unit in new[] { first, second })
            (await Should.ThrowAsync<AggregateException>(() => unit.Within())).InnerException.ShouldBeOfType<NotSupportedException>();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Changed_costs_nothing_when_its_last_handler_is_gone()
    {
        using var database = new TestDatabase();
        static void Handler(object? sender, WalChangedEventArgs change)
        {
        }

        database.Source.Changed += Handler;
        database.Source.Changed -= Handler;
        using var connection = database.OpenWithTable();

        connection.Session.Engine.Changes.ShouldBeNull();
    }
}
