namespace WalProvider;

/// <summary>One who waits for a session: gets one that came back, or null for leave to open one.</summary>
internal sealed class PoolWaiter : TaskCompletionSource<WalSession?>
{
    /// <summary>Creates the waiter; whoever serves it does not run its continuation.</summary>
    internal PoolWaiter()
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
    }
}
