using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// Copies a database over one that is open: in one transaction of the engine, so that every process sees the old content
/// or the new, and a crash leaves the old.
/// </summary>
/// <remarks>
/// Replacing the file would leave others with the file that is gone, and a stale -wal beside the new one, which SQLite
/// would replay over it. Lock order: the gate before any step, the session's lock within each.
/// </remarks>
/// <param name="destination">What is copied over.</param>
/// <param name="progress">Told after each step.</param>
/// <param name="async">Whether waits leave the thread free.</param>
/// <param name="cancellationToken">Undoes the copy.</param>
internal sealed class DatabaseOverwrite(
    LiveDatabase destination, IProgress<BackupProgress>? progress, bool async, CancellationToken cancellationToken)
{
    private const int PagesPerStep = 1024;

    private readonly BusyWait _wait = new();

    /// <summary>Copies.</summary>
    /// <exception cref="InvalidOperationException">
    /// A reader or transaction is open on the destination's connection, or it is in memory with another page size.
    /// </exception>
    /// <exception cref="SqliteException">Others kept the database locked, or the disk failed.</exception>
    internal async ValueTask CopyFrom(CopySource source)
    {
        await destination.CommitBatch(async, cancellationToken).ConfigureAwait(false);
        RefuseOpen();
        SessionPools.Clear(destination.FilePath);
        _wait.Restart(destination.BusyTimeout);
        await destination.EnterGate(_wait, async, cancellationToken).ConfigureAwait(false);
        try
        {
            await CopyInGate(source).ConfigureAwait(false);
        }
        finally
        {
            destination.LeaveGate();
            // Their profile tells of the old content: page size, auto_vacuum.
            SessionPools.Clear(destination.FilePath);
        }
    }

    private async ValueTask CopyInGate(CopySource source)
    {
        var journalMode = await Ask("journal_mode").ConfigureAwait(false);
        var pageSize = await Ask("page_size").ConfigureAwait(false);
        var isResized = pageSize != source.PageSize.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (isResized && destination.FilePath is null)
        {
            await RefuseUsedMemory(pageSize, source).ConfigureAwait(false);
        }

        if (isResized && journalMode == "wal")
        {
            // NB: a WAL holds pages of one size. Nobody else may have the database open while the mode changes.
            await Ask("journal_mode = DELETE").ConfigureAwait(false);
        }

        try
        {
            var copy = new PageCopy(source, destination.Run, destination.Db, destination.BusyTimeout);
            await copy.Run(PagesPerStep, TimeSpan.Zero, progress, async, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (isResized)
        {
            await Ask($"journal_mode = {journalMode}").ConfigureAwait(false);
            throw;
        }

        // The copied header names the mode of the backup.
        if (await Ask("journal_mode").ConfigureAwait(false) != journalMode)
        {
            await Ask($"journal_mode = {journalMode}").ConfigureAwait(false);
        }
    }

    private void RefuseOpen()
    {
        if (destination.InTransaction || destination.HasOpenResults)
        {
            throw new InvalidOperationException(
                "A reader or transaction is open on the connection that is to be overwritten. Close it first; nothing was changed.");
        }
    }

    private async ValueTask RefuseUsedMemory(string pageSize, CopySource source)
    {
        if (await Ask("page_count").ConfigureAwait(false) != "0")
        {
            throw new InvalidOperationException(
                $"The database in memory has pages of {pageSize} bytes and content already, the source pages of {source.PageSize}. Copy into a new "
                + $"connection, or set 'Page Size' to {source.PageSize}.");
        }
    }

    private async ValueTask<string> Ask(string pragma)
    {
        var rows = await PatientStatement
            .Execute(destination.Db, $"PRAGMA main.{pragma}", _wait, async, CancellationToken.None).ConfigureAwait(false);
        return rows[0];
    }
}
