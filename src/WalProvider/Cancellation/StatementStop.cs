namespace WalProvider;

/// <summary>
/// Steps the statements of one execution so that they can be stopped: by the token of the call, by their command's
/// request, by Query Timeout.
/// </summary>
/// <remarks>
/// A write that SQLite stops takes its whole transaction with it, savepoints too. So one that shares its transaction with
/// writes that are done, in a batch or a write queue, runs to its end; an explicit transaction is its owner's to lose.
/// </remarks>
internal sealed class StatementStop(WalSession session) : IStoppable
{
    private readonly QueryClock? _clock
        = session.Settings.QueryTimeout > TimeSpan.Zero ? new QueryClock(session.Settings.QueryTimeout, session.Run) : null;

    private readonly StopPoll _poll = session.Poll;
    private IExecutionOwner? _owner;
    private CancellationToken _token;
    private CompiledStatement? _statement;
    private StopCause _cause;
    private StopLoss _loss;

    /// <summary>Whether the last step was stopped, and failed for that.</summary>
    internal bool HasStopped => _cause != StopCause.None;

    /// <summary>Whether the call's token or the command asks to stop.</summary>
    internal bool IsRequested => _token.IsCancellationRequested || (_owner is { } owner && owner.StopRequest.IsMade);

    /// <summary>Begins an execution: what was asked of the one before is forgotten.</summary>
    internal void Begin(IExecutionOwner? owner)
    {
        _owner = owner;
        owner?.StopRequest.Forget();
        _cause = StopCause.None;
    }

    /// <summary>Begins a call that goes on with the execution.</summary>
    internal void Use(CancellationToken cancellationToken)
    {
        if (cancellationToken != _token)
        {
            _token = cancellationToken;
        }
    }

    /// <summary>Forgets a request that was made while nothing ran: the execution is brought to its end.</summary>
    internal void Forget() => _owner?.StopRequest.Forget();

    /// <summary>Gives the next statement its whole time.</summary>
    internal void BeginStatement() => _clock?.Restart();

    /// <summary>Steps a statement; the engine's result code.</summary>
    internal int Step(CompiledStatement statement)
    {
        _statement = statement;
        _cause = StopCause.None;
        _poll.Running = this;
        if (_clock is not null)
        {
            return StepByTheClock(statement);
        }

        var result = EngineExports.Step(statement.Handle);
        _poll.Running = null;
        return result;
    }

    /// <inheritdoc/>
    public bool MustStop()
    {
        var cause = IsRequested ? StopCause.Cancelled : _clock is { IsOver: true } ? StopCause.TimedOut : StopCause.None;
        if (cause == StopCause.None || !MayStop(_statement!))
        {
            return false;
        }

        _cause = cause;
        _loss = LossOf(_statement!);
        return true;
    }

    /// <summary>A token for a wait, and what to dispose after it where two had to be joined.</summary>
    internal CancellationTokenSource? BeginWait(out CancellationToken cancellationToken)
    {
        cancellationToken = _token;
        if (_owner is not { } owner)
        {
            return null;
        }

        if (!_token.CanBeCanceled)
        {
            cancellationToken = owner.StopRequest.Await();
            return null;
        }

        var joined = CancellationTokenSource.CreateLinkedTokenSource(_token, owner.StopRequest.Await());
        cancellationToken = joined.Token;
        return joined;
    }

    /// <summary>Throws where a stop was asked for between two statements.</summary>
    /// <remarks>NB: what has run stays; only the rest is not begun. The first is: its call has looked at its token.</remarks>
    internal void RefuseToGoOn(bool isBegun)
    {
        if (isBegun && IsRequested)
        {
            throw Explain();
        }
    }

    /// <summary>
    /// The exception for what was stopped, or not gone on with. A batch that SQLite has rolled back with it is given up.
    /// </summary>
    internal Exception Explain()
    {
        if (session.Batch.IsOpen && !session.Engine.InTransaction)
        {
            session.Batch.Rollback();
        }

        var loss = HasStopped && !session.Engine.InTransaction ? _loss : StopLoss.Nothing;
        return _cause == StopCause.TimedOut
            ? QueryTimeoutException.Create(_clock!.Limit, loss)
            : StopErrors.Cancelled(_token.IsCancellationRequested ? _token : default, loss);
    }

    private int StepByTheClock(CompiledStatement statement)
    {
        _clock!.BeginStep();
        var result = EngineExports.Step(statement.Handle);
        _clock.EndStep();
        _poll.Running = null;
        return result;
    }

    private bool MayStop(CompiledStatement statement)
        // NB: SQLite asks once more after a statement has ended, and would then call a write stopped that is done.
        => EngineExports.IsBusy(statement.Handle)
            && statement.Kind is < StatementKind.Begin or > StatementKind.EndSavepoint
            && (!statement.IsWrite || MayStopWrite());

    // NB: a write with a result has written everything before its first row, which the caller may have seen.
    private bool MayStopWrite()
        => session.OpenWrites == 0 && !session.Transaction.IsShared && !(session.Batch.IsOpen && session.Batch.Pending > 0);

    private StopLoss LossOf(CompiledStatement statement)
        // NB: VACUUM has a transaction of its own inside.
        => !statement.IsWrite || statement.Kind == StatementKind.Vacuum ? StopLoss.Nothing
            : session.Batch.IsOpen ? session.Batch.HasOpenUnits ? StopLoss.Unit : StopLoss.Nothing
            : session.Engine.InTransaction ? StopLoss.Transaction
            : StopLoss.Nothing;
}
