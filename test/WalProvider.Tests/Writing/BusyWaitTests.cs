using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class BusyWaitTests
{
    [Test]
    public void Clock_starts_with_the_first_wait()
    {
        var wait = new BusyWait();
        wait.Restart(TimeSpan.FromMinutes(5));
        wait.Elapsed.ShouldBe(TimeSpan.Zero);
        wait.Remaining.ShouldBe(TimeSpan.FromMinutes(5));
        wait.Begin();
        Patience.Until(() => wait.Elapsed > TimeSpan.Zero);
        wait.Remaining.ShouldBeLessThan(TimeSpan.FromMinutes(5));
        wait.IsSpent.ShouldBeFalse();
    }

    [Test]
    public void Restart_grants_the_time_anew()
    {
        var wait = new BusyWait();
        wait.Restart(TimeSpan.Zero);
        wait.IsSpent.ShouldBeTrue();
        wait.Begin();
        wait.Restart(TimeSpan.FromMinutes(1));
        wait.Elapsed.ShouldBe(TimeSpan.Zero);
        wait.IsSpent.ShouldBeFalse();
    }

    [Test]
    public void Infinite_time_is_never_spent()
    {
        var wait = new BusyWait();
        wait.Restart(Timeout.InfiniteTimeSpan);
        wait.Begin();
        wait.IsSpent.ShouldBeFalse();
        wait.Remaining.ShouldBe(Timeout.InfiniteTimeSpan);
    }

    // NB: a negative time is an infinite wait to who waits for a signal, or an error.
    [Test]
    public void Remaining_is_never_negative_when_the_time_runs_out_while_it_is_read()
    {
        var wait = new BusyWait();
        var least = TimeSpan.Zero;
        for (var n = 0; n < 100_000; n++)
        {
            wait.Restart(TimeSpan.FromTicks(1 + n % 20));
            wait.Begin();
            for (var remaining = TimeSpan.MaxValue; remaining > TimeSpan.Zero;)
            {
                remaining = wait.Remaining;
                least = remaining < least ? remaining : least;
            }
        }

        least.ShouldBe(TimeSpan.Zero);
    }

    [Test]
    public async Task Naps_spend_the_time([Values] bool async)
    {
        var wait = new BusyWait();
        wait.Restart(TimeSpan.FromMilliseconds(60));
        var naps = 0;
        for (; !wait.IsSpent; naps++)
            await wait.Nap(async, CancellationToken.None);
        // The shortest nap is half of half a millisecond.
        naps.ShouldBeInRange(1, 240);
    }

    [Test]
    public async Task Nap_ends_when_it_is_cancelled([Values] bool async)
    {
        var wait = new BusyWait();
        wait.Restart(TimeSpan.FromMinutes(1));
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await wait.Nap(async, cancellation.Token));
    }

    [TestCase(0, 0.5, 0.8)]
    [TestCase(0, 0, 0.4)]
    [TestCase(0, 1, 1.2)]
    [TestCase(1, 0.5, 1.2)]
    [TestCase(4, 0.5, 4.05)]
    [TestCase(5, 0.5, 5)]
    [TestCase(5, 1, 7.5)]
    [TestCase(7, 0.5, 5)]
    [TestCase(8, 0.5, 0.5)]
    [TestCase(8, 1, 0.75)]
    [TestCase(int.MaxValue, 0.5, 0.5)]
    public void NapLength_grows_to_five_milliseconds_and_is_short_for_who_has_waited_long(int nap, double jitter, double milliseconds)
    {
        BusyWait.NapLength(nap, jitter).TotalMilliseconds.ShouldBe(milliseconds, 0.001);
    }
}
