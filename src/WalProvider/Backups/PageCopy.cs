using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Copies a database page by page through the engine's backup interface, in steps.</summary>
/// <param name="source">What is copied; it runs what is given to it under its lock.</param>
/// <param name="runAtDestination">Runs what is given to it under the lock of the destination's session.</param>
/// <param name="destination">The handle that is copied over.</param>
/// <param name="busyTimeout">How long to wait for a lock of the destination.</param>
/// <seealso href="https://www.sqlite.org/c3ref/backup_finish.html"/>
internal sealed class PageCopy(CopySource source, Func<Func<int>, int> runAtDestination, sqlite3 destination, TimeSpan busyTimeout)
{
    private readonly BusyWait _wait = new();
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Called after each step, before its report, also the last; null for nobody.</summary>
    internal Func<ValueTask>? StepDone { get; init; }

    /// <summary>Copies all pages. What was copied is undone when it fails or is cancelled.</summary>
    /// <param name="pagesPerStep">Pages between two reports.</param>
    /// <param name="pause">The rest between two steps.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="async">Whether to wait without blocking.</param>
    /// <param name="cancellationToken">Looked at before each step.</param>
    internal async ValueTask Run(
        int pagesPerStep, TimeSpan pause, IProgress<BackupProgress>? progress, bool async, CancellationToken cancellationToken)
    {
        _wait.Restart(busyTimeout);
        using var backup = raw.sqlite3_backup_init(destination, "main", source.Db, "main");
        if (backup.IsInvalid)
        {
            throw EngineErrors.Plain(raw.sqlite3_errcode(destination), destination);
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var code = runAtDestination(() => source.Run(() => raw.sqlite3_backup_step(backup, pagesPerStep)));
            switch (code & 0xff)
            {
                case raw.SQLITE_DONE:
                    await Finish().ConfigureAwait(false);
                    Report(backup, progress);
                    cancellationToken.ThrowIfCancellationRequested();
                    return;
                case raw.SQLITE_OK:
                    await Finish().ConfigureAwait(false);
                    Report(backup, progress);
                    await Rest(pause, async, cancellationToken).ConfigureAwait(false);
                    break;
                case raw.SQLITE_BUSY or raw.SQLITE_LOCKED when !_wait.IsSpent:
                    await _wait.Nap(async, cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    throw Fail(code);
            }
        }
    }

    private static async ValueTask Rest(TimeSpan pause, bool async, CancellationToken cancellationToken)
    {
        if (pause == TimeSpan.Zero)
        {
            return;
        }

        if (async)
        {
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            cancellationToken.WaitHandle.WaitOne(pause);
        }
    }

    private ValueTask Finish() => StepDone?.Invoke() ?? default;

    private void Report(sqlite3_backup backup, IProgress<BackupProgress>? progress)
    {
        if (progress is null)
        {
            return;
        }

        var total = raw.sqlite3_backup_pagecount(backup);
        var done = total - raw.sqlite3_backup_remaining(backup);
        progress.Report(new BackupProgress(done, total, (long)done * source.PageSize, Stopwatch.GetElapsedTime(_started)));
    }

    private SqliteException Fail(int code)
    {
        var error = EngineErrors.Plain(code, destination);
        return error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED
            ? new SqliteBusyException(
                $"{error.Message} The database stayed locked for longer than the {_wait.Elapsed.TotalMilliseconds:0} ms waited; close its "
                + "readers, or raise 'Busy Timeout' (milliseconds).",
                error.SqliteErrorCode,
                error.SqliteExtendedErrorCode)
            : error;
    }
}
