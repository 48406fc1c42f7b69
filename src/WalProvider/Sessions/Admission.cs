using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Lets the statements of one execution run: takes them through the gate, begins the batch for them, and commits the
/// batch before those that cannot be part of it. Called under the session's lock; never waits.
/// </summary>
internal sealed class Admission(WalSession session, BusyWait wait)
{
    private readonly int _returns = session.Lock.Returns;

    /// <summary>Whether its connection has given the session back, so that it is somebody else's by now, or closed.</summary>
    internal bool IsLeftBehind => session.Lock.Returns != _returns;

    /// <summary>
    /// Whether the statement that runs has a transaction of its own: a write with a result, outside a transaction and a
    /// batch.
    /// </summary>
    /// <remarks>
    /// Its autocommit would run when it is reset, and when that is refused the rows have been given out already and the
    /// write is undone. A COMMIT of ours can be tried again. Several that are open at once share it, and the last to
    /// close commits, as autocommit would.
    /// </remarks>
    internal bool HasOwnTransaction { get; private set; }

    /// <summary>Refuses to go on with a session that was given back.</summary>
    /// <exception cref="InvalidOperationException">The connection was closed while the execution waited.</exception>
    internal void RefuseLeftBehind()
    {
        if (IsLeftBehind)
        {
            throw StopErrors.ClosedMeanwhile();
        }
    }

    /// <summary>Says what the statement must wait for; nothing when everything it needs was taken.</summary>
    internal Need Admit(CompiledStatement statement, string sql) => statement.Kind switch
    {
        StatementKind.Dml or StatementKind.Ddl => statement.NeedsGate ? AdmitWrite(statement.HasColumns, sql) : Need.Nothing,
        StatementKind.Explain or StatementKind.Attach => Need.Nothing,
        StatementKind.Pragma => statement.IsWrite ? EnterGate(sql) : Need.Nothing,
        StatementKind.Vacuum => EnterGate(sql),
        _ => AdmitTransaction(statement, sql),
    };

    /// <summary>The same for whatever writes: takes it through the gate and begins the batch, or a transaction of its own.</summary>
    /// <param name="hasResult">Whether it stays open, so that autocommit would come too late.</param>
    /// <param name="sql">Named to those who wait for it in vain.</param>
    internal Need AdmitWrite(bool hasResult, string sql)
    {
        session.Batch.RefuseInLostUnit();
        if (EnterGate(sql) is Need.Gate)
        {
            return Need.Gate;
        }

        var isOwn = !session.Batch.IsEnabled && hasResult;
        if ((!session.Batch.IsEnabled && !isOwn) || session.Engine.InTransaction)
        {
            HasOwnTransaction = isOwn && session.Batch is { IsOpen: true, HasOpenUnits: false };
            return Need.Nothing;
        }

        var result = session.Batch.Begin();
        if (result != raw.SQLITE_OK)
        {
            return IsWorthWaiting(result) ? Need.Lock : throw Fail(result);
        }

        HasOwnTransaction = isOwn;
        return Need.Nothing;
    }

    /// <summary>Commits the batch before a statement that cannot be part of it; false to wait and try again.</summary>
    internal bool TryCommitBatch()
        => session.Batch.TryCommit() || (IsWorthWaiting(raw.SQLITE_BUSY) ? false : throw Fail(raw.SQLITE_BUSY));

    /// <summary>
    /// Commits the statement's own transaction, or leaves it to the other results that share it; false to wait and try again.
    /// </summary>
    internal bool TryCommitOwnTransaction()
    {
        if (HasOwnTransaction && session.OpenWrites == 0 && !TryCommitBatch())
        {
            return false;
        }

        HasOwnTransaction = false;
        return true;
    }

    /// <summary>Ends the transaction of a statement that did not get to its end, unless other results share it.</summary>
    /// <param name="keepsPart">
    /// Whether to commit what the engine has kept of it: OR FAIL keeps the rows before the one that failed, OR ROLLBACK nothing.
    /// </param>
    internal void EndOwnTransaction(bool keepsPart)
    {
        if (HasOwnTransaction && !IsLeftBehind && session.OpenWrites == 0
            && !(keepsPart && session.Engine.InTransaction && !session.Batch.HasDeferredViolations && session.Batch.TryCommit()))
        {
            session.Batch.Rollback();
        }

        HasOwnTransaction = false;
    }

    /// <summary>Ends a batch that nothing was written to, and leaves the gate: nothing more of the execution runs.</summary>
    internal void Leave()
    {
        session.EndEmptyBatch();
        session.WriteLock.Leave(session.IsClosed);
    }

    /// <summary>Whether to try again after a result code, as long as time remains.</summary>
    internal bool IsWorthWaiting(int result) => !wait.IsSpent && session.IsWorthWaiting(result);

    /// <summary>The exception for a result code; that of a lost batch where the engine has ended its transaction.</summary>
    internal SqliteException Fail(int result)
    {
        var error = EngineErrors.For(result, session.Engine, wait.Elapsed, isOwn: session.OpenWrites > 0);
        return HasOwnTransaction ? error : session.Batch.LostWith(error) ?? error;
    }

    private Need AdmitTransaction(CompiledStatement statement, string sql)
    {
        session.Batch.RefuseInLostUnit();
        RefuseEndOfShared(statement.Kind);
        return !TryCommitBatch() ? Need.Lock
            : statement.Kind == StatementKind.BeginWrite ? EnterGate(sql)
            : Need.Nothing;
    }

    private void RefuseEndOfShared(StatementKind kind)
    {
        if (session.Transaction.IsShared && kind is StatementKind.Commit or StatementKind.Rollback)
        {
            throw new InvalidOperationException(
                "A unit of a write queue cannot end the transaction that it shares with others. Leave COMMIT and ROLLBACK to the "
                + "queue; throw to undo a unit.");
        }
    }

    private Need EnterGate(string sql)
    {
        if (session.Transaction.IsSnapshot && session.Engine.InTransaction)
        {
            throw new InvalidOperationException(
                "Nothing can be written in a snapshot (BeginSnapshot): commit or dispose it first, write on another connection, or "
                + "begin a transaction instead.");
        }

        session.NoteWrite(sql);
        return session.WriteLock.TryEnter() ? Need.Nothing : Need.Gate;
    }
}
