namespace WalProvider;

/// <summary>A unit of work with a result.</summary>
internal sealed class QueuedWork<T>(Func<WalDbConnection, ValueTask<T>> work) : QueuedUnit
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    /// <summary>Ends when the work is committed.</summary>
    internal Task<T> Outcome => _outcome.Task;

    internal override async ValueTask Run(WalDbConnection connection) => _result = await work(connection).ConfigureAwait(false);

    internal override void Succeed() => _outcome.TrySetResult(_result);

    internal override void Fail(Exception failure) => _outcome.TrySetException(failure);

    internal override void Cancel(CancellationToken cancellationToken) => _outcome.TrySetCanceled(cancellationToken);
}
