using System.Diagnostics;

namespace WalProvider;

/// <summary>
/// The one place in this process where writers of one database file wait for each other: fair, and without the
/// engine's own waiting, under which threads starve.
/// </summary>
/// <remarks>
/// <para>A free gate is taken at once, even past those who wait: handing it over strictly would put a change of threads
/// between any two writes and halve the throughput. Once the first in the queue has waited five milliseconds it is
/// due, and newcomers queue behind it. It looks again each millisecond, since an owner that went past it may have just
/// left, and asks the holder to give way. Where several wait, one who writes again and again has two milliseconds of it
/// and then queues too: without that, the share of the poorest falls with the number of writers.</para>
/// <para>A waiter is notified and takes the gate itself. Handing ownership to an asynchronous waiter would keep the
/// gate shut until the thread pool gets round to it.</para>
/// <para>Lock order: a session's lock, then this gate's. The gate's lock is held for a few instructions and nothing
/// is called under it.</para>
/// </remarks>
internal sealed class WriteGate
{
    private static readonly TimeSpan DueAfter = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan HeadPoll = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan DefaultSlice = TimeSpan.FromMilliseconds(2);

    private readonly TimeSpan _slice;
    private readonly Lock _lock = new();
    private readonly LinkedList<GateWaiter> _queue = [];
    private IGateHolder? _holder;
    private IGateHolder? _lastHolder;
    private long _sliceBegan;
    private volatile bool _isHeadDue;
    private volatile int _waiting;

    internal WriteGate()
        : this(DefaultSlice)
    {
    }

    /// <summary>Creates a gate with another slice, for tests.</summary>
    internal WriteGate(TimeSpan slice) => _slice = slice;

    /// <summary>Whether anybody waits.</summary>
    internal bool HasWaiters => _waiting != 0;

    /// <summary>How many wait.</summary>
    internal int Waiting => _waiting;

    /// <summary>Takes the gate if it is free, nobody who waits is due, and the holder has not had it again and again for its slice.</summary>
    internal bool TryEnter(IGateHolder holder) => !_isHeadDue && !HasHadItsSlice(holder) && TryTake(holder);

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

    /// <summary>Keeps nothing of one who has left it and does not come again.</summary>
    internal void Forget(IGateHolder holder) => _ = Interlocked.CompareExchange(ref _lastHolder, null, holder);

    private static TimeSpan NextLook(bool isHead, TimeSpan remaining)
        => !isHead ? remaining
            : remaining == Timeout.InfiniteTimeSpan || remaining > HeadPoll ? HeadPoll
            : remaining;

    private bool TryTake(IGateHolder holder)
    {
        if (Interlocked.CompareExchange(ref _holder, holder, null) is not null)
        {
            return false;
        }

        if (!ReferenceEquals(_lastHolder, holder))
        {
            _lastHolder = holder;
            _sliceBegan = Stopwatch.GetTimestamp();
        }

        return true;
    }

    // NB: read without the lock: who is wrong about it queues once too often, or takes the gate once more.
    private bool HasHadItsSlice(IGateHolder holder)
        => _waiting > 1 && ReferenceEquals(_lastHolder, holder) && Stopwatch.GetElapsedTime(_sliceBegan) >= _slice;

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
