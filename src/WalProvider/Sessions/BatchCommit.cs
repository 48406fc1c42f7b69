using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Commits a session's pending writes and waits where that takes waiting.</summary>
internal static class BatchCommit
{
    // How long the end of the process waits for a statement that is still running.
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(2);

    /// <summary>Commits the pending writes, waiting for readers of other connections where the journal mode needs it.</summary>
    /// <exception cref="WriteBatchLostException">The COMMIT failed; the writes were rolled back.</exception>
    /// <exception cref="InvalidOperationException">A unit or a result that writes is still open on this connection.</exception>
    /// <exception cref="SqliteBusyException">The readers did not go within Busy Timeout; the writes are still pending.</exception>
    internal static ValueTask Run(WalSession session, bool async, CancellationToken cancellationToken)
        => Run(session, isLast: false, async, cancellationToken);

    /// <summary>The same before the connection closes: what cannot be committed now is lost, and the error says so.</summary>
    /// <exception cref="WriteBatchLostException">The COMMIT failed, or readers were in its way for longer than Busy Timeout.</exception>
    internal static ValueTask RunLast(WalSession session, bool async)
        => Run(session, isLast: true, async, CancellationToken.None);

    /// <summary>
    /// Commits what is pending when nobody will close the connection any more: the process ends, or the reference was lost.
    /// Writes of a unit that was not completed are undone.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="hasReaders">
    /// Whether readers may still be read: they are left alone then, and where one is of a write the COMMIT is refused.
    /// </param>
    internal static void RunAbandoned(WalSession session, bool hasReaders)
    {
        if (!session.Batch.IsOpen || !session.Lock.TryEnter(LongestStep))
        {
            return;
        }

        try
        {
            if (!hasReaders)
            {
                EngineExports.ResetAll(session.Engine.Db);
                session.Blobs.Abandon();
            }

            session.Batch.UndoUnits();
            if (!session.Batch.TryCommit())
            {
                throw EngineErrors.Plain(raw.SQLITE_BUSY, session.Engine.Db);
            }
        }
        catch (SqliteException failure)
        {
            // Nobody is left to catch it.
            ProviderLog.PendingWritesLost(session.Logger, session.Settings.DataSource, failure);
            Trace.TraceError($"WalProvider: {session.Settings.DataSource}: pending writes were lost at the end: {failure.Message}");
        }
        finally
        {
            session.Lock.Exit();
        }
    }

    private static async ValueTask Run(WalSession session, bool isLast, bool async, CancellationToken cancellationToken)
    {
        session.ThrowPendingFailure();
        if (!session.Batch.IsOpen)
        {
            return;
        }

        if (session.OpenWrites > 0)
        {
            throw new InvalidOperationException(
                "The batch cannot be committed while a blob that is written, or a reader of a statement that writes (RETURNING), is "
                + "open: close it first.");
        }

        var wait = new BusyWait();
        wait.Restart(session.BusyTimeout);
        while (!session.TryCommitBatch())
        {
            if (wait.IsSpent)
            {
                throw TimedOut(session, isLast, wait.Elapsed);
            }

            await wait.Nap(async, cancellationToken).ConfigureAwait(false);
        }
    }

    private static SqliteException TimedOut(WalSession session, bool isLast, TimeSpan waited)
    {
        using (session.EnterToEnd())
        {
            var error = EngineErrors.For(raw.SQLITE_BUSY, session.Engine, waited);
            return isLast ? session.Batch.Lose(error) : error;
        }
    }
}
