using System.Diagnostics;
using SQLitePCL;

namespace WalProvider;

/// <summary>Runs checkpoints on a session: commits its batch, enters the gate, and tries until it is done or the time is up.</summary>
/// <remarks>
/// <para>The gate keeps newcomers out, so that a checkpoint which waits for writers and readers ever gets to its end. It also
/// keeps this process clear of SQLite's WAL-reset bug (3.7.0 to 3.51.2): a writer that begins the WAL anew beside a
/// checkpoint of another connection can make it lose commits. FULL, RESTART and TRUNCATE take the file's write lock
/// themselves, which keeps other processes clear of it too.</para>
/// <para>PASSIVE is to hold up nobody, so it runs outside the gate behind a <see cref="PassiveGuard"/>; where there can be
/// none, in the gate.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/wal.html"/>
internal sealed class Checkpointer(WalSession session)
{
    // Long enough for short readers to leave, short enough for writers to bear; then they get their turn.
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(500);

    // Below this many frames, copying them in the gate holds up writers for less than it takes to copy them before.
    private const int LongBacklogFrames = 1000;

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly BusyWait _wait = new();

    /// <summary>
    /// Whether a long backlog is copied beside the writers before they are made to wait. False where the WAL must not grow
    /// meanwhile.
    /// </summary>
    internal bool CopiesAhead { get; init; } = true;

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
        return result.Completed ? result : throw Blocked(result);
    }

    /// <summary>Empties the WAL, or throws, and stays in the gate with the file's write lock, so that it stays empty.</summary>
    /// <inheritdoc cref="RunBeforeFork" path="/exception"/>
    internal async ValueTask<CheckpointResult> RunAndHold(TimeSpan? timeout, bool async, CancellationToken cancellationToken)
    {
        await Prepare(CheckpointMode.Truncate, timeout, async, cancellationToken).ConfigureAwait(false);
        await EnterGate(async, cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                var attempt = Try(CheckpointMode.Truncate);
                if (attempt.IsComplete && TryLockEmptyWal())
                {
                    return Result(attempt);
                }

                if (_wait.IsSpent)
                {
                    throw Blocked(Result(attempt));
                }

                await _wait.Nap(async, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            session.WriteLock.Exit();
            throw;
        }
    }

    private async ValueTask Prepare(CheckpointMode mode, TimeSpan? timeout, bool async, CancellationToken cancellationToken)
    {
        RefuseIfBusyItself();
        await BatchCommit.Run(session, async, cancellationToken).ConfigureAwait(false);
        session.NoteWrite($"PRAGMA wal_checkpoint({mode.ToString().ToUpperInvariant()})");
        _wait.Restart(timeout ?? (mode == CheckpointMode.Passive ? TimeSpan.Zero : session.BusyTimeout));
        if (CopiesAhead && mode != CheckpointMode.Passive && HasLongBacklog())
        {
            // What is copied beside the writers now need not be copied while they wait.
            _ = TryBesideWriters();
        }
    }

    private async ValueTask<CheckpointResult> RunPrepared(CheckpointMode mode, bool async, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (mode != CheckpointMode.Passive || TryBesideWriters() is not { } attempt)
            {
                await EnterGate(async, cancellationToken).ConfigureAwait(false);
                attempt = await RunInGate(mode, async, cancellationToken).ConfigureAwait(false);
            }

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

    private bool HasLongBacklog()
    {
        using (session.Enter())
        {
            return session.Wal.Read() is { Backlog: > LongBacklogFrames };
        }
    }

    /// <summary>A PASSIVE checkpoint that holds up nobody; null where it would not be safe.</summary>
    private CheckpointAttempt? TryBesideWriters()
    {
        using (session.Enter())
        {
            if (!WalResetBug.IsInEngine)
            {
                return Step(CheckpointMode.Passive);
            }

            if (session.Wal.Read() is { Backlog: 0 } frames)
            {
                // NB: not run for nothing, since just that is what the bug needs.
                return new CheckpointAttempt(CheckpointMode.Passive, raw.SQLITE_OK, frames.LogFrames, frames.CheckpointedFrames);
            }

            using var guard = PassiveGuard.TryBegin(session);
            return guard is null ? null : Step(CheckpointMode.Passive);
        }
    }

    private CheckpointAttempt Try(CheckpointMode mode)
    {
        using (session.Enter())
        {
            return Step(mode);
        }
    }

    private CheckpointAttempt Step(CheckpointMode mode)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(session.Engine.Db, "main", (int)mode, out var log, out var copied);
        return code is raw.SQLITE_OK or raw.SQLITE_BUSY
            ? new CheckpointAttempt(mode, code, log, copied)
            : throw EngineErrors.OfCheckpoint(code, session.Engine);
    }

    /// <summary>Takes the file's write lock if no other process has written since the WAL was emptied.</summary>
    private bool TryLockEmptyWal()
    {
        using (session.Enter())
        {
            if (session.Engine.BeginImmediate() != raw.SQLITE_OK)
            {
                return false;
            }

            if (session.Wal.Read() is null or { LogFrames: 0 })
            {
                return true;
            }

            _ = session.Engine.Rollback();
            return false;
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

    private CheckpointBlockedException Blocked(CheckpointResult result)
        => CheckpointBlockedException.Create(result, _wait.Limit, session.File?.OldestReader());

    private CheckpointResult Result(CheckpointAttempt attempt)
    {
        var result = new CheckpointResult(
            attempt.IsComplete, attempt.IsBusy, attempt.LogFrames, attempt.CheckpointedFrames, Stopwatch.GetElapsedTime(_started));
        session.File?.LastCheckpoint = new LastCheckpoint(attempt.Mode, result, session.Clock.GetUtcNow());
        ProviderMetrics.Checkpointed(session.Settings.DataSource, attempt.Mode, result);
        return result;
    }
}
