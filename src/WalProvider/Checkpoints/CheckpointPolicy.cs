namespace WalProvider;

/// <summary>Decides what a WAL needs, from what it looks like now and what was seen and tried before.</summary>
/// <param name="options">The limits.</param>
/// <param name="clock">What times are measured by.</param>
internal sealed class CheckpointPolicy(CheckpointOptions options, TimeProvider clock)
{
    // A checkpoint that was kept from its end is tried again at once a few times, since readers come and go.
    private const int TriesAtOnce = 3;

    private long? _backlogSince;
    private long _blockedSince;
    private int _blocked;

    /// <summary>From which length on a TRUNCATE checkpoint is due: below the cap, so that what is written meanwhile fits.</summary>
    internal long TruncateFromBytes => options.TruncateAboveBytes == 0 ? long.MaxValue : options.TruncateAboveBytes / 4 * 3;

    private TimeSpan Pause => _blocked < TriesAtOnce ? TimeSpan.Zero
        : Shorter(options.CheckEvery * (1 << Math.Min(_blocked - TriesAtOnce, 10)), options.PassiveAfter);

    private bool IsPausing => _blocked > 0 && clock.GetElapsedTime(_blockedSince) < Pause;

    /// <summary>The checkpoint to run now; null for none.</summary>
    /// <param name="walBytes">The length of the file.</param>
    /// <param name="frames">What it holds; null where nobody could say, so that the length must do.</param>
    /// <param name="oldestReader">
    /// How long the oldest reader has been there: one that outlasts the time that TRUNCATE waits would make the writers wait
    /// for nothing.
    /// </param>
    internal CheckpointMode? Next(long walBytes, WalFrames? frames, TimeSpan oldestReader)
    {
        var backlog = frames?.BacklogBytes ?? walBytes;
        _backlogSince = backlog == 0 ? null : _backlogSince ?? clock.GetTimestamp();
        if (IsPausing)
        {
            return null;
        }

        var isTooLong = walBytes > options.TruncateAboveBytes && options.TruncateAboveBytes > 0;
        if ((isTooLong || (frames?.Bytes ?? walBytes) >= TruncateFromBytes) && oldestReader <= options.TruncateTimeout)
        {
            return CheckpointMode.Truncate;
        }

        var isOld = _backlogSince is { } since && clock.GetElapsedTime(since) >= options.PassiveAfter;
        return backlog > 0 && (backlog > options.PassiveAboveBytes || isOld) ? CheckpointMode.Passive : null;
    }

    /// <summary>Takes in what a checkpoint came to: one that is kept from its end again and again is repeated ever more rarely.</summary>
    internal void Note(CheckpointResult result)
    {
        _backlogSince = null;
        _blocked = result.Completed ? 0 : _blocked + 1;
        _blockedSince = clock.GetTimestamp();
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
