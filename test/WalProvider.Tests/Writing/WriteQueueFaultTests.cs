using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>What units do wrong, each between two that do nothing wrong and share their transaction.</summary>
[TestFixture]
public sealed class WriteQueueFaultTests
{
    [Test]
    public async Task Failure_of_one_unit_is_its_own()
    {
        using var group = await SharedGroup.Begin();
        var culprit = group.Bring(c =>
        {
            c.Run("INSERT INTO t VALUES(2)");
            throw new TimeZoneNotFoundException();
        });

        await group.EndWithBothKept();

        await Should.ThrowAsync<TimeZoneNotFoundException>(() => culprit.Within());
        group.Values.ShouldBe("1,3");
    }

    [Test]
    public async Task Failing_statement_of_one_unit_is_its_own()
    {
        using var group = await SharedGroup.Begin();
        var culprit = group.Bring(c => c.Run("INSERT INTO t VALUES(2); INSERT INTO t VALUES(1)"));

        await group.EndWithBothKept();

        (await Should.ThrowAsync<SqliteException>(() => culprit.Within())).SqliteErrorCode.ShouldBe(19);
        group.Values.ShouldBe("1,3");
    }

    [Test]
    public async Task Unit_that_cancels_itself_is_undone_alone()
    {
        using var group = await SharedGroup.Begin();
        var culprit = group.Bring(c =>
        {
            c.Run("INSERT INTO t VALUES(2)");
            throw new OperationCanceledException();
        });

        await group.EndWithBothKept();

        await Should.ThrowAsync<OperationCanceledException>(() => culprit.Within());
        group.Values.ShouldBe("1,3");
    }

    [Test]
    public async Task Readers_that_a_unit_leaves_open_are_closed_for_it([Values] bool fails)
    {
        using var group = await SharedGroup.Begin();
        var culprit = group.Bring(c =>
        {
            _ = c.Read("SELECT a FROM t").Read();
            _ = c.Read("INSERT INTO t VALUES(4), (5) RETURNING a").Read();
            if (fails)
            {
                throw new TimeZoneNotFoundException();
            }
        });

        await group.EndWithBothKept();

        if (fails)
        {
            await Should.ThrowAsync<TimeZoneNotFoundException>(() => culprit.Within());
        }
        else
        {
            await culprit.Within();
        }

        group.Values.ShouldBe(fails ? "1,3" : "1,3,4,5");
    }

    [Test]
    public async Task Nested_transaction_that_a_unit_leaves_open_fails_it_alone()
    {
        using var group = await SharedGroup.Begin();
        var culprit = group.Bring(c =>
        {
            c.BeginTransaction();
            c.Run("INSERT INTO t VALUES(2)");
        });

        await group.EndWithBothKept();

        await Should.ThrowAsync<InvalidOperationException>(() => culprit.Within());
        group.Values.ShouldBe("1,3");
    }

    [Test]
    public async Task Nested_transactions_of_a_unit_are_its_own_business()
    {
        using var group = await SharedGroup.Begin();
        var unit = group.Bring(c =>
        {
            using (var kept = c.BeginTransaction())
            {
                c.Run("INSERT INTO t VALUES(4)");
                kept.Commit();
            }

            using var undone = c.BeginTransaction();
            c.Run("INSERT INTO t VALUES(5)");
            undone.Rollback();
        });

        await group.EndWithBothKept();

        await unit.Within();
        group.Values.ShouldBe("1,3,4");
    }

    [TestCase("COMMIT")]
    [TestCase("END")]
    [TestCase("ROLLBACK")]
    [TestCase("COMMIT; BEGIN IMMEDIATE")]
    public async Task Unit_cannot_end_the_shared_transaction_by_text(string sql)
    {
        using var group = await SharedGroup.Begin();
        var culprit = group.Bring(c => c.Run("INSERT INTO t VALUES(2);" + sql));

        await group.EndWithBothKept();

        await Should.ThrowAsync<InvalidOperationException>(() => culprit.Within());
        group.Values.ShouldBe("1,3");
    }

    [Test]
    public async Task Unit_cannot_end_the_shared_transaction_by_its_object([Values] bool commits)
    {
        using var group = await SharedGroup.Begin();
        var culprit = group.Bring(c =>
        {
            c.Run("INSERT INTO t VALUES(2)");
            var transaction = c.CreateCommand().Transaction!;
            if (commits)
            {
                transaction.Commit();
            }
            else
            {
                transaction.Rollback();
            }
        });

        await group.EndWithBothKept();

        await Should.ThrowAsync<InvalidOperationException>(() => culprit.Within());
        group.Values.ShouldBe("1,3");
    }

    [Test]
    public async Task Unit_that_closes_the_connection_loses_its_commit_and_no_later_one([Values] bool opensAgain)
    {
        using var group = await SharedGroup.Begin();
        var culprit = group.Bring(c =>
        {
            c.Close();
            if (opensAgain)
            {
                c.Open();
            }
        });

        group.Release();

        await Should.ThrowAsync<InvalidOperationException>(() => culprit.Within());
        var lost = await Should.ThrowAsync<WriteBatchLostException>(() => group.Before.Within());
        lost.SqliteErrorCode.ShouldBe(4);
        await group.After.Within();
        group.Values.ShouldBe("3");
    }

    [Test]
    public async Task Rollback_by_the_engine_fails_the_units_of_its_commit_and_no_later_one()
    {
        using var group = await SharedGroup.Begin();
        var culprit = group.Bring(c => c.Run("INSERT OR ROLLBACK INTO t VALUES(1)"));

        group.Release();

        (await Should.ThrowAsync<WriteBatchLostException>(() => culprit.Within())).SqliteErrorCode.ShouldBe(19);
        (await Should.ThrowAsync<WriteBatchLostException>(() => group.Before.Within())).LostWrites.ShouldBe(3);
        await group.After.Within();
        group.InUse.ShouldBe(1);
        group.Values.ShouldBe("3");
    }

    [Test]
    public async Task Full_database_fails_the_units_of_its_commit_and_no_later_one()
    {
        using var group = await SharedGroup.Begin("Max Page Count=20");
        var culprit = group.Bring(c => c.Run("INSERT INTO t VALUES(zeroblob(1000000))"));

        group.Release();

        (await Should.ThrowAsync<WriteBatchLostException>(() => culprit.Within())).SqliteErrorCode.ShouldBe(13);
        await Should.ThrowAsync<WriteBatchLostException>(() => group.Before.Within());
        await group.After.Within();
        group.Values.ShouldBe("3");
    }

    [Test]
    public async Task Failed_commit_fails_exactly_its_units()
    {
        using var group = await SharedGroup.Begin();
        var culprit = group.Bring(c => c.Run("INSERT INTO c VALUES(1)"));

        group.Release();

        (await Should.ThrowAsync<WriteBatchLostException>(() => culprit.Within())).SqliteErrorCode.ShouldBe(19);
        await Should.ThrowAsync<WriteBatchLostException>(() => group.Before.Within());
        await Should.ThrowAsync<WriteBatchLostException>(() => group.After.Within());
        await group.Queue.WriteAsync(c => { c.Run("INSERT INTO t VALUES(4)"); }).Within();
        group.InUse.ShouldBe(1);
        group.Values.ShouldBe("4");
    }

    [Test]
    public async Task Loss_counts_the_units_that_shared_the_commit_and_none_that_had_failed_before()
    {
        using var group = await SharedGroup.Begin();
        var failed = group.Bring(_ => throw new TimeZoneNotFoundException());
        var culprit = group.Bring(c => c.Run("INSERT INTO c VALUES(1)"));

        group.Release();

        await Should.ThrowAsync<TimeZoneNotFoundException>(() => failed.Within());
        // The one that the group waits for, the one before, the culprit, and the one after.
        (await Should.ThrowAsync<WriteBatchLostException>(() => culprit.Within())).LostWrites.ShouldBe(4);
        (await Should.ThrowAsync<WriteBatchLostException>(() => group.Before.Within())).LostWrites.ShouldBe(4);
    }

    [TestCase(10, true)]
    [TestCase(13, false)]
    public async Task Loss_says_whether_it_is_unknown(int errorCode, bool isUnknown)
    {
        using var group = await SharedGroup.Begin();
        var culprit = group.Bring(c =>
        {
            c.Close();
            throw new SqliteException("As the engine would say it.", errorCode);
        });

        group.Release();

        foreach (var unit in new[] { culprit, group.Before })
        {
            var lost = await Should.ThrowAsync<WriteBatchLostException>(() => unit.Within());
            lost.SqliteErrorCode.ShouldBe(errorCode);
            lost.Message.Contains("unknown", StringComparison.Ordinal).ShouldBe(isUnknown);
            lost.Message.Contains("Nothing of the unit was kept", StringComparison.Ordinal).ShouldBe(!isUnknown);
        }
    }

    [Test]
    public async Task Lock_of_another_process_fails_a_unit_as_busy_and_no_later_one()
    {
        using var database = new TestDatabase("Busy Timeout=0");
        WriteQueueTests.Create(database);
        await using var queue = database.Source.CreateWriteQueue();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE");

        (await Should.ThrowAsync<SqliteBusyException>(() => queue.WriteAsync(c => { c.Run("INSERT INTO t VALUES(1)"); }).Within()))
            .IsTransient.ShouldBeTrue();

        elsewhere.Run("ROLLBACK");
        await queue.WriteAsync(c => { c.Run("INSERT INTO t VALUES(2)"); }).Within();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task Database_that_cannot_be_opened_fails_the_units_and_not_the_queue()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "missing", "test.db");
        await using var source = new WalDbDataSourceBuilder($"Data Source={file}").Build();
        var queue = source.CreateWriteQueue();
        (await Should.ThrowAsync<SqliteException>(() => queue.WriteAsync(c => { c.Run("SELECT 1"); }).Within()))
            .SqliteErrorCode.ShouldBe(14);

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await queue.WriteAsync(c => { c.Run("CREATE TABLE t(a)"); }).Within();

        await queue.DisposeAsync();
        source.Statistics.InUse.ShouldBe(0);
    }
}
