using System.Collections.Concurrent;

namespace WalProvider;

/// <summary>The write gates of this process, one for each database file, whatever name it was opened by.</summary>
internal static class WriteGates
{
    // Weak, so that a program which opens ever new files keeps no gates of files it has closed.
    private static readonly ConcurrentDictionary<string, WeakReference<WriteGate>> Gates
        = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>The gate of a file, by its real path or by the name of a shared memory database.</summary>
    internal static WriteGate For(string key)
    {
        while (true)
        {
            var fresh = new WriteGate();
            var reference = Gates.GetOrAdd(key, static (_, gate) => new WeakReference<WriteGate>(gate), fresh);
            if (reference.TryGetTarget(out var gate))
            {
                return gate;
            }

            Gates.TryRemove(new KeyValuePair<string, WeakReference<WriteGate>>(key, reference));
        }
    }
}
