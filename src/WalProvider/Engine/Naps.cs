using System.Runtime.InteropServices;

namespace WalProvider;

/// <summary>Sleeps for less than a millisecond where the system can.</summary>
internal static partial class Naps
{
    /// <summary>Blocks the thread for about that long.</summary>
    internal static void Sleep(TimeSpan length)
    {
        // NB: Thread.Sleep counts whole milliseconds, and half a one would be a mere yield.
        if (OperatingSystem.IsWindows() || length.TotalMilliseconds >= 900)
        {
            Thread.Sleep(Math.Max(1, (int)length.TotalMilliseconds));
        }
        else
        {
            _ = USleep((uint)length.TotalMicroseconds);
        }
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int USleep(uint microseconds);
}
