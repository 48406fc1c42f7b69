namespace WalProvider.Tests;

/// <summary>Looks at the memory of this process every few milliseconds.</summary>
internal sealed class MemoryPeak : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly Timer _timer;
    private long _workingSet;
    private long _heap;

    public MemoryPeak()
    {
        WorkingSetBefore = Environment.WorkingSet;
        _timer = new Timer(_ => Look(), null, TimeSpan.Zero, LookEvery);
    }

    /// <summary>What it had when the look-out began, in bytes.</summary>
    public long WorkingSetBefore { get; }

    /// <summary>The most that it has had, in bytes.</summary>
    public long WorkingSet => Math.Max(_workingSet, WorkingSetBefore);

    /// <summary>The most that the managed heap has held, in bytes, with what was to be collected.</summary>
    public long Heap => _heap;

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        _workingSet = Math.Max(_workingSet, Environment.WorkingSet);
        _heap = Math.Max(_heap, GC.GetTotalMemory(forceFullCollection: false));
    }
}
