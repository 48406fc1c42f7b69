using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// The shared transaction of a session's writes: begun by the first, committed after so many, or so long, or when
/// somebody waits.
/// </summary>
/// <remarks>Guarded by the session's lock. The caller holds the write gate while it is open.</remarks>
internal sealed class WriteBatch : IDisposable
{
    private const int DeferredForeignKeys = 10;

    // A busy batch that others wait for goes on for this long, so that writers take turns without shrinking every
    // batch to one write.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMilliseconds(0.5);

    private readonly EngineConnection _engine;
    private readonly WriteLock _lock;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _clock;
    private readonly ITimer? _timer;
    private readonly ControlStatements _statements;
    private readonly UnitStack _units;
    private volatile int _size;
    private volatile bool _isOverdue;
    private long _lastWrite;

    /// <summary>Creates the batch of a session.</summary>
    /// <param name="engine">The session's connection.</param>
    /// <param name="writeLock">Its side of the write gate.</param>
    /// <param name="settings">Size and interval.</param>
    /// <param name="clock">What the interval is measured by.</param>
    /// <param name="onOverdue">Called from a timer when the oldest pending write is an interval old.</param>
    internal WriteBatch(EngineConnection engine, WriteLock writeLock, WalSettings settings, TimeProvider clock, Action onOverdue)
    {
        _engine = engine;
        _lock = writeLock;
        _size = settings.WriteBatchSize;
        _interval = settings.WriteBatchInterval;
        _statements = new ControlStatements(engine.Db);
        _units = new UnitStack(_statements);
        _clock = clock;
        if (IsEnabled && _interval > TimeSpan.Zero)
        {
            _timer = clock.CreateTimer(
                _ =>
                {
                    _isOverdue = true;
                    onOverdue();
                },
                null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Whether writes outside a transaction share one.</summary>
    internal bool IsEnabled => _size > 0;

    /// <summary>Whether the shared transaction is open.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>How many writes it holds.</summary>
    internal int Pending { get; private set; }

    /// <summary>How many writes the commits since the last look have made durable, for the event.</summary>
    internal int Reported { get; private set; }

    /// <summary>Whether it should commit now: it is full, overdue, or others wait and it has had its slice.</summary>
    internal bool IsDue => IsOpen && !HasOpenUnits && (Pending >= _size || _isOverdue || (_lock.HasWaiters && _lock.HeldFor >= Slice));

    /// <summary>Whether it holds writes and the last was not just now, so that one who waits may commit it.</summary>
    internal bool IsIdle => IsOpen && !HasOpenUnits && _clock.GetElapsedTime(_lastWrite) >= IdleAfter;

    /// <summary>Whether a unit is open, in which nothing is committed.</summary>
    internal bool HasOpenUnits => _units.HasOpen;

    /// <summary>Whether COMMIT would fail for a foreign key that is still to be satisfied.</summary>
    internal bool HasDeferredViolations
        => raw.sqlite3_db_status(_engine.Db, DeferredForeignKeys, out var unsatisfied, out _, 0) == raw.SQLITE_OK && unsatisfied != 0;

    /// <summary>Begins the shared transaction; the engine's result code, tried once.</summary>
    internal int Begin()
    {
        var result = _engine.BeginImmediate();
        if (result == raw.SQLITE_OK)
        {
            IsOpen = true;
            _isOverdue = false;
            // Again and again: the first time a reader, or a foreign key that is still to be satisfied, may be in the way.
            _timer?.Change(_interval, _interval);
        }

        return result;
    }

    /// <summary>Counts an executed write.</summary>
    internal void Count()
    {
        Pending++;
        if (_lock.HasWaiters)
        {
            _lastWrite = _clock.GetTimestamp();
        }
    }

    /// <summary>
    /// Commits what is open; false when a reader of another connection is in the way and the caller may try again.
    /// </summary>
    /// <exception cref="WriteBatchLostException">The COMMIT failed for good; the writes were rolled back.</exception>
    /// <exception cref="InvalidOperationException">A unit is open.</exception>
    internal bool TryCommit()
    {
        if (!IsOpen)
        {
            return true;
        }

        if (HasOpenUnits)
        {
            throw new InvalidOperationException(
                "A batch unit is open, and this would commit the batch inside it: complete or dispose the unit first.");
        }

        var result = _engine.InTransaction ? _engine.Commit() : raw.SQLITE_ABORT_ROLLBACK;
        if (result == raw.SQLITE_OK)
        {
            Reported += Pending;
            Close();
            return true;
        }

        return _engine.IsWorthWaiting(result) ? false : throw Lose(EngineErrors.Plain(result, _engine.Db));
    }

    /// <summary>Begins a unit inside the open batch.</summary>
    internal UnitMark BeginUnit() => _units.Begin(Pending);

    /// <inheritdoc cref="UnitStack.Keep"/>
    internal void KeepUnit(UnitMark mark) => _units.Keep(mark);

    /// <summary>Undoes a unit's writes, and the units inside it with them; nothing where its batch is gone.</summary>
    internal void UndoUnit(UnitMark mark)
    {
        if (_units.Undo(mark))
        {
            Pending = mark.Pending;
        }
    }

    /// <summary>Commits each write from now on: the process ends, and nobody will commit what is pending later.</summary>
    internal void CommitEach() => _size = Math.Min(_size, 1);

    /// <summary>Undoes all open units: their connection goes, or the process. What their owners write yet is refused.</summary>
    internal void UndoUnits()
    {
        if (HasOpenUnits)
        {
            Pending = _units.UndoAll().Pending;
        }
    }

    /// <summary>Refuses to write the other half of a unit whose first half is lost.</summary>
    /// <exception cref="InvalidOperationException">Such a unit has not been disposed yet.</exception>
    internal void RefuseInLostUnit()
    {
        if (_units.HasLost)
        {
            throw new InvalidOperationException(
                "The batch unit that is open has lost its writes with its batch, and what is written now would be half of it: "
                + "dispose the unit first.");
        }
    }

    /// <summary>Forgets the units that were lost and never disposed: their connection is closed.</summary>
    internal void ForgetLostUnits() => _units.ForgetLost();

    /// <summary>Undoes what is open.</summary>
    internal void Rollback()
    {
        if (!IsOpen)
        {
            return;
        }

        _ = _engine.Rollback();
        Close();
    }

    /// <summary>
    /// The error of a lost batch, if the engine has ended its transaction under an error; null if it goes on.
    /// </summary>
    internal WriteBatchLostException? LostWith(SqliteException cause)
        => IsOpen && !_engine.InTransaction ? Lose(cause) : null;

    /// <summary>Gives the writes up, and says so.</summary>
    internal WriteBatchLostException Lose(SqliteException cause)
    {
        var lost = EngineErrors.BatchLost(cause, Pending, cause.SqliteErrorCode == raw.SQLITE_IOERR);
        _ = _engine.Rollback();
        Close();
        return lost;
    }

    /// <summary>Takes the number of committed writes to report.</summary>
    internal int TakeReported()
    {
        var writes = Reported;
        Reported = 0;
        return writes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _statements.Dispose();
    }

    private void Close()
    {
        IsOpen = false;
        _units.Lose();
        Pending = 0;
        _isOverdue = false;
        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _lock.Settle();
    }
}
