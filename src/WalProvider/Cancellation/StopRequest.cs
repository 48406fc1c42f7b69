namespace WalProvider;

/// <summary>
/// A command's request to stop what it executes, made from any thread. It costs nothing as long as nobody makes it and
/// nobody waits for it.
/// </summary>
/// <remarks>
/// Each execution forgets the source of the one before: a request that comes late ends up in a source that nobody looks at.
/// </remarks>
internal struct StopRequest
{
    private CancellationTokenSource? _source;

    /// <summary>Whether it was made.</summary>
    internal readonly bool IsMade => _source is { IsCancellationRequested: true };

    /// <summary>Makes it. Whoever waits goes on by a thread of the pool, and not by this one.</summary>
    internal void Make() => _ = Source().CancelAsync();

    /// <summary>A token for a wait that is to end with it.</summary>
    internal CancellationToken Await() => Source().Token;

    /// <summary>Forgets it: something new begins.</summary>
    internal void Forget()
    {
        if (_source is not null)
        {
            _source = null;
        }
    }

    private CancellationTokenSource Source()
    {
        if (Volatile.Read(ref _source) is { } known)
        {
            return known;
        }

        var created = new CancellationTokenSource();
        return Interlocked.CompareExchange(ref _source, created, null) ?? created;
    }
}
