namespace WalProvider;

/// <summary>One who waits at a write gate, a thread or a task.</summary>
internal sealed class GateWaiter
{
    // NB: never disposed, since a signal may still be on its way to one who has left; it holds no handle as long as
    // nobody asks for its AvailableWaitHandle.
    private readonly SemaphoreSlim _signal = new(0);

    /// <summary>Tells the waiter to look again: the gate may be free, or it is now the first in the queue.</summary>
    internal void Signal()
    {
        if (_signal.CurrentCount == 0)
        {
            _signal.Release();
        }
    }

    /// <summary>Waits for a signal, or until the time is up.</summary>
    internal async ValueTask Wait(TimeSpan atMost, bool async, CancellationToken cancellationToken)
    {
        if (async)
        {
            await _signal.WaitAsync(atMost, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _signal.Wait(atMost, cancellationToken);
        }
    }
}
