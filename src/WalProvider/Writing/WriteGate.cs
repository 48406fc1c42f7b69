namespace WalProvider;

/// <summary>
/// The one place in this process where writers of one database file wait for each other: fair, and without the
/// engine's own waiting, under which threads starve.
/// </summary>
/// <remarks>
/// <para>A free gate is taken at once, even past those who wait: handing it over strictly would put a change of threads
/// between any two writes and halve the throughput. Once the first in the queue has waited five milliseconds it is
/// due, and newcomers queue behind it. It looks again each millisecond, since an owner that went past it may have just
/// left, and asks the holder to give way.</para>
/// <para>A waiter is notified and takes the gate itself. Handing ownership to an asynchronous waiter would keep the
/// gate shut until the thread pool gets round to it.</para>
/// <para>Lock order: a session's lock, then this gate's. The gate's lock is held for a few instructions and nothing
/// is called under it.</para>
/// </remarks>
internal sealed class WriteGate
{
    private static readonly TimeSpan DueAfter = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan HeadPoll = TimeSpan.FromMilliseconds(1);

    private readonly Lock _lock = new();
    private readonly LinkedList<GateWaiter> _queue = [];
    private IGateHolder? _holder;
    private volatile bool _isHeadDue;
    private volatile int _waiting;

    /// <summary>Whether anybody waits.</summary>
    internal bool HasWaiters => _waiting != 0;

    /// <summary>How many wait.</summary>
    internal int Waiting => _waiting;

    /// <summary>Takes the gate if it is free and nobody who waits is due.</summary>
    internal bool TryEnter(IGateHolder holder) => !_isHeadDue && TryTake(holder);

    /// <summary>Waits in the queue until the gate is taken.</summary>
    /// <exception cref="WriteGateTimeoutException">The time granted is spent.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while waiting.</exception>
    internal async ValueTask Enter(IGateHolder holder, BusyWait wait, bool async, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _holder) is { IsOnThisThread: true } self)
        {
            // A user function that writes through a second connection: the time would pass in vain.
            throw WriteGateTimeoutException.OfThisThread(self.Describe());
        }

        wait.Begin();
        var waiter = new GateWaiter();
        var place = Enqueue(waiter);
        try
        {
            for (var isHead = IsHead(place); !(isHead && TryTake(holder)); isHead = IsHead(place))
            {
                if (wait.IsSpent)
                {
                    throw WriteGateTimeoutException.Create(wait.Limit, Volatile.Read(ref _holder)?.Describe());
                }

                if (isHead)
                {
                    _isHeadDue = wait.Elapsed >= DueAfter;
                    Volatile.Read(ref _holder)?.TryYield();
                }

                await waiter.Wait(NextLook(isHead, wait.Remaining), async, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Leave(place);
        }
    }

    /// <summary>Leaves the gate open for the next.</summary>
    internal void Exit()
    {
        Volatile.Write(ref _holder, null);
        // NB: the write above must be seen before the count is read, or a waiter that enqueued in between would be
        // missed until its next look.
        Interlocked.MemoryBarrier();
        if (_waiting != 0)
        {
            SignalHead();
        }
    }

    private static TimeSpan NextLook(bool isHead, TimeSpan remaining)
        => !isHead ? remaining
            : remaining == Timeout.InfiniteTimeSpan || remaining > HeadPoll ? HeadPoll
            : remaining;

    private bool TryTake(IGateHolder holder) => Interlocked.CompareExchange(ref _holder, holder, null) is null;

    private LinkedListNode<GateWaiter> Enqueue(GateWaiter waiter)
    {
        lock (_lock)
        {
            _waiting++;
            return _queue.AddLast(waiter);
        }
    }

    private bool IsHead(LinkedListNode<GateWaiter> place)
    {
        lock (_lock)
        {
            return ReferenceEquals(_queue.First, place);
        }
    }

    private void Leave(LinkedListNode<GateWaiter> place)
    {
        lock (_lock)
        {
            var wasHead = ReferenceEquals(_queue.First, place);
            _queue.Remove(place);
            _waiting--;
            if (wasHead)
            {
                _isHeadDue = false;
                _queue.First?.Value.Signal();
            }
        }
    }

    private void SignalHead()
    {
        lock (_lock)
        {
            _queue.First?.Value.Signal();
        }
    }
}
