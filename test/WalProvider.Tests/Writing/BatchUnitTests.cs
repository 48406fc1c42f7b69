using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class BatchUnitTests
{
    private const string Batching = "Write Batch Size=3;Write Batch Interval=500";

    [Test]
    public async Task Threshold_never_cuts_a_unit([Values] bool async)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        var committed = WriteBatchTests.Watch(connection);
        var unit = await Begin(connection, async);
        for (var value = 1; value <= 5; value++)
        {
            await connection.Run(Insert(value), async);
            connection.PendingWrites.ShouldBe(value);
        }

        database.CommittedRows().ShouldBe(0);
        await Complete(unit, async);

        committed.ShouldBe([5]);
        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(5);
        await Dispose(unit, async);
        database.CommittedRows().ShouldBe(5);
    }

    [Test]
    public void Interval_never_cuts_a_unit()
    {
        var clock = new HandClock();
        using var database = new TestDatabase(Batching, clock);
        using var connection = database.OpenWithTable();
        using (var unit = connection.BeginBatchUnit())
        {
            connection.Run(Insert(1));
            clock.Advance(TimeSpan.FromSeconds(10));
            connection.PendingWrites.ShouldBe(1);
            connection.Run(Insert(2));
            database.CommittedRows().ShouldBe(0);
            unit.Complete();
        }

        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public async Task Waiting_writer_never_cuts_a_unit([Values] bool async)
    {
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=0");
        using var connection = database.OpenWithTable();
        using var other = database.Open();
        using var unit = connection.BeginBatchUnit();
        connection.Run(Insert(1));
        var writing = async ? Task.Run(() => other.RunAsync(Insert(9))) : Patience.OnThread(() => other.Run(Insert(9)));
        Patience.Until(() => connection.Session.WriteLock.HasWaiters && connection.Session.WriteLock.HeldFor > TimeSpan.FromMilliseconds(20));

        ((IGateHolder)connection.Session).TryYield();
        connection.Run(Insert(2));
        connection.PendingWrites.ShouldBe(2);
        database.CommittedRows().ShouldBe(0);
        unit.Complete();

        (await writing.Within()).ShouldBe(1);
        other.CommitBatch();
        database.CommittedRows().ShouldBe(3);
    }

    [Test]
    public async Task Disposal_without_Complete_undoes_exactly_the_unit([Values] bool async)
    {
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=0");
        using var connection = database.OpenWithTable();
        connection.Run(Insert(1));
        var unit = await Begin(connection, async);
        connection.Run(Insert(2));
        connection.Run("UPDATE t SET a = 7");
        connection.PendingWrites.ShouldBe(3);

        await Dispose(unit, async);

        connection.PendingWrites.ShouldBe(1);
        Values(connection).ShouldBe("1");
        connection.Run(Insert(3));
        connection.CommitBatch();
        Values(connection).ShouldBe("1,3");
        await Dispose(unit, async);
        Should.Throw<InvalidOperationException>(unit.Complete);
    }

    [Test]
    public void Units_may_be_nested_and_the_outer_one_decides([Values] bool outerCompletes)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        using (var outer = connection.BeginBatchUnit())
        {
            connection.Run(Insert(1));
            using (connection.BeginBatchUnit())
            {
                connection.Run(Insert(2));
            }

            connection.PendingWrites.ShouldBe(1);
            using (var kept = connection.BeginBatchUnit())
            {
                connection.Run(Insert(3));
                connection.Run(Insert(4));
                connection.Run(Insert(5));
                kept.Complete();
            }

            database.CommittedRows().ShouldBe(0);
            if (outerCompletes)
            {
                outer.Complete();
            }
        }

        connection.PendingWrites.ShouldBe(0);
        Values(connection).ShouldBe(outerCompletes ? "1,3,4,5" : "");
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public void Complete_refuses_an_outer_unit_while_an_inner_one_is_open()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        using var outer = connection.BeginBatchUnit();
        using var inner = connection.BeginBatchUnit();
        connection.Run(Insert(1));

        Should.Throw<InvalidOperationException>(outer.Complete);

        inner.Complete();
        outer.Complete();
        connection.CommitBatch();
        Values(connection).ShouldBe("1");
    }

    [Test]
    public void Outer_unit_that_is_disposed_takes_the_inner_one_with_it()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        var outer = connection.BeginBatchUnit();
        var inner = connection.BeginBatchUnit();
        connection.Run(Insert(1));
        outer.Dispose();

        Should.Throw<InvalidOperationException>(inner.Complete);
        using var next = connection.BeginBatchUnit();
        using var nextInner = connection.BeginBatchUnit();
        connection.Run(Insert(2));
        inner.Dispose();

        connection.PendingWrites.ShouldBe(1);
        nextInner.Complete();
        next.Complete();
        connection.CommitBatch();
        Values(connection).ShouldBe("2");
    }

    [Test]
    public void Complete_refuses_a_second_time()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        using var unit = connection.BeginBatchUnit();
        connection.Run(Insert(1));
        unit.Complete();

        Should.Throw<InvalidOperationException>(unit.Complete);

        connection.CommitBatch();
        Values(connection).ShouldBe("1");
    }

    [Test]
    public async Task Unit_without_batching_is_a_transaction([Values] bool async, [Values] bool completes)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var unit = await Begin(connection, async);
        connection.Run(Insert(1));
        connection.Ask("INSERT INTO t VALUES(2) RETURNING a").ShouldBe(2L);
        database.CommittedRows().ShouldBe(0);
        connection.Session.WriteLock.IsHeld.ShouldBeTrue();

        if (completes)
        {
            await Complete(unit, async);
            Should.Throw<InvalidOperationException>(unit.Complete);
        }

        await Dispose(unit, async);
        database.CommittedRows().ShouldBe(completes ? 2 : 0);
        connection.PendingWrites.ShouldBe(0);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        connection.Run(Insert(3));
        database.CommittedRows().ShouldBe(completes ? 3 : 1);
    }

    [Test]
    public void Nested_units_without_batching_commit_with_the_outer_one()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using (var outer = connection.BeginBatchUnit())
        {
            using (var inner = connection.BeginBatchUnit())
            {
                connection.Run(Insert(1));
                inner.Complete();
            }

            database.CommittedRows().ShouldBe(0);
            outer.Complete();
        }

        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Empty_unit_leaves_nothing_locked([Values] bool batching, [Values] bool completes)
    {
        using var database = new TestDatabase(batching ? "Write Batch Size=100;Write Batch Interval=0" : "");
        using var connection = database.OpenWithTable();
        using (var unit = connection.BeginBatchUnit())
        {
            if (completes)
            {
                unit.Complete();
            }
        }

        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run(Insert(1));
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public void Waits_for_another_process_and_leaves_the_gate_when_that_is_in_vain([Values] bool async)
    {
        using var database = new TestDatabase(Batching + ";Busy Timeout=0");
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE");

        Should.Throw<SqliteBusyException>(() => Begin(connection, async).AsTask().Within());

        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        elsewhere.Run("ROLLBACK");
        using var unit = connection.BeginBatchUnit();
        unit.Complete();
    }

    [Test]
    public async Task Leaves_the_gate_when_the_wait_for_another_process_is_cancelled()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE");
        using var cancellation = new CancellationTokenSource();
        var beginning = connection.BeginBatchUnitAsync(cancellation.Token);
        Patience.Until(() => connection.Session.WriteLock.IsHeld);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => beginning.Within());
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    internal static string Insert(int value) => $"INSERT INTO t VALUES({value})";

    internal static string Values(WalDbConnection connection)
        => (string)connection.Ask("SELECT coalesce(group_concat(a), '') FROM (SELECT a FROM t ORDER BY a)")!;

    private static async ValueTask<BatchUnit> Begin(WalDbConnection connection, bool async)
        => async ? await connection.BeginBatchUnitAsync() : connection.BeginBatchUnit();

    private static async ValueTask Complete(BatchUnit unit, bool async)
    {
        if (async)
        {
            await unit.CompleteAsync();
        }
        else
        {
            unit.Complete();
        }
    }

    private static async ValueTask Dispose(BatchUnit unit, bool async)
    {
        if (async)
        {
            await unit.DisposeAsync();
        }
        else
        {
            unit.Dispose();
        }
    }
}
