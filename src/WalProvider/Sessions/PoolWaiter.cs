namespace WalProvider;

/// <summary>One who waits for a session: gets one that came back, or null for leave to open one.</summary>
internal sealed class PoolWaiter : TaskCompletionSource<WalSession?>
{
    /// <summary>Creates the waiter; whoever serves it does not run its continuation.</summary>
    internal PoolWaiter()
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
    }

    /// <summary>Waits to be served, and leaves the queue where that takes too long or is cancelled.</summary>
    /// <param name="atMost">How long.</param>
    /// <param name="clock">What that is measured by.</param>
    /// <param name="tryWithdraw">Takes it out of its queue; false where it was served meanwhile.</param>
    /// <param name="tooLate">What is thrown when the time is up.</param>
    /// <param name="async">Whether to wait off the thread.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async ValueTask<WalSession?> Wait(
        TimeSpan atMost, TimeProvider clock, Func<bool> tryWithdraw, Func<Exception> tooLate, bool async, CancellationToken cancellationToken)
    {
        try
        {
            return await Wait(atMost, clock, async, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            if (tryWithdraw())
            {
                throw error is TimeoutException ? tooLate() : error;
            }

            // Served at the last moment: what was given must not be lost.
            return await Task.ConfigureAwait(false);
        }
    }

    private async ValueTask<WalSession?> Wait(TimeSpan atMost, TimeProvider clock, bool async, CancellationToken cancellationToken)
    {
        if (async)
        {
            return await Task.WaitAsync(atMost, clock, cancellationToken).ConfigureAwait(false);
        }

        var milliseconds = (int)Math.Min(int.MaxValue, atMost.TotalMilliseconds);
        return System.Threading.Tasks.Task.WaitAny([Task], milliseconds, cancellationToken) < 0
            ? throw new TimeoutException()
            : Task.GetAwaiter().GetResult();
    }
}
