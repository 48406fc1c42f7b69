using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Units that wait for others, and units whose end lets others go on.</summary>
[TestFixture]
public sealed class BatchUnitWaitTests
{
    private const string Batching = "Write Batch Size=100;Write Batch Interval=500";

    [Test]
    public async Task Begin_queues_at_the_gate_behind_a_writer_of_this_process([Values] bool async, [Values] bool batching)
    {
        using var database = new TestDatabase(batching ? Batching : "");
        using var connection = database.OpenWithTable();
        using var writer = database.Open();
        writer.Run("BEGIN IMMEDIATE");
        var beginning = async ? connection.BeginBatchUnitAsync() : Patience.OnThread(connection.BeginBatchUnit);
        Patience.Until(() => writer.Session.WriteLock.HasWaiters);
        beginning.IsCompleted.ShouldBeFalse();

        writer.Run("ROLLBACK");

        using var unit = await beginning.Within();
        connection.Run(BatchUnitTests.Insert(1));
        unit.Complete();
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task Complete_waits_for_readers_of_a_rollback_journal_until_they_go([Values] bool async)
    {
        using var database = new TestDatabase("Journal Mode=Delete");
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        using var unit = connection.BeginBatchUnit();
        connection.Run(BatchUnitTests.Insert(1));
        elsewhere.Run("BEGIN");
        elsewhere.Ask("SELECT count(*) FROM t").ShouldBe(0L);

        // The asynchronous one is called on this very thread, which must come back to let the reader go.
        var completing = async ? unit.CompleteAsync() : Patience.OnThread(unit.Complete);
        completing.IsCompleted.ShouldBeFalse();
        elsewhere.Run("COMMIT");

        await completing.Within();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Second_disposal_leaves_the_next_unit_alone()
    {
        using var database = new TestDatabase("Journal Mode=Delete;Busy Timeout=0");
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        var unit = connection.BeginBatchUnit();
        connection.Run(BatchUnitTests.Insert(1));
        elsewhere.Run("BEGIN");
        elsewhere.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        Should.Throw<SqliteBusyException>(unit.Complete);
        elsewhere.Run("COMMIT");
        unit.Dispose();
        using var next = connection.BeginBatchUnit();
        connection.Run(BatchUnitTests.Insert(2));

        unit.Dispose();

        next.Complete();
        BatchUnitTests.Values(connection).ShouldBe("2");
    }

    [Test]
    public void Disposal_commits_what_became_overdue_before_the_unit()
    {
        var clock = new HandClock();
        using var database = new TestDatabase(Batching, clock);
        using var connection = database.OpenWithTable();
        connection.Run(BatchUnitTests.Insert(1));
        var unit = connection.BeginBatchUnit();
        connection.Run(BatchUnitTests.Insert(2));
        clock.Advance(TimeSpan.FromSeconds(10));
        connection.PendingWrites.ShouldBe(2);

        unit.Dispose();

        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Complete_of_a_unit_that_is_gone_leaves_another_of_its_depth_open()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        var gone = connection.BeginBatchUnit();
        gone.Dispose();
        using (connection.BeginBatchUnit())
        {
            connection.Run(BatchUnitTests.Insert(1));

            Should.Throw<InvalidOperationException>(gone.Complete);
        }

        connection.CommitBatch();
        database.CommittedRows().ShouldBe(0);
    }

    [Test]
    public void Complete_of_an_inner_unit_that_went_with_its_outer_one_leaves_another_of_its_depth_open()
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        var outer = connection.BeginBatchUnit();
        var inner = connection.BeginBatchUnit();
        outer.Dispose();
        using var next = connection.BeginBatchUnit();
        using (connection.BeginBatchUnit())
        {
            connection.Run(BatchUnitTests.Insert(1));

            Should.Throw<InvalidOperationException>(inner.Complete);
        }

        next.Complete();
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(0);
    }
}
