using SQLitePCL;

namespace WalProvider;

/// <summary>Commits a session's pending writes and waits where that takes waiting.</summary>
internal static class BatchCommit
{
    /// <summary>Commits the pending writes, waiting for readers of other connections where the journal mode needs it.</summary>
    /// <exception cref="WriteBatchLostException">The COMMIT failed; the writes were rolled back.</exception>
    /// <exception cref="InvalidOperationException">A unit or a result that writes is still open on this connection.</exception>
    /// <exception cref="SqliteBusyException">The readers did not go within Busy Timeout; the writes are still pending.</exception>
    internal static async ValueTask Run(WalSession session, bool async, CancellationToken cancellationToken)
    {
        session.ThrowPendingFailure();
        if (!session.Batch.IsOpen)
        {
            return;
        }

        if (session.OpenWrites > 0)
        {
            throw new InvalidOperationException(
                "The batch cannot be committed while a reader of a statement that writes (RETURNING) is open: close it first.");
        }

        var wait = new BusyWait();
        wait.Restart(session.BusyTimeout);
        while (!session.TryCommitBatch())
        {
            if (wait.IsSpent)
            {
                throw EngineErrors.For(raw.SQLITE_BUSY, session.Engine, wait.Elapsed);
            }

            await wait.Nap(async, cancellationToken).ConfigureAwait(false);
        }
    }
}
