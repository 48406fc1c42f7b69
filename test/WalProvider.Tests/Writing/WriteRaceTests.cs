using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Ten thousand meetings of things that happen at once; what is counted at the end is exact.</summary>
[TestFixture]
public sealed class WriteRaceTests
{
    private const int Rounds = 10_000;

    [Test]
    public async Task Timer_commits_beside_statements_and_closing_and_nothing_is_lost()
    {
        var clock = new HandClock();
        using var database = new TestDatabase("Write Batch Size=3;Write Batch Interval=10;Max Pool Size=2", clock);
        WriteQueueTests.Create(database);
        using var end = new CancellationTokenSource();
        var ticking = Patience.OnThread(() =>
        {
            while (!end.IsCancellationRequested)
            {
                clock.Advance(TimeSpan.FromMilliseconds(10));
                Thread.Yield();
            }
        });
        for (var round = 0; round < Rounds; round++)
        {
            using var connection = database.Open();
            connection.Run("INSERT INTO t VALUES(1)");
            if (round % 3 == 0)
            {
                connection.Run("INSERT INTO t VALUES(2)");
            }
        }

        await end.CancelAsync();
        await ticking.Within();
        database.CommittedRows().ShouldBe(Rounds + (Rounds + 2) / 3);
    }

    [Test]
    public async Task Batches_yield_beside_closing_and_nothing_is_lost()
    {
        using var database = new TestDatabase("Write Batch Size=5;Write Batch Interval=0;Max Pool Size=4");
        WriteQueueTests.Create(database);
        var writers = Enumerable.Range(0, 4).Select(_ => Patience.OnThread(() =>
        {
            for (var round = 0; round < Rounds / 4; round++)
            {
                using var connection = database.Open();
                connection.Run("INSERT INTO t VALUES(1)");
                connection.Run("INSERT INTO t VALUES(2)");
            }
        }));

        await Task.WhenAll(writers).WaitAsync(Patience.Limit * 4);

        database.CommittedRows().ShouldBe(Rounds * 2);
    }

    [Test]
    public async Task Units_beside_waiting_writers_are_never_seen_in_halves()
    {
        using var database = new TestDatabase("Write Batch Size=3;Write Batch Interval=1");
        WriteQueueTests.Create(database);
        var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            for (var round = 0; round < Rounds / 10; round++)
            {
                await using var unit = await connection.BeginBatchUnitAsync();
                await connection.RunAsync("INSERT INTO t VALUES(1)");
                await connection.RunAsync("INSERT INTO t VALUES(2)");
                if ((round + writer) % 4 != 0)
                {
                    await unit.CompleteAsync();
                }
            }
        })).ToList();
        var written = Task.WhenAll(writers);
        using var elsewhere = database.OpenElsewhere();
        var looks = 0;
        while (looks++ < 100 || !written.IsCompleted)
        {
            elsewhere.Ask("SELECT count(*) % 2 FROM t").ShouldBe(0L);
        }

        await written.Within();
        database.CommittedRows().ShouldBe(Rounds / 10 * 3 * 2 * 3 / 4);
    }

    [Test]
    public async Task Units_of_a_queue_that_are_cancelled_are_either_done_or_never_begun()
    {
        using var database = new TestDatabase();
        WriteQueueTests.Create(database);
        var queue = database.Source.CreateWriteQueue(new WriteQueueOptions { Capacity = 32 });
        var callers = Enumerable.Range(0, 20).Select(caller => Task.Run(async () =>
        {
            var kept = 0;
            for (var round = 0; round < Rounds / 20; round++)
            {
                using var cancellation = new CancellationTokenSource();
                var writing = queue.WriteAsync(c => c.Run("INSERT INTO t VALUES(1)"), cancellation.Token);
                if (round % 2 == 0)
                {
                    await Task.Yield();
                }

                await cancellation.CancelAsync();
                try
                {
                    kept += await writing;
                }
                catch (OperationCanceledException)
                {
                    // Never begun, as the count of rows will tell.
                }
            }

            return kept;
        }));

        var done = await Task.WhenAll(callers).WaitAsync(Patience.Limit * 4);

        await queue.DisposeAsync();
        database.CommittedRows().ShouldBe(done.Sum());
    }

    [Test]
    public async Task Queue_that_is_disposed_beside_its_callers_keeps_what_it_took_and_refuses_the_rest()
    {
        using var database = new TestDatabase();
        WriteQueueTests.Create(database);
        var done = 0;
        for (var round = 0; round < 100; round++)
        {
            var queue = database.Source.CreateWriteQueue(new WriteQueueOptions { Capacity = 4 });
            var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                try
                {
                    while (true)
                    {
                        await queue.WriteAsync(c => { c.Run("INSERT INTO t VALUES(1)"); });
                        Interlocked.Increment(ref done);
                    }
                }
                catch (ObjectDisposedException)
                {
                    // The queue's answer from now on.
                }
            })).ToList();
            await queue.WriteAsync(_ => { }).Within();
            await queue.DisposeAsync().AsTask().Within();
            await Task.WhenAll(callers).Within();
        }

        database.CommittedRows().ShouldBe(done);
    }
}
