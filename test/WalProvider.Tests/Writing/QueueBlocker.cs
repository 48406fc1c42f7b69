namespace WalProvider.Tests;

/// <summary>A unit of a write queue that says when it has started and goes on when it is told to.</summary>
internal sealed class QueueBlocker
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task HasStarted => _started.Task;

    public Task Run(WalDbConnection connection)
    {
        _started.TrySetResult();
        return _released.Task;
    }

    public void Release() => _released.TrySetResult();
}
