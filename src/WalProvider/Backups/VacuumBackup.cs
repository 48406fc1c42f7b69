using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Copies a source compacted, by VACUUM INTO, which reads one moment by itself.</summary>
/// <seealso href="https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause"/>
/// <param name="source">What is copied; a connection of our own, not pinned, since VACUUM is refused inside a transaction.</param>
/// <param name="path">An empty file.</param>
/// <param name="progress">Told how far the file has grown.</param>
/// <param name="cancellationToken">Stops the statement.</param>
internal sealed class VacuumBackup(
    CopySource source, string path, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
{
    private const int OperationsPerLook = 50_000;
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(50);

    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _reported;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Copies; the file is complete and closed when it returns.</summary>
    internal async ValueTask Copy(BusyWait wait, bool async)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var sql = $"VACUUM main INTO '{path.Replace("'", "''", StringComparison.Ordinal)}'";
        raw.sqlite3_progress_handler(source.Db, OperationsPerLook, Look, null);
        try
        {
            await PatientStatement.Execute(source.Db, sql, wait, async, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException) when (_failure is not null)
        {
            _failure.Throw();
        }

        var pages = new FileInfo(path).Length / source.PageSize;
        Report(pages, pages);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private int Look(object state)
    {
        var elapsed = Stopwatch.GetElapsedTime(_started);
        if (progress is null || elapsed - _reported < ReportInterval)
        {
            return cancellationToken.IsCancellationRequested ? 1 : 0;
        }

        _reported = elapsed;
        try
        {
            Report(new FileInfo(path).Length / source.PageSize, source.PageCount);
            return cancellationToken.IsCancellationRequested ? 1 : 0;
        }
        catch (Exception error)
        {
            // NB: an exception must not pass through the engine's frames; it is thrown again behind them.
            _failure = ExceptionDispatchInfo.Capture(error);
            return 1;
        }
    }

    private void Report(long pages, long total)
        => progress?.Report(new BackupProgress(pages, total, pages * source.PageSize, Stopwatch.GetElapsedTime(_started)));
}
