namespace WalProvider;

/// <summary>One unit of work in a write queue, and the promise of its outcome.</summary>
internal abstract class QueuedUnit
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Cancelled = 2;

    private int _state;

    /// <summary>Takes the unit out of the queue; false if it was cancelled while it waited.</summary>
    internal bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

    /// <summary>Cancels it if it has not started.</summary>
    internal bool TryCancel() => Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting;

    /// <summary>Does the work; its result waits for the commit.</summary>
    internal abstract ValueTask Run(WalDbConnection connection);

    /// <summary>The work is committed: whoever waits may go on.</summary>
    internal abstract void Succeed();

    /// <summary>The work is undone.</summary>
    internal abstract void Fail(Exception failure);

    /// <summary>The work was never begun.</summary>
    internal abstract void Cancel(CancellationToken cancellationToken);
}
