using System.Collections.Concurrent;

namespace WalProvider;

/// <summary>What handlers have thrown, kept until it can be thrown where it cuts nothing short: the write that was told of is done.</summary>
internal sealed class HandlerFailures
{
    private readonly ConcurrentQueue<Exception> _failures = new();

    /// <summary>Keeps one.</summary>
    internal void Fail(Exception failure) => _failures.Enqueue(failure);

    /// <summary>Throws what handlers have thrown since the last time.</summary>
    /// <exception cref="AggregateException">Handlers have thrown.</exception>
    internal void Throw()
    {
        if (_failures.IsEmpty)
        {
            return;
        }

        var failures = new List<Exception>();
        while (_failures.TryDequeue(out var failure))
        {
            failures.Add(failure);
        }

        throw new AggregateException("A handler of Changed has failed. What it was told of is committed, and stays so.", failures);
    }
}
