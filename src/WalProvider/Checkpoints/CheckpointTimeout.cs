namespace WalProvider;

/// <summary>Checks the timeouts that are given to checkpoints.</summary>
internal static class CheckpointTimeout
{
    /// <exception cref="ArgumentOutOfRangeException">It is negative and not the infinite one.</exception>
    internal static void Check(TimeSpan? timeout)
    {
        if (timeout < TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(
                nameof(timeout), timeout, "Zero tries once, Timeout.InfiniteTimeSpan for ever; otherwise it is positive.");
        }
    }
}
