using System.Collections.Concurrent;

namespace WalProvider;

/// <summary>What was committed and is to be told to the handlers of one event, in order, one at a time.</summary>
/// <param name="listeners">The sender, null where it is gone, and the handlers, null where there are none.</param>
internal sealed class ChangeFeed(Func<(object? Sender, EventHandler<WalChangedEventArgs>? Handlers)> listeners)
{
    private readonly HandlerFailures _failures = new();
    // Made when it is needed: there is a feed for each data source, and few have listeners.
    private ConcurrentQueue<RowChange[]>? _committed;
    private int _isDelivering;

    /// <summary>Whether something is still to be told.</summary>
    internal bool HasSomething => _committed is { IsEmpty: false };

    /// <summary>Whether anybody listens.</summary>
    internal bool HasListeners => listeners().Handlers is not null;

    /// <summary>Keeps the sender from being collected, since it was closed before its transaction ended.</summary>
    internal object? Sender { get; set; }

    /// <summary>Adds what a transaction has committed.</summary>
    internal void Add(RowChange[] committed)
        => LazyInitializer.EnsureInitialized(ref _committed, () => new ConcurrentQueue<RowChange[]>()).Enqueue(committed);

    /// <summary>
    /// Tells what there is. Where another thread is at it, or this one further up its stack, that one tells what was added.
    /// </summary>
    internal void Deliver()
    {
        while (_committed is { IsEmpty: false } queue && Interlocked.Exchange(ref _isDelivering, 1) == 0)
        {
            try
            {
                while (queue.TryDequeue(out var committed))
                {
                    Tell(committed);
                }
            }
            finally
            {
                Volatile.Write(ref _isDelivering, 0);
            }
        }
    }

    /// <inheritdoc cref="HandlerFailures.Throw"/>
    internal void ThrowFailures() => _failures.Throw();

    private void Tell(RowChange[] committed)
    {
        var (sender, handlers) = listeners();
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                foreach (var change in committed)
                {
                    handler(sender, new WalChangedEventArgs(change));
                }
            }
            catch (Exception failure)
            {
                _failures.Fail(failure);
            }
        }
    }
}
