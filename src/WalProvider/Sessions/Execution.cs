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
    private string? _sql;
    private CompiledText? _text;
    private CompiledStatement? _statement;
    private SqliteParameterCollection? _parameters;
    private IReadOnlyList<SqlText>? _texts;
    private int _index;
    private AffectedRows _affected;
    private bool _isBound;
    private bool _isResultOpen;
    private bool _isReset;

    internal Execution(WalSession session)
    {
        Session = session;
        _admission = new Admission(session, _wait);
    }

    /// <summary>The session it runs on.</summary>
    internal WalSession Session { get; }

    /// <summary>The statement whose result is open.</summary>
    internal CompiledStatement? Result => _isResultOpen ? _statement : null;

    /// <summary>Whether the open result began with a row.</summary>
    internal bool HasRows { get; private set; }

    /// <summary>Rows inserted, updated or deleted by all statements so far; -1 as long as there were only queries.</summary>
    internal int RecordsAffected => _affected.Total;

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
        Session.ThrowPendingFailure();
        Session.Run.Begin(sql, isInner: Session.OpenResults > 0 || Session.Batch.IsOpen || Session.Engine.InTransaction);
        _sql = sql;
        _parameters = parameters;
        _texts = null;
        _index = 0;
        TextIndex = 0;
        _affected = AffectedRows.None;
        _wait.Restart(waitLimit);
    }

    /// <summary>Starts to execute several texts one after the other, each with its own values.</summary>
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
        var statement = _statement!;
        Session.BeginStep();
        var result = EngineExports.Step(statement.Handle);
        Session.EndStep();
        if (result == raw.SQLITE_ROW)
        {
            statement.Row.MoveNext();
            return true;
        }

        return result == raw.SQLITE_DONE ? false : throw _admission.Fail(result);
    }

    /// <summary>Runs the rest of the text, as the wrapped provider does when its reader is closed.</summary>
    /// <remarks>
    /// What fails in it is passed over, as there, unless writes were lost: throwing from a Dispose would hide the exception
    /// that it may be unwinding for. Of several texts the failure of one undoes the others, and so is never passed over.
    /// </remarks>
    internal async ValueTask RunRest(bool async)
    {
        var isSingle = _texts is null;
        try
        {
            while (await NextResult(async, CancellationToken.None).ConfigureAwait(false))
            {
            }
        }
        catch (Exception error) when (isSingle && (error is InvalidOperationException
            or SqliteException and not WriteBatchLostException and not SqliteBusyException))
        {
            Abandon();
        }
    }

    /// <summary>Gives everything back without running anything more.</summary>
    internal void Abandon()
    {
        if (HasEnded)
        {
            return;
        }

        using (Session.Enter())
        {
            try
            {
                if (_isResultOpen && !_admission.HasOwnTransaction)
                {
                    CloseResult();
                }
            }
            finally
            {
                ReleaseStatement();
                GiveBack();
                Session.EndEmptyBatch();
                Session.WriteLock.Settle();
            }
        }
    }

    private async ValueTask<bool> WaitAndAdvance(Outcome outcome, bool async, CancellationToken cancellationToken)
    {
        try
        {
            while (outcome > Outcome.End)
            {
                await (outcome == Outcome.AwaitGate
                    ? Session.WriteLock.Enter(_wait, async, cancellationToken)
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
            using (Session.Enter())
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
        _text ??= Session.Texts.Lease(_sql!);
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

            if (!_isBound)
            {
                ParameterBinder.Bind(statement, _parameters);
                _isBound = true;
            }

            if (_admission.Admit(statement, _text.Sql) is var need and not Need.Nothing)
            {
                return need == Need.Gate ? Outcome.AwaitGate : Outcome.AwaitLock;
            }

            var result = EngineExports.Step(statement.Handle);
            if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            {
                _ = EngineExports.Reset(statement.Handle);
                return _admission.IsWorthWaiting(result) ? Outcome.AwaitLock : throw _admission.Fail(result);
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
        if (kind is StatementKind.Pragma or StatementKind.Attach or StatementKind.Vacuum && !_admission.TryCommitBatch())
        {
            return false;
        }

        var result = kind == StatementKind.Pragma
            ? Session.Texts.CompilePragma(_text, _index, out _statement)
            : Session.Texts.Compile(_text, _index, out _statement);
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
        Session.OpenResult(statement);
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
            Session.CloseResult(statement);
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

        if (statement.Kind > StatementKind.Explain)
        {
            Session.WasCommittedByText = statement.Kind is StatementKind.Commit or StatementKind.EndSavepoint
                && !Session.Engine.InTransaction;
        }

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
        _text = Session.Texts.Lease(_sql);
        return true;
    }

    private void GiveBack()
    {
        if (_text is not null && _texts is not null)
        {
            _affected.EndText(_texts[TextIndex]);
        }

        if (_text is not null)
        {
            Session.Texts.Return(_text);
            _text = null;
        }

        _sql = null;
        _texts = null;
        _parameters = null;
    }
}
