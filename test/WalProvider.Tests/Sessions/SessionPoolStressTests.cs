using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class SessionPoolStressTests
{
    private const int Threads = 16;
    private const int Rounds = 10_000;

    [Test]
    public async Task Open_leaks_nothing_when_many_threads_hammer_the_pool([Values] bool async)
    {
        using var database = new TestDatabase("Max Pool Size=4;Connection Timeout=60");
        var left = Rounds;
        var most = 0;

        async Task Hammer()
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await using var connection = database.Source.CreateConnection();
                if (async)
                    await connection.OpenAsync();
                else
                    connection.Open();
                InterlockedMax(ref most, database.Source.Statistics.InUse);
                connection.Ask("SELECT 1").ShouldBe(1L);
            }
        }

        var workers = Enumerable.Range(0, Threads)
            .Select(_ => async ? Task.Run(Hammer) : Patience.OnThread(() => Hammer().GetAwaiter().GetResult()));
        await Task.WhenAll(workers).Within();

        var end = database.Source.Statistics;
        (end.InUse, end.Waiting, end.Dropped).ShouldBe((0, 0, 0));
        end.Open.ShouldBe(end.Idle);
        most.ShouldBeInRange(1, 4);
        end.Created.ShouldBeInRange(1, 4);
    }

    [Test]
    public async Task Open_leaks_nothing_when_sessions_come_back_dirty_are_cancelled_and_cleared()
    {
        using var database = new TestDatabase("Max Pool Size=3;Connection Timeout=60");
        var left = 2_000;

        async Task Hammer()
        {
            for (int round; (round = Interlocked.Decrement(ref left)) >= 0;)
            {
                using var cancellation = new CancellationTokenSource();
                var connection = database.Source.CreateConnection();
                var opened = connection.OpenAsync(cancellation.Token);
                if (round % 7 == 0)
                    await cancellation.CancelAsync();
                await Task.WhenAny(opened);
                if (opened.IsCompletedSuccessfully && round % 5 == 0)
                    connection.Run("PRAGMA cache_size=100");
                if (round % 50 == 0)
                    database.Source.Clear();
                await connection.DisposeAsync();
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Hammer))).Within();

        var end = database.Source.Statistics;
        (end.InUse, end.Waiting).ShouldBe((0, 0));
        end.Open.ShouldBeLessThanOrEqualTo(3);
        (end.Created - end.Dropped).ShouldBe(end.Open);
        // All three slots are still there.
        using var first = database.Open();
        using var second = database.Open();
        using var third = database.Open();
        database.Source.Statistics.InUse.ShouldBe(3);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen; seen = target)
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
