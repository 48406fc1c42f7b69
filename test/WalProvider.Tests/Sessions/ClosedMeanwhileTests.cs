using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>
/// Connections that are closed while something of theirs still waits, as where a caller gives up waiting for a task. What waited
/// must not go on with a session that somebody else has by then.
/// </summary>
[TestFixture]
public sealed class ClosedMeanwhileTests
{
    [Test]
    public async Task Write_at_the_gate_is_refused_when_its_connection_was_closed([Values] bool async, [Values] bool isPooled)
    {
        using var database = new TestDatabase($"Pooling={isPooled}");
        using var holder = database.OpenWithTable();
        var connection = database.Open();
        var gate = connection.Session.File!.Gate;
        var transaction = holder.BeginTransaction();
        var write = async ? connection.RunAsync("INSERT INTO t VALUES(1)") : Patience.OnThread(() => connection.Run("INSERT INTO t VALUES(1)"));
        Patience.Until(() => gate.Waiting == 1);

        connection.Dispose();
        using var next = database.Open();
        transaction.Rollback();

        await Should.ThrowAsync<InvalidOperationException>(write.Within());
        next.Session.WriteLock.IsHeld.ShouldBeFalse();
        next.Run("INSERT INTO t VALUES(2)");
        database.CommittedRows().ShouldBe(1);
        gate.Waiting.ShouldBe(0);
    }

    [Test]
    public async Task Write_for_another_process_is_refused_when_its_connection_was_closed([Values] bool async, [Values("", "Write Batch Size=9")] string keywords)
    {
        using var database = new TestDatabase(keywords);
        var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE");
        var write = async ? connection.RunAsync("INSERT INTO t VALUES(1)") : Patience.OnThread(() => connection.Run("INSERT INTO t VALUES(1)"));
        Patience.Until(() => connection.Session.WriteLock.IsHeld);

        connection.Dispose();
        using var next = database.Open();

        await Should.ThrowAsync<InvalidOperationException>(write.Within());
        elsewhere.Run("ROLLBACK");
        next.Session.WriteLock.IsHeld.ShouldBeFalse();
        next.Run("INSERT INTO t VALUES(2)");
        next.CommitBatch();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task Unit_at_the_gate_is_refused_when_its_connection_was_closed([Values] bool isPooled)
    {
        using var database = new TestDatabase($"Write Batch Size=9;Pooling={isPooled}");
        using var holder = database.OpenWithTable();
        var connection = database.Open();
        var transaction = holder.BeginTransaction();
        var unit = connection.BeginBatchUnitAsync();
        Patience.Until(() => connection.Session.File!.Gate.Waiting == 1);

        connection.Dispose();
        using var next = database.Open();
        transaction.Rollback();

        await Should.ThrowAsync<InvalidOperationException>(unit.Within());
        next.Session.WriteLock.IsHeld.ShouldBeFalse();
        next.Session.Batch.HasOpenUnits.ShouldBeFalse();
    }

    [Test]
    public async Task Blob_at_the_gate_is_refused_when_its_connection_was_closed([Values] bool isPooled)
    {
        using var database = new TestDatabase($"Pooling={isPooled}");
        using var holder = database.OpenWithTable();
        holder.Run("INSERT INTO t VALUES(x'0102')");
        var connection = database.Open();
        var transaction = holder.BeginTransaction();
        var blob = Patience.OnThread(() => new WalDbBlob(connection, "t", "a", 1));
        Patience.Until(() => connection.Session.File!.Gate.Waiting == 1);

        connection.Dispose();
        using var next = database.Open();
        transaction.Rollback();

        await Should.ThrowAsync<InvalidOperationException>(blob.Within());
        next.Session.WriteLock.IsHeld.ShouldBeFalse();
        next.Session.OpenResults.ShouldBe(0);
    }

    [Test]
    public async Task Open_gives_its_session_back_when_the_connection_was_disposed([Values] bool async)
    {
        using var database = new TestDatabase("Max Pool Size=1");
        var holder = database.Open();
        var connection = database.Source.CreateConnection();
        var opening = connection.StartOpen(async);
        Patience.Until(() => database.Source.Statistics.Waiting == 1);

        connection.Dispose();
        holder.Dispose();

        await Should.ThrowAsync<InvalidOperationException>(opening.Within());
        connection.State.ShouldBe(System.Data.ConnectionState.Closed);
        database.Source.Statistics.InUse.ShouldBe(0);
    }

    [Test]
    public async Task Close_gives_its_session_back_once_when_several_threads_close()
    {
        using var database = new TestDatabase();
        for (var round = 0; round < 300; round++)
        {
            var connection = database.Open();
            using var start = new Barrier(3);

            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Patience.OnThread(() =>
            {
                start.SignalAndWait();
                connection.Close();
            })));

            var end = database.Source.Statistics;
            (end.Open, end.Idle, end.InUse).ShouldBe((1, 1, 0));
        }
    }

    [Test]
    public async Task Open_takes_one_session_when_several_threads_open()
    {
        using var database = new TestDatabase();
        for (var round = 0; round < 300; round++)
        {
            using var connection = database.Source.CreateConnection();
            using var start = new Barrier(3);

            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Patience.OnThread(() =>
            {
                start.SignalAndWait();
                connection.Open();
            })));

            database.Source.Statistics.InUse.ShouldBe(1);
        }
    }

    [Test]
    public async Task Commands_of_several_threads_are_each_done_once()
    {
        const int Threads = 4;
        const int Each = 5_000;
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var start = new Barrier(Threads);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Patience.OnThread(() =>
        {
            start.SignalAndWait();
            for (var call = 0; call < Each; call++)
                connection.Ask($"SELECT {thread}").ShouldBe((long)thread);
        })));
    }
}
