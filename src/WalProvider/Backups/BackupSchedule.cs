namespace WalProvider;

/// <summary>Backups that a data source makes by itself, one after the other.</summary>
public sealed class BackupSchedule
{
    /// <summary>Creates a schedule.</summary>
    /// <param name="rotation">Where the backups go, and which are kept.</param>
    /// <param name="interval">
    /// From the making of the data source to the first backup, and from the end of one to the begin of the next. Positive.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not positive.</exception>
    public BackupSchedule(BackupRotation rotation, TimeSpan interval)
    {
        ArgumentNullException.ThrowIfNull(rotation);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Rotation = rotation;
        Interval = interval;
    }

    /// <summary>Where the backups go, and which are kept.</summary>
    public BackupRotation Rotation { get; }

    /// <summary>The time between two backups.</summary>
    public TimeSpan Interval { get; }

    /// <summary>How they are made. The pending batches of other connections are not in them.</summary>
    public BackupOptions Options { get; init; } = new();

    /// <summary>Called after each backup, on a thread of the pool. Default: nobody.</summary>
    public Action<BackupResult>? Completed { get; init; }

    /// <summary>Called with what went wrong, on a thread of the pool; it is logged as well. The next backup is tried in time.</summary>
    public Action<Exception>? Failed { get; init; }
}
