namespace WalProvider;

/// <summary>How the WAL of a database is kept short in the background.</summary>
/// <remarks>
/// SQLite itself runs a PASSIVE checkpoint inside the COMMIT that finds the WAL longer than Wal Autocheckpoint (1000 pages). That
/// never shortens the file, and never gets to its end as long as readers overlap; this does.
/// </remarks>
public sealed class CheckpointOptions
{
    /// <summary>Whether anything is done in the background. Default: true, or false where Wal Autocheckpoint is 0.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>How often the WAL is looked at. Default: 1 second.</summary>
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A PASSIVE checkpoint is run when this much is not in the main file. In bytes; default 4 MiB; 0 at once.</summary>
    public long PassiveAboveBytes { get; set; } = 4 << 20;

    /// <summary>A PASSIVE checkpoint is run when anything has not been in the main file for this long. Default: 10 seconds.</summary>
    public TimeSpan PassiveAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The cap: a TRUNCATE checkpoint is run before the WAL is longer than this. It begins at three quarters of it, so that a
    /// batch in the meantime fits. In bytes; default 64 MiB; 0 for no cap.
    /// </summary>
    /// <remarks>Writers of this process wait meanwhile, at most half a second at a time; readers never do.</remarks>
    public long TruncateAboveBytes { get; set; } = 64 << 20;

    /// <summary>
    /// How long a TRUNCATE checkpoint waits for readers. Default: 2 seconds. It is not begun beside a reader of this process
    /// that is older than that. One that did not get to its end is repeated, ever more rarely, down to once
    /// in <see cref="PassiveAfter"/>.
    /// </summary>
    public TimeSpan TruncateTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A reader of this process that has kept the WAL from being emptied for this long is reported, once, as a log event
    /// (1101), and with its age as a metric. Default: 30 seconds.
    /// </summary>
    public TimeSpan ReportReaderAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// <c>PRAGMA optimize</c> is run when a session that was open for this long is closed for good; null for never. Default:
    /// 1 minute, so that short-lived programs do not pay for it.
    /// </summary>
    /// <remarks>It looks at 400 rows of an index at most.</remarks>
    /// <seealso href="https://www.sqlite.org/pragma.html#pragma_optimize"/>
    public TimeSpan? OptimizeAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <exception cref="ArgumentOutOfRangeException">A value makes no sense; it is named.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CheckEvery, TimeSpan.Zero, nameof(CheckEvery));
        ArgumentOutOfRangeException.ThrowIfNegative(PassiveAboveBytes, nameof(PassiveAboveBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(PassiveAfter, TimeSpan.Zero, nameof(PassiveAfter));
        ArgumentOutOfRangeException.ThrowIfNegative(TruncateAboveBytes, nameof(TruncateAboveBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(TruncateTimeout, TimeSpan.Zero, nameof(TruncateTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(ReportReaderAfter, TimeSpan.Zero, nameof(ReportReaderAfter));
        ArgumentOutOfRangeException.ThrowIfLessThan(OptimizeAfter ?? TimeSpan.Zero, TimeSpan.Zero, nameof(OptimizeAfter));
    }
}
