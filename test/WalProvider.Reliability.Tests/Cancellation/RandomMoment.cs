using System.Diagnostics;

namespace WalProvider.Tests;

/// <summary>Does something at a moment that nobody can foresee, on another thread.</summary>
internal static class RandomMoment
{
    private const int MostMicroseconds = 150;

    /// <param name="action">Null for nothing.</param>
    /// <param name="mostMicroseconds">The latest that it may be.</param>
    public static Task Start(Action? action, int mostMicroseconds = MostMicroseconds)
    {
        var moment = Random.Shared.Next(mostMicroseconds);
        var started = Stopwatch.GetTimestamp();
        return Task.Run(() =>
        {
            // Not slept: that would be a millisecond at least.
            while (Stopwatch.GetElapsedTime(started).TotalMicroseconds < moment)
                Thread.Yield();
            action?.Invoke();
        });
    }
}
