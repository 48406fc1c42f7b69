using System.Globalization;

namespace WalProvider;

/// <summary>
/// A row of backups under names that carry their time, of which old ones are deleted: the newest are kept, one of each of
/// the last days, one of each of the last weeks.
/// </summary>
/// <remarks>
/// <para>It deletes nothing that it did not write: what it wrote is listed in an item of its own, <c>NAME.rotation</c>, and
/// a name that is not in there is left alone, whatever it looks like. A lost list loses no backup: the old ones are kept.</para>
/// <para>One process at a time writes one row. Times are UTC, weeks are those of ISO 8601.</para>
/// </remarks>
public sealed class BackupRotation
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfffffff'Z'";

    private readonly BackupList _list;
    private readonly TimeProvider _clock;

    /// <summary>Creates a rotation.</summary>
    /// <param name="target">Where the backups go.</param>
    /// <param name="name">How their names begin; letters, digits, dots, dashes and underscores.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="ArgumentException">The name is empty or has other characters.</exception>
    public BackupRotation(IBackupTarget target, string name, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
        {
            throw new ArgumentException($"The name '{name}' may have letters, digits, dots, dashes and underscores only.", nameof(name));
        }

        Target = target;
        Name = name;
        _clock = timeProvider ?? TimeProvider.System;
        _list = new BackupList(target, name + ".rotation");
    }

    /// <summary>Where the backups go.</summary>
    public IBackupTarget Target { get; }

    /// <summary>How their names begin.</summary>
    public string Name { get; }

    /// <summary>How many of the newest are kept. Default 7; at least 1.</summary>
    public int KeepNewest { get; init; } = 7;

    /// <summary>Of how many days the last backup is kept, of those that have one, the youngest first. Default 0.</summary>
    public int KeepDaily { get; init; }

    /// <summary>Of how many weeks the last backup is kept, of those that have one, the youngest first. Default 0.</summary>
    public int KeepWeekly { get; init; }

    /// <summary>The names of the backups that it has written and not deleted, the oldest first.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken = default)
    {
        var listed = await _list.ReadAsync(cancellationToken).ConfigureAwait(false);
        var items = await Target.ListAsync(Name, cancellationToken).ConfigureAwait(false);
        return [.. items.Select(item => item.Name).Where(listed.Contains).OrderBy(TimeOf)];
    }

    /// <summary>Deletes what is not to be kept; <see cref="BackupExtensions"/>' BackupToAsync does it after each backup.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The names of what was deleted.</returns>
    public async Task<IReadOnlyList<string>> PruneAsync(CancellationToken cancellationToken = default)
    {
        var listed = await _list.ReadAsync(cancellationToken).ConfigureAwait(false);
        var written = await ListAsync(cancellationToken).ConfigureAwait(false);
        var kept = Kept([.. written.Reverse()]);
        var old = written.Where(name => !kept.Contains(name)).ToArray();
        foreach (var name in old)
        {
            await Target.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
            await Target.DeleteAsync(ChecksumFile.PathFor(name), cancellationToken).ConfigureAwait(false);
        }

        if (listed.Count != kept.Count)
        {
            await _list.WriteAsync(kept.OrderBy(TimeOf), cancellationToken).ConfigureAwait(false);
        }

        return old;
    }

    /// <summary>Writes the next backup and prunes.</summary>
    internal async Task<BackupResult> Add(
        LiveDatabase database, BackupOptions options, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        Check();
        var name = NextName(options);
        // Listed first: a crash in between leaves a name without a backup, which is nothing, and not a backup that is never
        // deleted.
        var listed = await _list.ReadAsync(cancellationToken).ConfigureAwait(false);
        await _list.WriteAsync([.. listed, name], cancellationToken).ConfigureAwait(false);
        var result = await new BackupRun(database, options, progress, async: true, cancellationToken).ToTarget(Target, name).ConfigureAwait(false);
        await PruneAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    private static DateTime DayOf(DateTime time) => time.Date;

    private static DateTime WeekOf(DateTime time) => time.Date.AddDays(-((int)time.DayOfWeek + 6) % 7);

    private void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepNewest, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(KeepDaily);
        ArgumentOutOfRangeException.ThrowIfNegative(KeepWeekly);
    }

    private HashSet<string> Kept(string[] newestFirst)
    {
        Check();
        var kept = new HashSet<string>(newestFirst.Take(KeepNewest), StringComparer.Ordinal);
        kept.UnionWith(newestFirst.DistinctBy(name => DayOf(TimeOf(name))).Take(KeepDaily));
        kept.UnionWith(newestFirst.DistinctBy(name => WeekOf(TimeOf(name))).Take(KeepWeekly));
        return kept;
    }

    private string NextName(BackupOptions options)
    {
        var ending = options.IsPlain ? ".db"
            : options.Passphrase is null && options.Compression == BackupCompression.Gzip ? ".db.gz"
            : ".walbak";
        return $"{Name}-{_clock.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}{ending}";
    }

    private DateTime TimeOf(string name)
    {
        var text = name.AsSpan(Math.Min(name.Length, Name.Length + 1));
        var end = text.IndexOf('.');
        return DateTime.TryParseExact(
            end < 0 ? text : text[..end],
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
                ? time
                : DateTime.MaxValue;
    }
}
