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
internal sealed class Execution(WalSession session)
{
    private readonly BusyWait _wait = new();
    private string? _sql;
    private CompiledText? _text;
    private CompiledStatement? _statement;
    private SqliteParameterCollection? _parameters;
    private IReadOnlyList<SqlText>? _texts;
    private int _index;
    private int _affected;
    private int _affectedBefore;
    private bool _isBound;
    private bool _isResultOpen;
    private bool _isImplicit;

    private enum Outcome
    {
        Result,
        End,
        AwaitGate,
        AwaitLock,
    }

    /// <summary>The session it runs on.</summary>
    internal WalSession Session => session;

    /// <summary>The statement whose result is open.</summary>
    internal CompiledStatement? Result => _isResultOpen ? _statement : null;

    /// <summary>Whether the open result began with a row.</summary>
    internal bool HasRows { get; private set; }

    /// <summary>Rows inserted, updated or deleted by all statements so far; -1 as long as there were only queries.</summary>
    internal int RecordsAffected => Sum(_affectedBefore, _affected);

    /// <summary>Which of several texts runs, or ran last.</summary>
    internal int TextIndex { get; private set; }

    /// <summary>Whether it has ended and its text has gone back.</summary>
    internal bool HasEnded => _sql is null;

    /// <summary>Starts to execute a text; nothing runs before <see cref="NextResult"/>.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="parameters">The values; read when a statement is bound.</param>
    /// <param name="waitLimit">How long all its waits for locks may take together.</param>
    internal void Start(string sql, SqliteParameterCollection? parameters, TimeSpan waitLimit)
    {
        session.ThrowPendingFailure();
        _sql = sql;
        _parameters = parameters;
        _texts = null;
        _index = 0;
        TextIndex = 0;
        _affected = _affectedBefore = -1;
        _wait.Restart(waitLimit);
    }

    /// <summary>Starts to execute several texts one after the other, each with its own values.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="waitLimit">How long all waits for locks may take together.</param>
    internal void Start(IReadOnlyList<SqlText> texts, TimeSpan waitLimit)
    {
        Start(texts[0].Sql, texts[0].Parameters, waitLimit);
        _texts = texts;
    }

    /// <summary>Closes the open result and goes on to the next; false at the end of the text.</summary>
    internal ValueTask<bool> NextResult(bool async, CancellationToken cancellationToken)
    {
        if (HasEnded)
        {
            return default;
        }

        var outcome = Advance();
        return outcome <= Outcome.End
            ? new ValueTask<bool>(outcome == Outcome.Result)
            : WaitAndAdvance(outcome, async, cancellationToken);
    }

    /// <summary>Steps the open result to its next row; false at its end.</summary>
    internal bool Step()
    {
        session.BeginStep();
        var result = EngineExports.Step(_statement!.Handle);
        session.EndStep();
        return result switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw Fail(result),
        };
    }

    /// <summary>Ends the execution: the open result is closed, the rest of the text is not run.</summary>
    internal ValueTask End(bool async)
    {
        if (HasEnded)
        {
            return default;
        }

        if (!_isImplicit)
        {
            Abandon();
            return default;
        }

        return CommitAndEnd(async);
    }

    /// <summary>Gives everything back without running anything more.</summary>
    internal void Abandon()
    {
        if (HasEnded)
        {
            return;
        }

        using (session.Enter())
        {
            try
            {
                if (_isResultOpen && !_isImplicit)
                {
                    CloseResult();
                }
            }
            finally
            {
                ReleaseStatement();
                GiveBack();
                session.WriteLock.Settle();
            }
        }
    }

    private async ValueTask CommitAndEnd(bool async)
    {
        try
        {
            while (!TryCloseResult())
            {
                await _wait.Nap(async, CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            Abandon();
        }
    }

    private async ValueTask<bool> WaitAndAdvance(Outcome outcome, bool async, CancellationToken cancellationToken)
    {
        try
        {
            while (outcome > Outcome.End)
            {
                await (outcome == Outcome.AwaitGate
                    ? session.WriteLock.Enter(_wait, async, cancellationToken)
                    : _wait.Nap(async, cancellationToken)).ConfigureAwait(false);
                outcome = Advance();
            }
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
            using (session.Enter())
            {
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
        if (_text is null)
        {
            _text = session.Texts.Lease(_sql!);
            session.NoteRun(_sql!);
        }

        if (_isResultOpen && !CloseResult())
        {
            return Outcome.AwaitLock;
        }

        while (true)
        {
            if (_statement is null && !TryCompile())
            {
                return Outcome.AwaitLock;
            }

            if (_statement is not { } statement)
            {
                if (!TryGoToNextText())
                {
                    return Outcome.End;
                }

                continue;
            }

            if (Admit(statement) is { } wait)
            {
                return wait;
            }

            var result = EngineExports.Step(statement.Handle);
            if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            {
                _ = EngineExports.Reset(statement.Handle);
                return IsWorthWaiting(result) ? Outcome.AwaitLock : throw Fail(result);
            }

            if (OpenResult(statement, result == raw.SQLITE_ROW))
            {
                return Outcome.Result;
            }

            Complete(statement);
        }
    }

    /// <summary>Compiles the next statement and binds it; false to wait and try again.</summary>
    private bool TryCompile()
    {
        // NB: compiling some pragmas already executes them, and inside a transaction some are ignored in silence.
        var kind = _text!.KindOf(_index);
        if (kind is StatementKind.Pragma or StatementKind.Attach or StatementKind.Vacuum && !session.Batch.TryCommit())
        {
            return IsWorthWaiting(raw.SQLITE_BUSY) ? false : throw Fail(raw.SQLITE_BUSY);
        }

        var result = kind == StatementKind.Pragma
            ? session.CompilePragma(_text, _index, out _statement)
            : session.Compile(_text, _index, out _statement);
        if (result != raw.SQLITE_OK)
        {
            return IsWorthWaiting(result) ? false : throw Fail(result);
        }

        _isBound = false;
        return true;
    }

    /// <summary>Makes sure that the statement may run now; otherwise what to wait for.</summary>
    private Outcome? Admit(CompiledStatement statement)
    {
        if (!_isBound)
        {
            ParameterBinder.Bind(statement, _parameters);
            _isBound = true;
        }

        return statement.Kind switch
        {
            StatementKind.Dml or StatementKind.Ddl => statement.NeedsGate ? AdmitWrite(statement) : null,
            StatementKind.Explain => null,
            StatementKind.Pragma => statement.IsWrite ? EnterGate() : null,
            StatementKind.Vacuum => EnterGate(),
            StatementKind.Attach => null,
            _ => AdmitTransaction(statement),
        };
    }

    private Outcome? AdmitWrite(CompiledStatement statement)
    {
        if (EnterGate() is { } wait)
        {
            return wait;
        }

        // A write with a result gets a transaction of its own: its autocommit would run when it is reset, and when that
        // is refused the rows have been given out already and the write is undone.
        var isOwn = !session.Batch.IsEnabled && statement.HasColumns;
        if ((session.Batch.IsEnabled || isOwn) && !session.Engine.InTransaction)
        {
            var result = session.Batch.Begin();
            if (result != raw.SQLITE_OK)
            {
                return IsWorthWaiting(result) ? Outcome.AwaitLock : throw Fail(result);
            }

            _isImplicit = isOwn;
        }

        return null;
    }

    private Outcome? AdmitTransaction(CompiledStatement statement)
        => !session.Batch.TryCommit()
            ? IsWorthWaiting(raw.SQLITE_BUSY) ? Outcome.AwaitLock : throw Fail(raw.SQLITE_BUSY)
            : statement.Kind == StatementKind.BeginWrite ? EnterGate() : null;

    private Outcome? EnterGate()
    {
        session.NoteWrite(_text!.Sql);
        return session.WriteLock.TryEnter() ? null : Outcome.AwaitGate;
    }

    private bool OpenResult(CompiledStatement statement, bool hasRows)
    {
        if (EngineExports.ColumnCount(statement.Handle) == 0)
        {
            return false;
        }

        HasRows = hasRows;
        _isResultOpen = true;
        session.OpenResult(statement);
        return true;
    }

    /// <summary>Closes the open result; false when its own transaction must wait to commit.</summary>
    private bool CloseResult()
    {
        if (_isImplicit)
        {
            _ = EngineExports.Reset(_statement!.Handle);
            if (!session.Batch.TryCommit())
            {
                return IsWorthWaiting(raw.SQLITE_BUSY) ? false : throw Fail(raw.SQLITE_BUSY);
            }

            _isImplicit = false;
        }

        var statement = _statement!;
        session.CloseResult(statement);
        _isResultOpen = false;
        Complete(statement);
        return true;
    }

    private bool TryCloseResult()
    {
        using (session.Enter())
        {
            return !_isResultOpen || CloseResult();
        }
    }

    private void Complete(CompiledStatement statement)
    {
        statement.Clear();
        if (statement.IsWrite && statement.Kind == StatementKind.Dml)
        {
            _affected = Sum(_affected, EngineExports.Changes(session.Engine.Db));
        }
        else if (!statement.HasColumns)
        {
            _affected = Sum(_affected, 0);
        }

        if (statement.Kind > StatementKind.Explain)
        {
            session.WasCommittedByText = statement.Kind is StatementKind.Commit or StatementKind.EndSavepoint;
        }

        _statement = null;
        _index++;
        if (statement.IsCounted && session.Batch.IsOpen)
        {
            session.Batch.Count();
        }

        session.Settle();
    }

    private void ReleaseStatement()
    {
        if (_isResultOpen)
        {
            session.CloseResult(_statement!);
            _isResultOpen = false;
        }

        _statement?.Clear();
        _statement = null;
        if (_isImplicit)
        {
            session.Batch.Rollback();
            _isImplicit = false;
        }
    }

    /// <summary>Gives the text that has ended back and goes on to the next, if there is one.</summary>
    private bool TryGoToNextText()
    {
        var texts = _texts;
        GiveBack();
        if (texts is null || ++TextIndex >= texts.Count)
        {
            return false;
        }

        _texts = texts;
        _sql = texts[TextIndex].Sql;
        _parameters = texts[TextIndex].Parameters;
        _index = 0;
        _text = session.Texts.Lease(_sql);
        return true;
    }

    private void GiveBack()
    {
        if (_text is not null && _texts is not null)
        {
            var ended = _texts[TextIndex];
            ended.RecordsAffected = _affected;
            _affectedBefore = ended.IsOwn ? _affectedBefore : RecordsAffected;
            _affected = -1;
        }

        if (_text is not null)
        {
            session.Texts.Return(_text);
            _text = null;
        }

        _sql = null;
        _texts = null;
        _parameters = null;
    }

    // NB: -1 stands for "only queries so far".
    private static int Sum(int one, int other) => one < 0 ? other : other < 0 ? one : one + other;

    private bool IsWorthWaiting(int result) => !_wait.IsSpent && session.IsWorthWaiting(result);

    private SqliteException Fail(int result)
    {
        var error = EngineErrors.For(result, session.Engine, _wait.Elapsed);
        return _isImplicit ? error : session.Batch.LostWith(error) ?? error;
    }
}
