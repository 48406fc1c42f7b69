using System.Diagnostics;
using SQLitePCL;

namespace WalProvider;

/// <summary>Runs checkpoints on a session: commits its batch, enters the gate, and tries until it is done or the time is up.</summary>
/// <remarks>
/// <para>The gate keeps this process clear of SQLite's WAL-reset bug (3.7.0 to 3.51.2): a writer that begins the WAL anew
/// beside a checkpoint of another connection can make it lose commits. It also keeps newcomers out, so that
/// a checkpoint which waits for writers and readers ever gets to its end.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/wal.html"/>
internal sealed class Checkpointer(WalSession session)
{
    // Long enough for short readers to leave, short enough for writers not to notice; then they get their turn.
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(500);

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly BusyWait _wait = new();

    /// <summary>Runs a checkpoint; what stands in the way is told by the result.</summary>
    /// <param name="mode">The mode.</param>
    /// <param name="timeout">How long to try; null for Busy Timeout, or for one try where the mode is Passive.</param>
    /// <param name="async">Whether to wait without the thread.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    internal async ValueTask<CheckpointResult> Run(
        CheckpointMode mode, TimeSpan? timeout, bool async, CancellationToken cancellationToken)
    {
        await Prepare(mode, timeout, async, cancellationToken).ConfigureAwait(false);
        try
        {
            return await RunPrepared(mode, async, cancellationToken).ConfigureAwait(false);
        }
        catch (WriteGateTimeoutException)
        {
            return Result(new CheckpointAttempt(mode, raw.SQLITE_BUSY, -1, -1));
        }
    }

    /// <summary>Empties the WAL, or throws.</summary>
    /// <exception cref="CheckpointBlockedException">Somebody was in the way for all the time.</exception>
    /// <exception cref="WriteGateTimeoutException">A writer of this process was.</exception>
    internal async ValueTask<CheckpointResult> RunBeforeFork(TimeSpan? timeout, bool async, CancellationToken cancellationToken)
    {
        await Prepare(CheckpointMode.Truncate, timeout, async, cancellationToken).ConfigureAwait(false);
        var result = await RunPrepared(CheckpointMode.Truncate, async, cancellationToken).ConfigureAwait(false);
        return result.Completed
            ? result
            : throw CheckpointBlockedException.Create(result, _wait.Limit, SessionPools.OldestReader(session));
    }

    private async ValueTask Prepare(CheckpointMode mode, TimeSpan? timeout, bool async, CancellationToken cancellationToken)
    {
        RefuseIfBusyItself();
        await BatchCommit.Run(session, async, cancellationToken).ConfigureAwait(false);
        session.NoteWrite($"PRAGMA wal_checkpoint({mode.ToString().ToUpperInvariant()})");
        _wait.Restart(timeout ?? (mode == CheckpointMode.Passive ? TimeSpan.Zero : session.BusyTimeout));
    }

    private async ValueTask<CheckpointResult> RunPrepared(CheckpointMode mode, bool async, CancellationToken cancellationToken)
    {
        while (true)
        {
            await EnterGate(async, cancellationToken).ConfigureAwait(false);
            var attempt = await RunInGate(mode, async, cancellationToken).ConfigureAwait(false);
            if (attempt.IsComplete || _wait.IsSpent)
            {
                return Result(attempt);
            }

            await _wait.Nap(async, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask EnterGate(bool async, CancellationToken cancellationToken)
    {
        // NB: a timeout of zero still takes a gate that is free.
        if (!session.WriteLock.TryEnter())
        {
            await session.WriteLock.Enter(_wait, async, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tries for a while, writers waiting; what the last try came to.</summary>
    private async ValueTask<CheckpointAttempt> RunInGate(CheckpointMode mode, bool async, CancellationToken cancellationToken)
    {
        var entered = Stopwatch.GetTimestamp();
        try
        {
            while (true)
            {
                var attempt = Try(mode);
                var mayStay = Stopwatch.GetElapsedTime(entered) < LongestHold || !session.WriteLock.HasWaiters;
                if (attempt.IsComplete || _wait.IsSpent || mode == CheckpointMode.Passive || !mayStay)
                {
                    return attempt;
                }

                await _wait.Nap(async, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            session.WriteLock.Exit();
        }
    }

    private CheckpointAttempt Try(CheckpointMode mode)
    {
        using (session.Enter())
        {
            var code = raw.sqlite3_wal_checkpoint_v2(session.Engine.Db, "main", (int)mode, out var log, out var copied);
            return code is raw.SQLITE_OK or raw.SQLITE_BUSY
                ? new CheckpointAttempt(mode, code, log, copied)
                : throw EngineErrors.For(code, session.Engine, TimeSpan.Zero);
        }
    }

    private void RefuseIfBusyItself()
    {
        if (session.OpenResults > 0)
        {
            throw new InvalidOperationException(
                "A checkpoint cannot run while this connection has an open reader, which pins the WAL itself: close or dispose "
                + "the DbDataReader first, or checkpoint on another connection.");
        }

        if (session.Engine.InTransaction && !session.Batch.IsOpen)
        {
            throw new InvalidOperationException(
                "A checkpoint cannot run inside a transaction of its own connection: commit or roll back the transaction "
                + "first, or checkpoint on another connection.");
        }
    }

    private CheckpointResult Result(CheckpointAttempt attempt)
        => new(attempt.IsComplete, attempt.IsBusy, attempt.LogFrames, attempt.CheckpointedFrames, Stopwatch.GetElapsedTime(_started));
}
