using System.Collections.Concurrent;

namespace WalProvider;

/// <summary>What handlers have thrown, kept until it can be thrown where it cuts nothing short: the write that was told of is done.</summary>
internal sealed class HandlerFailures
{
    // Made when it is needed: there is one of these for each data source, and handlers seldom fail.
    private ConcurrentQueue<Exception>? _failures;

    /// <summary>Keeps one.</summary>
    internal void Fail(Exception failure)
        => LazyInitializer.EnsureInitialized(ref _failures, () => new ConcurrentQueue<Exception>()).Enqueue(failure);

    /// <summary>Throws what handlers have thrown since the last time.</summary>
    /// <exception cref="AggregateException">Handlers have thrown.</exception>
    internal void Throw()
    {
        if (_failures is not { IsEmpty: false } kept)
        {
            return;
        }

        var failures = new List<Exception>();
        while (kept.TryDequeue(out var failure))
        {
            failures.Add(failure);
        }

        throw new AggregateException("A handler of Changed has failed. What it was told of is committed, and stays so.", failures);
    }
}
