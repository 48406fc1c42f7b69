namespace WalProvider;

/// <summary>Decides what a WAL needs, from what it looks like now and what was seen and tried before.</summary>
/// <param name="options">The limits.</param>
/// <param name="clock">What times are measured by.</param>
internal sealed class CheckpointPolicy(CheckpointOptions options, TimeProvider clock)
{
    private long? _backlogSince;
    private long? _blockedSince;

    /// <summary>From which length on a TRUNCATE checkpoint is due: below the cap, so that what is written meanwhile fits.</summary>
    internal long TruncateFromBytes => options.TruncateAboveBytes == 0 ? long.MaxValue : options.TruncateAboveBytes / 4 * 3;

    /// <summary>The checkpoint to run now; null for none.</summary>
    /// <param name="walBytes">The length of the file.</param>
    /// <param name="frames">What it holds; null where nobody could say, so that the length must do.</param>
    internal CheckpointMode? Next(long walBytes, WalFrames? frames)
    {
        var backlog = frames?.BacklogBytes ?? walBytes;
        _backlogSince = backlog == 0 ? null : _backlogSince ?? clock.GetTimestamp();
        var isTooLong = walBytes > options.TruncateAboveBytes && options.TruncateAboveBytes > 0;
        if ((isTooLong || (frames?.Bytes ?? walBytes) >= TruncateFromBytes) && !IsWaiting)
        {
            return CheckpointMode.Truncate;
        }

        var isDue = backlog > options.PassiveAboveBytes || HasBeen(_backlogSince);
        return backlog > 0 && isDue && !IsWaiting ? CheckpointMode.Passive : null;
    }

    /// <summary>Takes in what a checkpoint came to: one that was kept from its end is not repeated at once.</summary>
    internal void Note(CheckpointResult result)
    {
        _backlogSince = null;
        _blockedSince = result.Completed ? null : clock.GetTimestamp();
    }

    private bool IsWaiting => _blockedSince is not null && !HasBeen(_blockedSince);

    private bool HasBeen(long? since) => since is { } start && clock.GetElapsedTime(start) >= options.PassiveAfter;
}
