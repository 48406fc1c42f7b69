using System.Runtime.CompilerServices;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WriteBatchTimingTests
{
    private const string Insert = "INSERT INTO t VALUES(1)";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    [Test]
    public void Commits_when_the_oldest_write_is_an_interval_old()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=500", clock);
        using var connection = database.OpenWithTable();
        var committed = WriteBatchTests.Watch(connection);
        connection.Run(Insert);
        clock.Advance(TimeSpan.FromMilliseconds(400));
        connection.Run(Insert);
        connection.PendingWrites.ShouldBe(2);

        clock.Advance(TimeSpan.FromMilliseconds(100));

        connection.PendingWrites.ShouldBe(0);
        committed.ShouldBe([2]);
        database.CommittedRows().ShouldBe(2);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public void Counts_the_interval_anew_for_each_batch()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=500", clock);
        using var connection = database.OpenWithTable();
        for (var round = 1; round <= 3; round++)
        {
            connection.Run(Insert);
            clock.Advance(Interval * 0.9);
            connection.PendingWrites.ShouldBe(1);
            clock.Advance(Interval * 0.2);
            connection.PendingWrites.ShouldBe(0);
            clock.Advance(Interval * 10);
        }

        database.CommittedRows().ShouldBe(3);
    }

    [Test]
    public void Never_commits_by_time_when_the_interval_is_zero()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=0", clock);
        using var connection = database.OpenWithTable();
        connection.Run(Insert);
        clock.Advance(TimeSpan.FromDays(1));
        connection.PendingWrites.ShouldBe(1);
    }

    [Test]
    public void Overdue_batch_waits_for_an_open_reader()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=500", clock);
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1), (2)");
        using (var reader = connection.Read("SELECT a FROM t"))
        {
            reader.Read().ShouldBeTrue();
            clock.Advance(Interval);
            connection.PendingWrites.ShouldBe(1);
        }

        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Overdue_batch_waits_until_deferred_foreign_keys_are_satisfied()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=500", clock);
        using var connection = database.Open();
        connection.Run("CREATE TABLE p(a PRIMARY KEY); CREATE TABLE t(a REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
        connection.CommitBatch();
        connection.Run("INSERT INTO t VALUES(1)");
        clock.Advance(Interval * 2);
        connection.PendingWrites.ShouldBe(1);

        connection.Run("INSERT INTO p VALUES(1)");

        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(1);
    }

    [TestCase("SELECT 1")]
    [TestCase(Insert)]
    [TestCase("BEGIN")]
    public void Failure_on_the_timer_is_thrown_at_the_next_call_and_only_there(string next)
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=500", clock);
        using var connection = database.OpenWithTable();
        connection.Run(Insert);
        FailCommits(connection, clock);

        Should.Throw<WriteBatchLostException>(() => connection.Run(next)).LostWrites.ShouldBe(1);

        connection.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        connection.Run(Insert);
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(1);
    }

    [TestCase("CommitBatch")]
    [TestCase("BeginTransaction")]
    [TestCase("BeginBatchUnit")]
    [TestCase("Close")]
    public void Failure_on_the_timer_is_thrown_by_the_next_call_of_any_kind(string next)
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=500", clock);
        using var connection = database.OpenWithTable();
        connection.Run(Insert);
        FailCommits(connection, clock);

        Should.Throw<WriteBatchLostException>(() =>
        {
            if (next == "CommitBatch")
                connection.CommitBatch();
            else if (next == "BeginTransaction")
                connection.BeginTransaction();
            else if (next == "BeginBatchUnit")
                connection.BeginBatchUnit();
            else
                connection.Close();
        });

        connection.Close();
        database.Source.Statistics.InUse.ShouldBe(0);
    }

    [Test]
    public async Task Idle_batch_yields_to_another_writer_of_the_process([Values] bool async)
    {
        using var database = new TestDatabase("Write Batch Size=1000;Write Batch Interval=0");
        using var first = database.OpenWithTable();
        using var second = database.Open();
        var committed = new TaskCompletionSource<int>();
        first.BatchCommitted += (_, batch) => committed.TrySetResult(batch.Writes);
        first.Run(Insert);

        await Patience.OnThread(() => second.Run(Insert, async)).Unwrap().Within();

        (await committed.Task.Within()).ShouldBe(1);
        first.PendingWrites.ShouldBe(0);
        second.PendingWrites.ShouldBe(1);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task Busy_batch_takes_turns_with_another_writer_of_the_process()
    {
        using var database = new TestDatabase("Write Batch Size=10000000;Write Batch Interval=0");
        using var first = database.OpenWithTable();
        using var second = database.Open();
        var isDone = false;
        var busy = Patience.OnThread(() =>
        {
            while (!Volatile.Read(ref isDone))
                first.Run(Insert);
        });

        await Patience.OnThread(() => second.Run(Insert)).Within();
        Volatile.Write(ref isDone, true);
        second.CommitBatch();

        await busy.Within();
    }

    [Test]
    public async Task Batch_with_an_open_reader_does_not_yield()
    {
        using var database = new TestDatabase("Write Batch Size=1000;Write Batch Interval=0");
        using var first = database.OpenWithTable();
        using var second = database.Open();
        first.Run("INSERT INTO t VALUES(1), (2)");
        Task<int> written;
        using (var reader = first.Read("SELECT a FROM t"))
        {
            reader.Read().ShouldBeTrue();
            written = Patience.OnThread(() => second.Run(Insert));
            Patience.Until(() => first.Session.WriteLock.HasWaiters);
            first.PendingWrites.ShouldBe(1);
            reader.Read().ShouldBeTrue();
        }

        (await written.Within()).ShouldBe(1);
    }

    [Test]
    public void Connection_that_was_never_disposed_still_commits([Values] bool watched, [Values] bool reading)
    {
        using var database = new TestDatabase("Write Batch Size=1000;Write Batch Interval=0");
        database.OpenWithTable().Dispose();
        Forget(database, watched, reading);

        Patience.Until(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return database.Source.Statistics.InUse == 0;
        });

        database.CommittedRows().ShouldBe(2);
        using var next = database.Open();
        next.Run(Insert);
    }

    [Test]
    public void Overdue_batch_is_tried_again_when_readers_were_in_its_way()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=500;Journal Mode=DELETE", clock);
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN; SELECT count(*) FROM t");
        connection.Run(Insert);
        clock.Advance(Interval);
        connection.PendingWrites.ShouldBe(1);

        elsewhere.Run("COMMIT");
        clock.Advance(Interval);

        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(TestDatabase database, bool watched, bool reading)
    {
        var connection = database.Open();
        if (watched)
            connection.BatchCommitted += (_, _) => { };
        connection.Run("INSERT INTO t VALUES(1), (2)");
        if (reading)
            connection.Read("UPDATE t SET a=3 RETURNING a").Read().ShouldBeTrue();
    }

    // A commit hook that says no turns every COMMIT into a rollback, as a disk that fails would.
    private static void FailCommits(WalDbConnection connection, HandClock clock)
    {
        var handle = connection.Handle!;
        SQLitePCL.raw.sqlite3_commit_hook(handle, _ => 1, null);
        clock.Advance(Interval);
        connection.PendingWrites.ShouldBe(0);
        SQLitePCL.raw.sqlite3_commit_hook(handle, null, null);
    }
}
