using System.Diagnostics;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Waits for what other threads do: long enough for a busy machine, and never longer than it takes.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Waits for a task within the limit.</summary>
    public static Task Within(this Task task) => task.WaitAsync(Limit);

    /// <inheritdoc cref="Within(Task)"/>
    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Limit);

    /// <summary>Waits until something holds of which there is no signal, giving the processor away meanwhile.</summary>
    public static void Until(Func<bool> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Limit);
            Thread.Yield();
        }
    }

    /// <summary>Runs something that blocks on a thread of its own.</summary>
    public static Task OnThread(Action action)
        => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <inheritdoc cref="OnThread(Action)"/>
    public static Task<T> OnThread<T>(Func<T> function)
        => Task.Factory.StartNew(function, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Opens in the one way or the other without blocking this thread.</summary>
    public static Task StartOpen(this WalDbConnection connection, bool async, CancellationToken cancellationToken = default)
        => async ? connection.OpenAsync(cancellationToken) : OnThread(connection.Open);
}
