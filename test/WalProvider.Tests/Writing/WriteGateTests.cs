using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WriteGateTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [Test]
    public void TryEnter_takes_a_free_gate_and_no_other()
    {
        var gate = new WriteGate();
        gate.TryEnter(new HandHolder()).ShouldBeTrue();
        gate.TryEnter(new HandHolder()).ShouldBeFalse();
        gate.Exit();
        gate.TryEnter(new HandHolder()).ShouldBeTrue();
    }

    [Test]
    public async Task Enter_takes_the_gate_when_it_is_left([Values] bool async)
    {
        var gate = new WriteGate();
        gate.TryEnter(new HandHolder());
        var entered = Enter(gate, new HandHolder(), async);
        Patience.Until(() => gate.HasWaiters);

        gate.Exit();
        await entered.Within();

        gate.HasWaiters.ShouldBeFalse();
        gate.TryEnter(new HandHolder()).ShouldBeFalse();
        gate.Exit();
        gate.TryEnter(new HandHolder()).ShouldBeTrue();
    }

    [Test]
    public async Task Newcomer_is_kept_out_once_the_first_in_the_queue_is_due([Values] bool async)
    {
        for (var round = 0; round < 20; round++)
        {
            var gate = new WriteGate();
            var holder = new HandHolder();
            gate.TryEnter(holder);
            var wait = new BusyWait();
            wait.Restart(Long);
            var entered = Enter(gate, new HandHolder(), async, wait);
            Patience.Until(() => wait.Elapsed > TimeSpan.FromMilliseconds(5));
            // It looks twice after that: the first look may have begun before.
            var seen = holder.Asked;
            Patience.Until(() => holder.Asked >= seen + 2);

            gate.Exit();
            gate.TryEnter(new HandHolder()).ShouldBeFalse();

            await entered.Within();
            gate.Exit();
            gate.TryEnter(new HandHolder()).ShouldBeTrue();
        }
    }

    [Test]
    public async Task Owner_who_has_had_its_slice_queues_where_several_wait()
    {
        for (var round = 0; round < 100; round++)
        {
            var gate = new WriteGate(slice: TimeSpan.Zero);
            var owner = new HandHolder();
            gate.TryEnter(owner).ShouldBeTrue();
            Task[] entered = [Enter(gate, new HandHolder(), true), Enter(gate, new HandHolder(), true)];
            Patience.Until(() => gate.Waiting == 2);

            // Those who wait take the gate some time after this; the owner would be there first.
            gate.Exit();
            gate.TryEnter(owner).ShouldBeFalse();

            await (await Task.WhenAny(entered)).Within();
            gate.Exit();
            await Task.WhenAll(entered).Within();
        }
    }

    [Test]
    public void Owner_writes_again_and_again_while_nobody_waits()
    {
        var gate = new WriteGate(slice: TimeSpan.Zero);
        var owner = new HandHolder();
        for (var round = 0; round < 3; round++)
        {
            gate.TryEnter(owner).ShouldBeTrue();
            gate.Exit();
        }
    }

    [Test]
    public async Task Those_who_wait_are_served_in_the_order_of_coming([Values] bool async)
    {
        var gate = new WriteGate();
        var first = new HandHolder();
        gate.TryEnter(first);
        var served = new List<int>();
        var tasks = new List<Task>();
        for (var index = 0; index < 5; index++)
        {
            var number = index;
            var wait = new BusyWait();
            wait.Restart(Long);
            tasks.Add(Serve(number, wait));
            Patience.Until(() => gate.Waiting == number + 1);
        }

        gate.Exit();
        await Task.WhenAll(tasks).Within();
        served.ShouldBe([0, 1, 2, 3, 4]);

        async Task Serve(int number, BusyWait wait)
        {
            await Enter(gate, new HandHolder(), async, wait);
            served.Add(number);
            gate.Exit();
        }
    }

    [Test]
    public async Task Head_asks_the_holder_to_give_way_and_the_others_do_not()
    {
        var gate = new WriteGate();
        var askers = 0;
        var holder = new HandHolder();
        var isLeft = 0;
        holder.WhenAsked = () =>
        {
            Interlocked.Increment(ref askers);
            if (Interlocked.Exchange(ref isLeft, 1) == 0)
                gate.Exit();
        };
        gate.TryEnter(holder);

        await Enter(gate, new HandHolder(), async: true).Within();

        askers.ShouldBe(1);
    }

    [Test]
    public void Enter_throws_and_names_the_holder_when_its_time_is_up([Values] bool async)
    {
        var gate = new WriteGate();
        gate.TryEnter(new HandHolder("'app' writes"));
        var wait = new BusyWait();
        wait.Restart(TimeSpan.FromMilliseconds(20));

        var error = Should.Throw<WriteGateTimeoutException>(() => Enter(gate, new HandHolder(), async, wait).Within());

        error.SqliteErrorCode.ShouldBe(5);
        error.Message.ShouldContain("'app' writes");
        error.Message.ShouldContain("20 ms");
        error.HelpLink.ShouldNotBeNull();
        gate.HasWaiters.ShouldBeFalse();
        gate.Exit();
        gate.TryEnter(new HandHolder()).ShouldBeTrue();
    }

    [Test]
    public void Enter_tries_once_when_no_time_is_granted([Values] bool async)
    {
        var gate = new WriteGate();
        gate.TryEnter(new HandHolder());
        var wait = new BusyWait();
        wait.Restart(TimeSpan.Zero);
        Should.Throw<WriteGateTimeoutException>(() => Enter(gate, new HandHolder(), async, wait).Within());
        gate.HasWaiters.ShouldBeFalse();
    }

    [Test]
    public async Task Enter_leaves_the_queue_when_it_is_cancelled_and_the_next_is_served()
    {
        var gate = new WriteGate();
        gate.TryEnter(new HandHolder());
        using var cancellation = new CancellationTokenSource();
        var cancelled = Enter(gate, new HandHolder(), async: true, cancellationToken: cancellation.Token);
        var next = Enter(gate, new HandHolder(), async: true);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled.Within());
        next.IsCompleted.ShouldBeFalse();
        gate.Exit();

        await next.Within();
        gate.HasWaiters.ShouldBeFalse();
    }

    [Test]
    public async Task Next_asks_the_holder_to_give_way_when_the_first_in_the_queue_has_given_up([Values] bool async)
    {
        var gate = new WriteGate();
        var holder = new HandHolder();
        gate.TryEnter(holder);
        using var cancellation = new CancellationTokenSource();
        var cancelled = Enter(gate, new HandHolder(), async: true, cancellationToken: cancellation.Token);
        Patience.Until(() => gate.Waiting == 1);
        var next = Enter(gate, new HandHolder(), async);
        Patience.Until(() => gate.Waiting == 2);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled.Within());

        var seen = holder.Asked;
        Patience.Until(() => holder.Asked > seen);
        gate.Exit();
        await next.Within();
    }

    [Test]
    public async Task Gate_is_never_lost_when_waiters_are_cancelled_while_it_is_handed_on()
    {
        var gate = new WriteGate();
        for (var round = 0; round < 300; round++)
        {
            gate.TryEnter(new HandHolder()).ShouldBeTrue();
            using var cancellation = new CancellationTokenSource();
            var entered = Enter(gate, new HandHolder(), async: true, cancellationToken: cancellation.Token);
            using var both = new Barrier(2);
            var left = Task.Run(() =>
            {
                both.SignalAndWait();
                gate.Exit();
            });
            both.SignalAndWait();
            await cancellation.CancelAsync();
            await left.Within();
            await Task.WhenAny(entered).Within();
            if (entered.IsCompletedSuccessfully)
                gate.Exit();
        }

        gate.HasWaiters.ShouldBeFalse();
    }

    [Test]
    public async Task Only_one_is_inside_at_a_time()
    {
        var gate = new WriteGate();
        var inside = 0;
        var most = 0;
        var entered = 0;

        async Task Go(bool async)
        {
            for (var round = 0; round < 500; round++)
            {
                var holder = new HandHolder();
                if (!gate.TryEnter(holder))
                    await Enter(gate, holder, async);
                most = Math.Max(most, Interlocked.Increment(ref inside));
                entered++;
                Interlocked.Decrement(ref inside);
                gate.Exit();
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Task.Run(() => Go(async: index % 2 == 0)))).Within();

        most.ShouldBe(1);
        entered.ShouldBe(4000, "nothing but the gate guards this number");
        gate.HasWaiters.ShouldBeFalse();
    }

    [Test]
    public async Task Enter_throws_in_the_middle_of_the_queue_too([Values] bool async)
    {
        var gate = new WriteGate();
        gate.TryEnter(new HandHolder());
        var head = Enter(gate, new HandHolder(), async);
        Patience.Until(() => gate.Waiting == 1);
        var wait = new BusyWait();
        wait.Restart(TimeSpan.FromMilliseconds(20));

        await Should.ThrowAsync<WriteGateTimeoutException>(() => Enter(gate, new HandHolder(), async, wait).Within());

        gate.Waiting.ShouldBe(1);
        gate.Exit();
        await head.Within();
    }

    private static Task Enter(
        WriteGate gate, IGateHolder holder, bool async, BusyWait? wait = null, CancellationToken cancellationToken = default)
    {
        if (wait is null)
        {
            wait = new BusyWait();
            wait.Restart(Long);
        }

        return async
            ? gate.Enter(holder, wait, async: true, cancellationToken).AsTask()
            : Patience.OnThread(() => gate.Enter(holder, wait, async: false, cancellationToken).AsTask().GetAwaiter().GetResult());
    }
}
