using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// One execution of a command text on a session: compiles, admits, binds and steps its statements one after the
/// other, and stops at each that has a result.
/// </summary>
/// <remarks>
/// The wrapped provider runs a whole text in one call, so that nothing could act between its statements: neither the
/// gate nor the batch. <see cref="Advance"/> runs as far as it can without waiting, under the session's lock; the
/// waits happen between two advances, with the lock free, on the thread or off it. So there is one body for both.
/// </remarks>
internal sealed class Execution
{
    private readonly BusyWait _wait = new();
    private readonly Admission _admission;
    private readonly StatementStop _stop;
    private TextSequence _texts;
    private CompiledStatement? _statement;
    private StreamValues? _streams;
    private int _index;
    private AffectedRows _affected;
    private bool _isBound;
    private bool _isResultOpen;
    private bool _isReset;
    private bool _isEnd;

    internal Execution(WalSession session)
    {
        Session = session;
        _admission = new Admission(session, _wait);
        _stop = new StatementStop(session);
    }

    /// <summary>The session it runs on.</summary>
    internal WalSession Session { get; }

    /// <summary>The statement whose result is open.</summary>
    internal CompiledStatement? Result => _isResultOpen ? _statement : null;

    /// <summary>Whether the open result began with a row.</summary>
    internal bool HasRows { get; private set; }

    /// <summary>Rows inserted, updated or deleted by all statements so far; -1 as long as there were only queries.</summary>
    internal int RecordsAffected => _affected.Total;

    /// <inheritdoc cref="TextSequence.Index"/>
    internal int TextIndex => _texts.Index;

    /// <inheritdoc cref="Admission.IsLeftBehind"/>
    internal bool IsLeftBehind => _admission.IsLeftBehind;

    /// <summary>Whether it has ended and its text has gone back.</summary>
    internal bool HasEnded => _texts.Sql is null;

    /// <summary>Starts to execute texts; nothing runs before <see cref="NextResult"/>.</summary>
    /// <param name="texts">The texts; the values are read when a statement is bound.</param>
    /// <param name="waitLimit">How long all its waits for locks may take together.</param>
    /// <param name="owner">The command that may ask for its stop; null for statements of our own.</param>
    /// <param name="isEnd">Whether it ends something, and so waits for another thread's step instead of being refused.</param>
    internal void Start(TextSequence texts, TimeSpan waitLimit, IExecutionOwner? owner = null, bool isEnd = false)
    {
        Session.ThrowPendingFailure();
        Session.Run.Begin(texts.Sql!, isInner: Session.HasSomethingOpen);
        _texts = texts;
        _isEnd = isEnd;
        _index = 0;
        _affected = AffectedRows.None;
        _wait.Restart(waitLimit);
        _stop.Begin(owner);
    }

    /// <summary>Closes the open result and goes on to the next; false at the end of the text.</summary>
    /// <exception cref="OperationCanceledException">It was stopped, or its wait was ended; it has ended.</exception>
    /// <exception cref="QueryTimeoutException">A statement was stopped; it has ended.</exception>
    internal ValueTask<bool> NextResult(bool async, CancellationToken cancellationToken)
    {
        if (HasEnded)
        {
            return default;
        }

        _stop.Use(cancellationToken);
        var outcome = Advance();
        return outcome <= Outcome.End
            ? new ValueTask<bool>(outcome == Outcome.Result)
            : WaitAndAdvance(outcome, async);
    }

    /// <summary>Steps the open result to its next row; false at its end.</summary>
    /// <inheritdoc cref="NextResult" path="/exception"/>
    internal bool Step(CancellationToken cancellationToken)
    {
        // Stepped when it is closed, it would begin anew.
        var statement = Result ?? throw StopErrors.ClosedMeanwhile();
        _stop.Use(cancellationToken);
        if (_stop.IsRequested && !statement.IsWrite)
        {
            throw EndStopped(statement);
        }

        var isOuter = Session.Lock.BeginStep();
        var result = _stop.Step(statement);
        Session.Lock.EndStep(isOuter);
        if (result == raw.SQLITE_ROW)
        {
            statement.Row.MoveNext();
            return true;
        }

        return result == raw.SQLITE_DONE ? false
            : throw (_stop.HasStopped ? EndStopped(statement) : _admission.Fail(result));
    }

    /// <summary>Runs the rest of the text, as the wrapped provider does when its reader is closed.</summary>
    /// <remarks>
    /// What fails in it is passed over, as there, unless writes were lost: throwing from a Dispose would hide the exception
    /// that it may be unwinding for. Of several texts the failure of one undoes the others, and so is never passed over.
    /// </remarks>
    internal async ValueTask RunRest(bool async)
    {
        var isSingle = _texts.IsSingle;
        _stop.Forget();
        try
        {
            while (await NextResult(async, CancellationToken.None).ConfigureAwait(false))
            {
            }
        }
        catch (Exception error) when (isSingle && (error is InvalidOperationException or OperationCanceledException
            or SqliteException and not WriteBatchLostException and not SqliteBusyException))
        {
            Abandon();
        }
    }

    /// <summary>Gives everything back without running anything more.</summary>
    internal void Abandon()
    {
        if (!_texts.IsLeased)
        {
            _texts.End();
            return;
        }

        using (Session.EnterToEnd())
        {
            try
            {
                // A session that was given back has none open any more, or somebody else's.
                _isResultOpen &= !_admission.IsLeftBehind;
                if (_isResultOpen && !_admission.HasOwnTransaction)
                {
                    CloseResult();
                }
            }
            finally
            {
                ReleaseStatement();
                ReturnText();
                _texts.End();
                _admission.Leave();
            }
        }
    }

    private async ValueTask<bool> WaitAndAdvance(Outcome outcome, bool async)
    {
        using var joined = _stop.BeginWait(out var cancellationToken);
        try
        {
            while (outcome > Outcome.End)
            {
                await (outcome == Outcome.AwaitGate
                    ? Session.WriteLock.Enter(_wait, async, cancellationToken)
                    : outcome == Outcome.AwaitStream ? _streams!.Read(Session.Engine.Db, async, cancellationToken)
                    : _wait.Nap(async, cancellationToken)).ConfigureAwait(false);
                outcome = Advance();
            }
        }
        catch (OperationCanceledException) when (!HasEnded)
        {
            // The wait's: a statement that was stopped has ended the execution already.
            Abandon();
            throw _stop.Explain();
        }
        catch (Exception)
        {
            Abandon();
            throw;
        }

        return outcome == Outcome.Result;
    }

    private Outcome Advance()
    {
        try
        {
            // NB: what has begun is not refused any more: half done it would stay open, and others' writes in its transaction.
            using (_isEnd || _texts.IsLeased ? Session.EnterToEnd() : Session.Enter())
            {
                _admission.RefuseLeftBehind();
                return AdvanceUnderLock();
            }
        }
        catch (Exception)
        {
            Abandon();
            throw;
        }
    }

    private Outcome AdvanceUnderLock()
    {
        var text = _texts.Lease(Session.Texts);
        if (_isResultOpen && !CloseResult())
        {
            return Outcome.AwaitLock;
        }

        while (_statement is not null || TryCompile(text))
        {
            if (_statement is not { } statement)
            {
                if (!TryGoToNextText())
                {
                    return Outcome.End;
                }

                text = _texts.Lease(Session.Texts);
                continue;
            }

            if (!_isBound)
            {
                _stop.RefuseToGoOn(isBegun: _index + TextIndex > 0);
                if (!ParameterBinder.Bind(statement, _texts.Parameters, ref _streams))
                {
                    return Outcome.AwaitStream;
                }

                _isBound = true;
                _stop.BeginStatement();
            }

            if (_admission.Admit(statement, text.Sql) is var need and not Need.Nothing)
            {
                return need == Need.Gate ? Outcome.AwaitGate : Outcome.AwaitLock;
            }

            Session.Engine.Changes?.BeginStatement();
            var result = _stop.Step(statement);
            if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            {
                _ = EngineExports.Reset(statement.Handle);
                Session.Engine.Changes?.EndFailedStatement();
                return _stop.HasStopped ? throw _stop.Explain()
                    : _admission.IsWorthWaiting(result) ? Outcome.AwaitLock
                    : throw _admission.Fail(result);
            }

            if (OpenResult(statement, result == raw.SQLITE_ROW))
            {
                return Outcome.Result;
            }

            Complete(statement);
        }

        return Outcome.AwaitLock;
    }

    // NB: nothing of the text runs any more: stepped again, the statement would begin anew.
    private Exception EndStopped(CompiledStatement statement)
    {
        _ = EngineExports.Reset(statement.Handle);
        var stopped = _stop.Explain();
        Abandon();
        return stopped;
    }

    /// <summary>Compiles the next statement and binds it; false to wait and try again.</summary>
    private bool TryCompile(CompiledText text)
    {
        // NB: compiling some pragmas already executes them, and inside a transaction some are ignored in silence.
        var kind = text.KindOf(_index);
        if (kind is StatementKind.Pragma or StatementKind.Attach or StatementKind.Vacuum && !_admission.TryCommitBatch())
        {
            return false;
        }

        var result = kind == StatementKind.Pragma
            ? Session.Texts.CompilePragma(text, _index, out _statement)
            : Session.Texts.Compile(text, _index, out _statement);
        if (result != raw.SQLITE_OK)
        {
            return _admission.IsWorthWaiting(result) ? false : throw _admission.Fail(result);
        }

        _isBound = false;
        return true;
    }

    private bool OpenResult(CompiledStatement statement, bool hasRows)
    {
        if (EngineExports.ColumnCount(statement.Handle) == 0)
        {
            return false;
        }

        HasRows = hasRows;
        statement.Row.Begin();
        _isResultOpen = true;
        _isReset = false;
        Session.OpenResult(statement.IsWrite);
        return true;
    }

    /// <summary>Closes the open result; false when its own transaction must wait to commit.</summary>
    private bool CloseResult()
    {
        var statement = _statement!;
        ResetResult(statement);
        if (!_admission.TryCommitOwnTransaction())
        {
            return false;
        }

        _isResultOpen = false;
        Complete(statement);
        return true;
    }

    private void ResetResult(CompiledStatement statement)
    {
        if (!_isReset)
        {
            _ = EngineExports.Reset(statement.Handle);
            Session.CloseResult(statement.IsWrite);
            _isReset = true;
        }
    }

    private void Complete(CompiledStatement statement)
    {
        statement.Clear();
        if (statement.IsWrite && statement.Kind == StatementKind.Dml)
        {
            _affected.Add(EngineExports.Changes(Session.Engine.Db));
        }
        else if (!statement.HasColumns)
        {
            _affected.Add(0);
        }

        Session.Transaction.Follow(statement, Session.Engine);
        _statement = null;
        _index++;
        if (statement.IsCounted && Session.Batch.IsOpen)
        {
            Session.Batch.Count();
        }

        Session.Settle();
    }

    private void ReleaseStatement()
    {
        var hasFailedAtOnce = !_isResultOpen;
        if (_isResultOpen)
        {
            ResetResult(_statement!);
            _isResultOpen = false;
        }

        _statement?.Clear();
        _statement = null;
        _admission.EndOwnTransaction(keepsPart: hasFailedAtOnce);
    }

    /// <summary>Gives the text that has ended back and goes on to the next, if there is one.</summary>
    private bool TryGoToNextText()
    {
        ReturnText();
        _index = 0;
        return _texts.TryGoOn();
    }

    private void ReturnText()
    {
        _texts.Return(Session.Texts, ref _affected);
        _streams?.Dispose();
        _streams = null;
    }
}
