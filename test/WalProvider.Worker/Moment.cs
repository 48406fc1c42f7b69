using System.Diagnostics;

namespace WalProvider.Worker;

/// <summary>Lets time go by of which any moment is as good: nothing is waited for.</summary>
internal static class Moment
{
    public static void Spend(int microseconds)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started).TotalMicroseconds < microseconds)
            Thread.Yield();
    }
}
