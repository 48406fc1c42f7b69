using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace WalProvider;

/// <summary>Values by name, each kept for as long as somebody else keeps it. Thread-safe.</summary>
/// <param name="comparer">How names are compared.</param>
/// <remarks>A program that opens ever new files would otherwise keep something of each file that it has closed.</remarks>
internal sealed class WeakMap<T>(StringComparer comparer)
    where T : class
{
    private const int LeastSwept = 128;

    private readonly ConcurrentDictionary<string, WeakReference<T>> _entries = new(comparer);
    private int _sweepAbove = LeastSwept;

    /// <summary>How many names it holds, those included whose values are gone and not yet swept away.</summary>
    internal int Count => _entries.Count;

    /// <summary>The value of a name, if it is still there.</summary>
    internal bool TryGet(string name, [NotNullWhen(true)] out T? value)
    {
        value = null;
        return _entries.TryGetValue(name, out var entry) && entry.TryGetTarget(out value);
    }

    /// <summary>The value of a name; this one where there was none.</summary>
    internal T GetOrAdd(string name, T fresh)
    {
        while (true)
        {
            var entry = _entries.GetOrAdd(name, static (_, value) => new WeakReference<T>(value), fresh);
            if (entry.TryGetTarget(out var value))
            {
                if (ReferenceEquals(value, fresh))
                {
                    Sweep();
                }

                return value;
            }

            _entries.TryRemove(KeyValuePair.Create(name, entry));
        }
    }

    // Each time that the names have doubled: a look at every name costs a fixed part of what adding them did.
    private void Sweep()
    {
        if (_entries.Count <= Volatile.Read(ref _sweepAbove))
        {
            return;
        }

        foreach (var entry in _entries)
        {
            if (!entry.Value.TryGetTarget(out _))
            {
                _entries.TryRemove(entry);
            }
        }

        Volatile.Write(ref _sweepAbove, Math.Max(LeastSwept, 2 * _entries.Count));
    }
}
