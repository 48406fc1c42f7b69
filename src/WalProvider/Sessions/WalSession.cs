using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace WalProvider;

/// <summary>
/// One open inner connection with its compiled statements, its batch and its applied profile. It outlives the
/// connection that the user holds and goes back to a pool.
/// </summary>
/// <remarks>
/// Lock order: the session's lock, then the gate's. Every execution runs under the session's lock; timers and waiters
/// only try to take it, and leave a session with an open result alone, so that rows are read without a lock.
/// </remarks>
internal sealed class WalSession : IGateHolder, IDisposable
{
    private readonly WalReserve _reserve;
    private bool _isTouched;
    private volatile bool _isCommitWanted;
    private string? _lastWrite;
    private Exception? _failure;

    /// <summary>Takes over an inner connection that is open and has its profile applied.</summary>
    internal WalSession(
        SqliteConnection inner, WalSettings settings, EffectiveProfile profile, DatabaseFile? file, ILogger logger, TimeProvider clock)
    {
        File = file;
        Clock = clock;
        Run = new RunNote(settings.ApplicationName, clock);
        Logger = logger;
        Settings = settings;
        Profile = profile;
        Engine = new EngineConnection(inner);
        Lock = new SessionLock(Engine);
        Engine.SetBusyTimeout(TimeSpan.Zero);
        Engine.BusyTimeout = settings.BusyTimeout;
        WriteLock = new WriteLock(settings.WriteGate && !settings.IsReadOnly ? file?.Gate : null, Engine, this);
        Batch = new WriteBatch(Engine, WriteLock, settings, clock, CommitIfDue);
        Watch = new SessionWatch(Engine.Db);
        Poll = new StopPoll(Engine.Db);
        Wal = new WalView(Engine.Db, profile, Watch);
        _reserve = new WalReserve(Engine, Wal, profile);
        Texts = new TextCompiler(Engine, Watch, settings);
    }

    /// <summary>The lock under which it executes.</summary>
    internal SessionLock Lock { get; }

    /// <summary>Where it reports what nobody can catch.</summary>
    internal ILogger Logger { get; }

    /// <summary>What the connection string asked for.</summary>
    internal WalSettings Settings { get; }

    /// <summary>What the pragma profile came to.</summary>
    internal EffectiveProfile Profile { get; }

    /// <summary>The file it has open, which other sessions may have open too; null for a private database.</summary>
    internal DatabaseFile? File { get; }

    /// <summary>What it reads times from.</summary>
    internal TimeProvider Clock { get; }

    /// <summary>What it executes, and since when.</summary>
    internal RunNote Run { get; }

    /// <summary>The WAL as it sees it; to be asked under the lock.</summary>
    internal WalView Wal { get; }

    /// <summary>The engine's side.</summary>
    internal EngineConnection Engine { get; }

    /// <summary>What its statements would change.</summary>
    internal SessionWatch Watch { get; }

    /// <summary>This session's side of the write gate.</summary>
    internal WriteLock WriteLock { get; }

    /// <summary>The pending writes.</summary>
    internal WriteBatch Batch { get; }

    /// <summary>What stops a statement that runs.</summary>
    internal StopPoll Poll { get; }

    /// <summary>The compiled statements.</summary>
    internal TextCompiler Texts { get; }

    /// <summary>The blobs that are open, each of which counts as an open result.</summary>
    internal OpenBlobs Blobs { get; } = new();

    /// <summary>How long an operation waits for locks unless its command says otherwise.</summary>
    internal TimeSpan BusyTimeout => Engine.BusyTimeout;

    /// <summary>How many results are open: statements that were stepped and not yet reset.</summary>
    internal int OpenResults { get; private set; }

    /// <summary>How many of the open results are of statements that write, beside which COMMIT is refused.</summary>
    internal int OpenWrites { get; private set; }

    /// <summary>Whether a result or a transaction is open.</summary>
    internal bool HasSomethingOpen => OpenResults > 0 || Batch.IsOpen || Engine.InTransaction;

    /// <summary>What is to be known of its transaction beside what the engine says.</summary>
    internal TransactionNote Transaction { get; } = new();

    /// <summary>Whether it was disposed.</summary>
    internal bool IsClosed => Lock.IsClosed;

    /// <summary>When it was last given back to its pool.</summary>
    internal long IdleSince { get; set; }

    /// <summary>Whether its memory was given back since it was last used.</summary>
    internal bool IsShrunk { get; set; }

    /// <summary>The generation of the pool that it was opened in; an older one is not kept.</summary>
    internal int Generation { get; init; }

    /// <summary>Called with the number of writes after a batch has committed, outside the session's lock.</summary>
    internal Action<int>? BatchCommitted { get; set; }

    /// <summary>
    /// Whether the next user may have it: nothing of the connection's own state was changed, and nothing is open.
    /// </summary>
    internal bool IsClean => !_isTouched && !Watch.IsDirty && !IsClosed && OpenResults == 0 && !Engine.InTransaction;

    /// <summary>Marks the inner connection as having been in the user's hands: nobody can tell what was done.</summary>
    internal void Touch() => _isTouched = true;

    /// <summary>Takes the session's lock for one run of the engine.</summary>
    /// <inheritdoc cref="SessionLock.BeginRun" path="/exception"/>
    internal Scope Enter() => new(this, Lock.BeginRun());

    /// <summary>The same to end what was begun: another thread's step is waited for, where <see cref="Enter"/> is refused.</summary>
    /// <inheritdoc cref="SessionLock.BeginEnd" path="/exception"/>
    internal Scope EnterToEnd() => new(this, Lock.BeginEnd());

    /// <summary>Takes the lock for a look from another thread, if that needs no waiting; false while a statement runs.</summary>
    internal bool TryEnterIdle()
    {
        if (Lock.TryEnter())
        {
            if (!Lock.IsRunning && !IsClosed)
            {
                return true;
            }

            Lock.Exit();
        }

        return false;
    }

    /// <summary>Throws what failed since the last call on a timer's or a waiter's thread.</summary>
    internal void ThrowPendingFailure()
    {
        if (_failure is not null && Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Counts a result that was opened.</summary>
    internal void OpenResult(bool isWrite)
    {
        OpenResults++;
        OpenWrites += isWrite ? 1 : 0;
    }

    /// <summary>Counts a result that was closed.</summary>
    internal void CloseResult(bool isWrite)
    {
        OpenResults--;
        OpenWrites -= isWrite ? 1 : 0;
    }

    /// <summary>Whether a result code is another's lock that may go away, and not this connection's own open write.</summary>
    internal bool IsWorthWaiting(int resultCode) => OpenWrites == 0 && Engine.IsWorthWaiting(resultCode);

    /// <summary>Notes the SQL that is about to write, to be named to those who wait for it in vain.</summary>
    internal void NoteWrite(string sql) => _lastWrite = sql;

    /// <summary>Runs after each statement, under the lock: commits a batch that is due and leaves the gate if it can.</summary>
    internal void Settle()
    {
        Engine.Changes?.HandOnIfCommitted(OpenWrites);
        if (Batch.IsDue && OpenResults == 0 && !Batch.HasDeferredViolations)
        {
            // NB: where a reader of another connection is in the way (rollback journal), the next statement tries again.
            _ = Batch.TryCommit();
        }

        if (!Batch.IsOpen)
        {
            WriteLock.Settle();
        }
    }

    /// <summary>Commits the pending writes if that needs no waiting; false to try again.</summary>
    /// <inheritdoc cref="WriteBatch.TryCommit" path="/exception"/>
    internal bool TryCommitBatch()
    {
        using (EnterToEnd())
        {
            return Batch.TryCommit();
        }
    }

    /// <summary>Undoes the units that were left open.</summary>
    internal void UndoUnits()
    {
        if (Batch.HasOpenUnits)
        {
            using (EnterToEnd())
            {
                Batch.UndoUnits();
            }
        }
    }

    /// <summary>
    /// Ends a batch that was begun for a write which then failed: it holds the lock, and nothing that would commit it.
    /// </summary>
    /// <remarks>NB: committed, since OR FAIL keeps the rows before the one that failed, as in autocommit.</remarks>
    internal void EndEmptyBatch()
    {
        if (Batch is { IsOpen: true, Pending: 0, HasOpenUnits: false } && OpenWrites == 0 && !Batch.HasDeferredViolations)
        {
            _ = Batch.TryCommit();
        }
    }

    /// <summary>Undoes the pending writes.</summary>
    internal void RollbackBatch()
    {
        using (EnterToEnd())
        {
            Batch.Rollback();
        }
    }

    /// <summary>Rolls back whatever transaction is open.</summary>
    internal void RollbackTransaction()
    {
        using (EnterToEnd())
        {
            _ = Engine.Rollback();
            WriteLock.Settle();
        }
    }

    /// <summary>
    /// Rolls back what the user left open and undoes what the next user would see; false if it must be closed instead.
    /// </summary>
    internal bool TryRestore()
    {
        using (new Scope(this, Lock.BeginReturn()))
        {
            Batch.Rollback();
            _ = Engine.Rollback();
            WriteLock.Settle();
            Batch.ForgetLostUnits();
            Transaction.Forget();
            Engine.EndListening();
            IsShrunk = false;
            EngineExports.SetLastInsertRowid(Engine.Db, 0);
            BatchCommitted = null;
            return IsClean;
        }
    }

    /// <inheritdoc/>
    void IGateHolder.TryYield()
    {
        if (Batch.IsIdle)
        {
            TryCommitFromOutside();
        }
    }

    /// <inheritdoc/>
    void IGateHolder.OnLeaving() => _reserve.Keep(OpenResults > 0);

    /// <inheritdoc/>
    void IGateHolder.OnLeft()
    {
        if (!IsClosed && File is { IsLookDue: true } file)
        {
            file.NoteWritten(Wal.Read());
        }
    }

    /// <inheritdoc/>
    bool IGateHolder.IsOnThisThread => Lock.IsHeldHere;

    /// <inheritdoc/>
    string IGateHolder.Describe()
        => $"'{Settings.ApplicationName}' has held it for {WriteLock.HeldFor.TotalMilliseconds:0} ms, last SQL: {_lastWrite ?? "(none)"}";

    /// <summary>Closes the inner connection; what is uncommitted is rolled back.</summary>
    public void Dispose()
    {
        using (new Scope(this, Lock.BeginReturn()))
        {
            if (IsClosed)
            {
                return;
            }

            Lock.Close();
        }

        Batch.Dispose();
        // NB: a statement that is not finalized would keep a closed handle alive as a zombie, its locks with it.
        Blobs.Abandon();
        Engine.GiveUpWriting();
        Texts.Dispose();
        Engine.Dispose();
        Watch.End(Engine.Db);
        Poll.End(Engine.Db);
        Engine.Inner.Dispose();
        WriteLock.Exit();
        Watch.Dispose();
        Poll.Dispose();
        File?.Forget(this);
    }

    private void CommitIfDue()
    {
        // NB: nobody calls again. Where the lock is taken its holder may have looked just before the batch fell due, so
        // it is told to look once more; and it may have left before it was told.
        if (Batch.IsDue && !TryCommitFromOutside())
        {
            _isCommitWanted = true;
            _ = TryCommitFromOutside();
        }
    }

    private bool TryCommitFromOutside()
    {
        if (!Lock.TryEnter())
        {
            return false;
        }

        var writes = 0;
        var changes = Engine.Changes;
        try
        {
            if (!Lock.IsRunning && !IsClosed && OpenResults == 0 && Batch.IsOpen && !Batch.HasOpenUnits
                && !Batch.HasDeferredViolations)
            {
                _ = Batch.TryCommit();
            }
        }
        catch (WriteBatchLostException failure)
        {
            // Nobody is there to catch it: the next call on the connection throws it.
            _failure = failure;
        }
        finally
        {
            writes = Batch.TakeReported();
            Lock.Exit();
        }

        ReportCommitted(writes);
        changes?.DeliverElsewhere();
        return true;
    }

    private void Leave(nint mutex)
    {
        EngineExports.LeaveMutex(mutex);
        var writes = Batch.TakeReported();
        Lock.EndRun();
        ReportCommitted(writes);
        Engine.Changes?.Deliver();
        if (_isCommitWanted)
        {
            _isCommitWanted = false;
            CommitIfDue();
        }
    }

    // Outside the lock: the handler is the user's.
    private void ReportCommitted(int writes)
    {
        if (writes > 0)
        {
            BatchCommitted?.Invoke(writes);
        }
    }

    /// <summary>One run of the engine under the session's lock.</summary>
    internal readonly ref struct Scope(WalSession session, nint mutex)
    {
        /// <summary>Ends the run.</summary>
        public void Dispose() => session.Leave(mutex);
    }
}
