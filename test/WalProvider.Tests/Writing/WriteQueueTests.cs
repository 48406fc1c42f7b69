using System.Transactions;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WriteQueueTests
{
    [Test]
    public async Task Units_run_in_the_order_in_which_they_were_brought()
    {
        using var database = new TestDatabase();
        Create(database);
        await using var queue = database.Source.CreateWriteQueue();
        var order = new List<int>();
        var units = Enumerable.Range(0, 200).Select(n => queue.WriteAsync(_ => order.Add(n))).ToList();

        await Task.WhenAll(units).Within();

        order.ShouldBe(Enumerable.Range(0, 200));
    }

    [Test]
    public async Task Results_come_back_in_all_four_forms()
    {
        using var database = new TestDatabase();
        Create(database);
        await using var queue = database.Source.CreateWriteQueue();

        (await queue.WriteAsync(c => c.Run(Insert(1))).Within()).ShouldBe(1);
        (await queue.WriteAsync(c => c.RunAsync(Insert(2))).Within()).ShouldBe(1);
        await queue.WriteAsync(c => { c.Run(Insert(3)); }).Within();
        await queue.WriteAsync(async c => { await c.RunAsync(Insert(4)); }).Within();

        database.CommittedRows().ShouldBe(4);
    }

    [Test]
    public async Task Caller_goes_on_only_when_its_unit_is_committed()
    {
        using var database = new TestDatabase();
        Create(database);
        await using var queue = database.Source.CreateWriteQueue(new WriteQueueOptions { MaxCommitInterval = TimeSpan.Zero });
        var blocker = new QueueBlocker();
        var first = queue.WriteAsync(c => { c.Run(Insert(1)); });
        var second = queue.WriteAsync(blocker.Run);
        await blocker.HasStarted.Within();
        if (!first.IsCompleted)
        {
            database.CommittedRows().ShouldBe(0);
        }

        blocker.Release();
        await first.Within();
        database.CommittedRows().ShouldBe(1);
        await second.Within();

        var callers = Enumerable.Range(2, 50).Select(async n =>
        {
            await queue.WriteAsync(c => { c.Run(Insert(n)); });
            using var elsewhere = database.OpenElsewhere();
            elsewhere.Ask($"SELECT count(*) FROM t WHERE a = {n}").ShouldBe(1L);
        });
        await Task.WhenAll(callers).Within();
    }

    [Test]
    public async Task Units_that_wait_share_one_commit()
    {
        using var database = new TestDatabase();
        Create(database);
        await using var queue = database.Source.CreateWriteQueue(new WriteQueueOptions { MaxCommitInterval = TimeSpan.Zero });
        var commits = await CountCommits(queue);
        var blocker = new QueueBlocker();
        var units = Bring(queue, blocker, 50);
        await blocker.HasStarted.Within();

        blocker.Release();

        await Task.WhenAll(units).Within();
        commits.Value.ShouldBe(1);
        database.CommittedRows().ShouldBe(50);
    }

    [Test]
    public async Task Commit_holds_no_more_units_than_it_may()
    {
        using var database = new TestDatabase();
        Create(database);
        var options = new WriteQueueOptions { MaxUnitsPerCommit = 3, MaxCommitInterval = TimeSpan.Zero };
        await using var queue = database.Source.CreateWriteQueue(options);
        var commits = await CountCommits(queue);
        var blocker = new QueueBlocker();
        var units = Bring(queue, blocker, 29);
        await blocker.HasStarted.Within();

        blocker.Release();

        await Task.WhenAll(units).Within();
        commits.Value.ShouldBe(10);
    }

    [Test]
    public async Task Commit_takes_in_no_more_units_when_its_interval_is_over()
    {
        var clock = new HandClock();
        using var database = new TestDatabase(clock: clock);
        Create(database);
        await using var queue = database.Source.CreateWriteQueue(new WriteQueueOptions { MaxCommitInterval = TimeSpan.FromMilliseconds(20) });
        var blocker = new QueueBlocker();
        var first = queue.WriteAsync(blocker.Run);
        await blocker.HasStarted.Within();
        var next = new QueueBlocker();
        var second = queue.WriteAsync(next.Run);
        clock.Advance(TimeSpan.FromMilliseconds(20));

        blocker.Release();

        await first.Within();
        await next.HasStarted.Within();
        second.IsCompleted.ShouldBeFalse();
        next.Release();
        await second.Within();
    }

    [Test]
    public async Task Bringing_waits_for_room_when_the_queue_is_full()
    {
        using var database = new TestDatabase();
        Create(database);
        var queue = database.Source.CreateWriteQueue(new WriteQueueOptions { Capacity = 2 });
        var blocker = new QueueBlocker();
        var running = queue.WriteAsync(blocker.Run);
        await blocker.HasStarted.Within();
        var waiting = new[] { queue.WriteAsync(c => { c.Run(Insert(1)); }), queue.WriteAsync(c => { c.Run(Insert(2)); }) };
        var withoutRoom = queue.WriteAsync(c => { c.Run(Insert(3)); });
        using var cancellation = new CancellationTokenSource();
        var cancelled = queue.WriteAsync(c => { c.Run(Insert(4)); }, cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled.Within());

        // Those that have room are drained; the one that has not is not part of the queue yet.
        var disposing = queue.DisposeAsync().AsTask();
        await Should.ThrowAsync<ObjectDisposedException>(() => withoutRoom.Within());
        blocker.Release();

        await Task.WhenAll([running, disposing, .. waiting]).Within();
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public async Task Unit_is_cancelled_before_it_starts_and_not_after()
    {
        using var database = new TestDatabase();
        Create(database);
        await using var queue = database.Source.CreateWriteQueue();
        using var cancellation = new CancellationTokenSource();
        var blocker = new QueueBlocker();
        var started = queue.WriteAsync(
            async c =>
            {
                await blocker.Run(c);
                return c.Run(Insert(1));
            },
            cancellation.Token);
        await blocker.HasStarted.Within();
        var waiting = queue.WriteAsync(c => c.Run(Insert(2)), cancellation.Token);

        await cancellation.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(() => waiting.Within())).CancellationToken.ShouldBe(cancellation.Token);
        started.IsCompleted.ShouldBeFalse();
        blocker.Release();
        (await started.Within()).ShouldBe(1);
        await Should.ThrowAsync<OperationCanceledException>(() => queue.WriteAsync(c => c.Run(Insert(3)), cancellation.Token));
        await queue.DisposeAsync();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task Disposal_drains_commits_and_checkpoints([Values] bool async)
    {
        using var database = new TestDatabase("Wal Autocheckpoint=0");
        Create(database);
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        var queue = database.Source.CreateWriteQueue();
        var units = Enumerable.Range(0, 100).Select(n => queue.WriteAsync(c => { c.Run(Insert(n)); })).ToList();
        await (async ? queue.DisposeAsync().AsTask() : Patience.OnThread(queue.Dispose)).Within();

        units.ShouldAllBe(unit => unit.IsCompletedSuccessfully);
        database.CommittedRows().ShouldBe(100);
        WorkerProcess.Run("count-immutable", database.File, "t").ShouldBe("100");
        await queue.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(() => queue.WriteAsync(c => { c.Run(Insert(1)); }));
    }

    [Test]
    public async Task Disposal_does_not_wait_for_those_who_keep_a_checkpoint_from_its_end()
    {
        using var database = new TestDatabase();
        Create(database);
        using var reading = database.OpenElsewhere();
        reading.Run("BEGIN");
        reading.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        var queue = database.Source.CreateWriteQueue();
        await queue.WriteAsync(c => { c.Run(Insert(1)); }).Within();

        await queue.DisposeAsync().AsTask().Within();

        database.CommittedRows().ShouldBe(1);
        database.Source.Statistics.InUse.ShouldBe(0);
    }

    [Test]
    public async Task Disposal_of_a_queue_that_was_never_used_opens_nothing()
    {
        using var database = new TestDatabase();

        await database.Source.CreateWriteQueue().DisposeAsync();

        File.Exists(database.File).ShouldBeFalse();
    }

    [Test]
    public async Task Two_queues_of_one_file_take_turns()
    {
        using var database = new TestDatabase();
        Create(database);
        await using var one = database.Source.CreateWriteQueue();
        await using var other = database.Source.CreateWriteQueue();

        await Task.WhenAll(Enumerable.Range(0, 500).Select(n => (n % 2 == 0 ? one : other).WriteAsync(c => { c.Run(Insert(n)); }))).Within();

        database.CommittedRows().ShouldBe(500);
    }

    [Test]
    public async Task None_of_the_units_of_many_callers_is_lost_or_doubled()
    {
        using var database = new TestDatabase();
        Create(database);
        await using var queue = database.Source.CreateWriteQueue(new WriteQueueOptions { Capacity = 64 });
        var callers = Enumerable.Range(0, 200).Select(caller => Task.Run(async () =>
        {
            for (var unit = 0; unit < 500; unit++)
            {
                var value = (caller * 500) + unit;
                if (unit % 50 == 0)
                {
                    await queue.WriteAsync(async c =>
                    {
                        await Task.Yield();
                        await c.RunAsync(Insert(value));
                    });
                }
                else
                {
                    await queue.WriteAsync(c => InsertByParameter(c, value));
                }
            }
        }));

        await Task.WhenAll(callers).WaitAsync(Patience.Limit * 4);

        database.CommittedRows().ShouldBe(100_000);
        using var connection = database.Open();
        connection.Ask("SELECT count(DISTINCT a) FROM t").ShouldBe(100_000L);
    }

    [Test]
    public async Task Queue_takes_no_part_in_a_scope_around_its_creation_or_its_callers()
    {
        using var database = new TestDatabase();
        Create(database);
        WriteQueue queue;
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            queue = database.Source.CreateWriteQueue();
            await queue.WriteAsync(c => { c.Run(Insert(1)); }).Within();
            database.CommittedRows().ShouldBe(1);
        }

        await queue.DisposeAsync();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task Unit_that_reads_first_meets_no_overtaken_snapshot_whatever_Transaction_Mode_says()
    {
        using var database = new TestDatabase("Transaction Mode=Deferred");
        Create(database);
        await using var queue = database.Source.CreateWriteQueue();
        using var elsewhere = database.OpenElsewhere();

        await queue.WriteAsync(c =>
        {
            c.Ask("SELECT count(*) FROM t").ShouldBe(0L);
            using var command = elsewhere.CreateCommand();
            command.CommandText = Insert(1);
            command.CommandTimeout = -1;
            Should.Throw<SqliteException>(() => command.ExecuteNonQuery()).SqliteErrorCode.ShouldBe(5);
            c.Run(Insert(2));
        }).Within();

        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void CreateWriteQueue_refuses_options_out_of_range()
    {
        using var database = new TestDatabase();

        Should.Throw<ArgumentOutOfRangeException>(() => database.Source.CreateWriteQueue(new WriteQueueOptions { Capacity = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => database.Source.CreateWriteQueue(new WriteQueueOptions { MaxUnitsPerCommit = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(
            () => database.Source.CreateWriteQueue(new WriteQueueOptions { MaxCommitInterval = TimeSpan.FromTicks(-1) }));
    }

    [Test]
    public async Task Null_is_refused_before_it_is_brought()
    {
        using var database = new TestDatabase();
        await using var queue = database.Source.CreateWriteQueue();

        Should.Throw<ArgumentNullException>(() => { _ = queue.WriteAsync((Action<WalDbConnection>)null!); });
        Should.Throw<ArgumentNullException>(() => { _ = queue.WriteAsync((Func<WalDbConnection, Task>)null!); });
        Should.Throw<ArgumentNullException>(() => { _ = queue.WriteAsync((Func<WalDbConnection, int>)null!); });
        Should.Throw<ArgumentNullException>(() => { _ = queue.WriteAsync((Func<WalDbConnection, Task<int>>)null!); });
        Should.Throw<ArgumentNullException>(() => ((WalDbDataSource)null!).CreateWriteQueue());
    }

    internal static string Insert(int value) => $"INSERT INTO t VALUES({value})";

    internal static void Create(TestDatabase database) => database.OpenWithTable().Dispose();

    private static int InsertByParameter(WalDbConnection connection, int value)
    {
        using var command = new WalDbCommand("INSERT INTO t VALUES(@a)", connection);
        command.Parameters.AddWithValue("@a", value);
        return command.ExecuteNonQuery();
    }

    private static List<Task> Bring(WriteQueue queue, QueueBlocker blocker, int count)
        => [queue.WriteAsync(blocker.Run), .. Enumerable.Range(0, count).Select(n => queue.WriteAsync(c => { c.Run(Insert(n)); }))];

    /// <summary>Counts the commits of a queue's connection after the one of this call.</summary>
    private static async Task<StrongBox> CountCommits(WriteQueue queue)
    {
        var commits = new StrongBox();
        await queue.WriteAsync(c =>
        {
            raw.sqlite3_commit_hook(
                c.Handle,
                _ =>
                {
                    commits.Value++;
                    return 0;
                },
                null);
        });
        commits.Value = 0;
        return commits;
    }

    private sealed class StrongBox
    {
        public volatile int Value;
    }
}
