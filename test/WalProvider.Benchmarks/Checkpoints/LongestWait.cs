using System.Diagnostics;

namespace WalProvider.Benchmarks;

/// <summary>Repeats one operation on a thread of its own and knows the longest that overlapped with a span of time.</summary>
internal sealed class LongestWait : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Thread _thread;
    private readonly CountdownEvent _started = new(1);
    private volatile bool _isDone;
    private long _from = long.MaxValue;
    private long _to = long.MaxValue;
    private long _longest;

    public LongestWait(Action operation)
    {
        _thread = new Thread(() => Repeat(operation)) { IsBackground = true };
        _thread.Start();
        _started.Wait();
    }

    /// <summary>From here on operations count, those that have begun too.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _from = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Waits for the operation that runs and gives the longest.</summary>
    public TimeSpan End()
    {
        lock (_lock)
        {
            _to = Stopwatch.GetTimestamp();
        }

        _isDone = true;
        _thread.Join();
        return Stopwatch.GetElapsedTime(0, _longest);
    }

    public void Dispose() => _started.Dispose();

    private void Repeat(Action operation)
    {
        while (!_isDone)
        {
            var start = Stopwatch.GetTimestamp();
            operation();
            var end = Stopwatch.GetTimestamp();
            lock (_lock)
            {
                if (end >= _from && start <= _to)
                {
                    _longest = Math.Max(_longest, end - start);
                }
            }

            if (!_started.IsSet)
            {
                _started.Signal();
            }
        }
    }
}
