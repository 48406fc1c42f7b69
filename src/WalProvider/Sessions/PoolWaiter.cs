namespace WalProvider;

/// <summary>One who waits for a session: gets one that came back, or null for leave to open one.</summary>
internal sealed class PoolWaiter : TaskCompletionSource<WalSession?>
{
    /// <summary>Creates the waiter; whoever serves it does not run its continuation.</summary>
    internal PoolWaiter()
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
    }

    /// <summary>Waits to be served.</summary>
    /// <exception cref="TimeoutException">The time is up.</exception>
    internal async ValueTask<WalSession?> Wait(TimeSpan atMost, TimeProvider clock, bool async, CancellationToken cancellationToken)
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
