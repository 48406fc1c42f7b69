namespace WalProvider.Benchmarks;

/// <summary>Looks every few milliseconds how much memory the process has.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private const int IntervalMilliseconds = 5;

    private readonly long _start;
    private readonly Timer _timer;
    private long _most;

    public MemoryWatch()
    {
        GC.Collect();
        _start = _most = Environment.WorkingSet;
        _timer = new Timer(_ => Look(), null, 0, IntervalMilliseconds);
    }

    /// <summary>How far it grew above where it stood.</summary>
    public long GrowthBytes
    {
        get
        {
            Look();
            return _most - _start;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look() => _most = Math.Max(_most, Environment.WorkingSet);
}
