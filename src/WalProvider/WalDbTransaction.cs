using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// A transaction, or inside another one a savepoint. Typed by us on the engine: the wrapped provider's transaction object
/// believes itself open for ever after a COMMIT that failed.
/// </summary>
/// <seealso href="https://www.sqlite.org/lang_transaction.html"/>
public sealed class WalDbTransaction : DbTransaction
{
    private readonly WalDbTransaction? _outer;
    private readonly string? _savepoint;
    private WalDbConnection? _connection;

    private WalDbTransaction(WalDbConnection connection, IsolationLevel isolationLevel)
    {
        _connection = connection;
        _outer = connection.CurrentTransaction;
        IsolationLevel = isolationLevel;
        _savepoint = _outer is null ? null : $"walprovider_nested_{_outer.Depth + 1}";
        Depth = _outer is null ? 0 : _outer.Depth + 1;
    }

    /// <summary>The connection; null when the transaction is over.</summary>
    public new WalDbConnection? Connection => _connection;

    /// <summary>Serializable; Snapshot of a snapshot; ReadUncommitted in a shared cache.</summary>
    public override IsolationLevel IsolationLevel { get; }

    /// <summary>True.</summary>
    public override bool SupportsSavepoints => true;

    /// <summary>Whether it was ended by something else: an automatic rollback of SQLite, or a typed ROLLBACK.</summary>
    internal bool IsRolledBackExternally
        => _connection is { State: ConnectionState.Open } connection && !connection.Session.Engine.InTransaction;

    /// <inheritdoc/>
    protected override DbConnection? DbConnection => _connection;

    private int Depth { get; }

    /// <summary>Commits. Of a nested transaction: keeps its work for the outer one.</summary>
    /// <remarks>Waits up to Busy Timeout for readers where the journal mode is not WAL.</remarks>
    /// <exception cref="InvalidOperationException">The transaction is over, or was rolled back by SQLite.</exception>
    /// <exception cref="SqliteException">
    /// The commit failed. After a violated foreign key (extended code 787) or a timeout the transaction is still open;
    /// after an I/O error (code 10) it is unknown whether it was kept.
    /// </exception>
    public override void Commit() => Commit(async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="Commit()"/>
    /// <param name="cancellationToken">Ends the wait for locks; the transaction is then still open.</param>
    public override Task CommitAsync(CancellationToken cancellationToken = default)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled(cancellationToken)
            : Commit(async: true, cancellationToken).AsTask();

    /// <summary>Rolls back. Of a nested transaction: its own work.</summary>
    /// <exception cref="InvalidOperationException">The transaction is over.</exception>
    public override void Rollback() => Rollback(async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="Rollback()"/>
    /// <param name="cancellationToken">Looked at before the rollback begins.</param>
    public override Task RollbackAsync(CancellationToken cancellationToken = default)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled(cancellationToken)
            : Rollback(async: true, cancellationToken).AsTask();

    /// <summary>Sets a savepoint.</summary>
    /// <param name="savepointName">Any name; of several alike the latest counts.</param>
    /// <exception cref="InvalidOperationException">The transaction is over.</exception>
    public override void Save(string savepointName) => Run("SAVEPOINT ", savepointName, false, default).GetAwaiter().GetResult();

    /// <inheritdoc cref="Save(string)"/>
    public override Task SaveAsync(string savepointName, CancellationToken cancellationToken = default)
        => Run("SAVEPOINT ", savepointName, true, cancellationToken).AsTask();

    /// <summary>Undoes what was done since a savepoint, which stays.</summary>
    /// <param name="savepointName">Its name.</param>
    /// <exception cref="InvalidOperationException">The transaction is over.</exception>
    /// <exception cref="SqliteException">There is no such savepoint.</exception>
    public override void Rollback(string savepointName)
        => Run("ROLLBACK TO SAVEPOINT ", savepointName, false, default).GetAwaiter().GetResult();

    /// <inheritdoc cref="Rollback(string)"/>
    public override Task RollbackAsync(string savepointName, CancellationToken cancellationToken = default)
        => Run("ROLLBACK TO SAVEPOINT ", savepointName, true, cancellationToken).AsTask();

    /// <summary>Forgets a savepoint; what was done since it stays part of the transaction.</summary>
    /// <param name="savepointName">Its name.</param>
    /// <exception cref="InvalidOperationException">The transaction is over.</exception>
    /// <exception cref="SqliteException">There is no such savepoint.</exception>
    public override void Release(string savepointName)
        => Run("RELEASE SAVEPOINT ", savepointName, false, default).GetAwaiter().GetResult();

    /// <inheritdoc cref="Release(string)"/>
    public override Task ReleaseAsync(string savepointName, CancellationToken cancellationToken = default)
        => Run("RELEASE SAVEPOINT ", savepointName, true, cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (IsOpen())
        {
            await Rollback(async: true, CancellationToken.None).ConfigureAwait(false);
        }

        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    internal static async ValueTask<WalDbTransaction> Begin(
        WalDbConnection connection,
        IsolationLevel isolationLevel,
        bool deferred,
        bool async,
        CancellationToken cancellationToken,
        WalTransactionMode? mode = null)
    {
        var settings = connection.OpenSession(nameof(WalDbConnection.BeginTransaction)).Settings;
        var isDirtyRead = isolationLevel == IsolationLevel.ReadUncommitted && settings.IsSharedCache && deferred;
        if (isolationLevel is IsolationLevel.Chaos or IsolationLevel.Snapshot)
        {
            throw new ArgumentException(WrappedMessages.IsolationLevel(isolationLevel));
        }

        // NB: a savepoint outside a transaction would begin one.
        connection.CurrentTransaction?.RefuseIfRolledBack();
        var transaction = new WalDbTransaction(connection, isDirtyRead ? IsolationLevel.ReadUncommitted : IsolationLevel.Serializable);
        if (isDirtyRead)
        {
            await connection.Execute("PRAGMA read_uncommitted = 1", async, cancellationToken).ConfigureAwait(false);
        }

        await connection.Execute(transaction.BeginText(deferred, mode ?? settings.TransactionMode), async, cancellationToken).ConfigureAwait(false);
        connection.CurrentTransaction = transaction;
        return transaction;
    }

    /// <summary>Begins a transaction that reads one moment, this one, and writes nothing.</summary>
    internal static async ValueTask<WalDbTransaction> BeginSnapshot(WalDbConnection connection, bool async, CancellationToken cancellationToken)
    {
        var session = connection.OpenSession(nameof(WalDbConnection.BeginSnapshot));
        connection.CurrentTransaction?.RefuseIfRolledBack();
        if (connection.CurrentTransaction is not null || (session.Engine.InTransaction && !session.Batch.IsOpen))
        {
            throw new InvalidOperationException(
                "A transaction is open, and has its own moment: end it before beginning a snapshot, or take another connection.");
        }

        // Before the BEGIN would do it, so that the snapshot is known by its own text to those who look for readers.
        await BatchCommit.Run(session, async, cancellationToken).ConfigureAwait(false);
        var transaction = new WalDbTransaction(connection, IsolationLevel.Snapshot);
        await connection.Execute("BEGIN DEFERRED /* BeginSnapshot */", async, cancellationToken).ConfigureAwait(false);
        try
        {
            // NB: BEGIN alone reads nothing; the moment is that of the first read.
            await connection.Execute("SELECT 1 FROM sqlite_master LIMIT 1", async, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            session.RollbackTransaction();
            throw;
        }

        session.Transaction.IsSnapshot = true;
        connection.CurrentTransaction = transaction;
        return transaction;
    }

    /// <summary>Ends it because its connection is closed, which rolls it back.</summary>
    internal void EndWithConnection()
    {
        for (var transaction = this; transaction is not null; transaction = transaction._outer)
        {
            transaction._connection = null;
        }
    }

    /// <summary>Refuses to go on in a transaction that SQLite has rolled back; one that was committed by text is simply over.</summary>
    /// <exception cref="InvalidOperationException">It was rolled back. Rollback or Dispose ends it.</exception>
    internal void RefuseIfRolledBack()
    {
        if (_connection is not { } connection || connection.Session.Engine.InTransaction)
        {
            return;
        }

        if (!connection.Session.Transaction.WasCommittedByText)
        {
            throw new InvalidOperationException(WrappedMessages.TransactionCompleted());
        }

        EndWithConnection();
        connection.CurrentTransaction = null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && IsOpen())
        {
            Rollback();
        }

        base.Dispose(disposing);
    }

    private string BeginText(bool deferred, WalTransactionMode mode)
        => _savepoint is not null ? $"SAVEPOINT \"{_savepoint}\""
            : deferred || mode == WalTransactionMode.Deferred ? "BEGIN DEFERRED"
            : mode == WalTransactionMode.Exclusive ? "BEGIN EXCLUSIVE"
            : "BEGIN IMMEDIATE";

    private bool IsOpen() => _connection is { State: ConnectionState.Open };

    private WalDbConnection Usable()
        => _connection is { State: ConnectionState.Open } open ? open : throw new InvalidOperationException(WrappedMessages.TransactionCompleted());

    private WalDbConnection UsableAndOpen()
        => IsRolledBackExternally ? throw new InvalidOperationException(WrappedMessages.TransactionCompleted()) : Usable();

    private async ValueTask Commit(bool async, CancellationToken cancellationToken)
    {
        var connection = UsableAndOpen();
        EndInner(connection);
        var text = _savepoint is null ? "COMMIT" : $"RELEASE SAVEPOINT \"{_savepoint}\"";
        // Held: handlers find the connection without this transaction, and may begin the next.
        var changes = connection.Session.Engine.Changes;
        changes?.Hold();
        try
        {
            await connection.Execute(text, async, cancellationToken, isEnd: true).ConfigureAwait(false);
            await Complete(connection, async).ConfigureAwait(false);
        }
        finally
        {
            changes?.Release();
        }

        changes?.ThrowFailures();
    }

    private async ValueTask Rollback(bool async, CancellationToken cancellationToken)
    {
        var connection = Usable();
        EndInner(connection);
        if (!IsRolledBackExternally)
        {
            var text = _savepoint is null
                ? "ROLLBACK"
                : $"ROLLBACK TO SAVEPOINT \"{_savepoint}\"; RELEASE SAVEPOINT \"{_savepoint}\"";
            await connection.Execute(text, async, cancellationToken, isEnd: true).ConfigureAwait(false);
        }

        await Complete(connection, async).ConfigureAwait(false);
    }

    /// <summary>Ends the nested transactions that were left open: this one takes them with it.</summary>
    internal void EndInner(WalDbConnection connection)
    {
        for (var inner = connection.CurrentTransaction; inner is not null && inner != this; inner = inner._outer)
        {
            inner._connection = null;
        }

        connection.CurrentTransaction = this;
    }

    private async ValueTask Complete(WalDbConnection connection, bool async)
    {
        connection.CurrentTransaction = _outer;
        _connection = null;
        if (IsolationLevel == IsolationLevel.ReadUncommitted)
        {
            await connection.Execute("PRAGMA read_uncommitted = 0", async, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask Run(string verb, string savepointName, bool async, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(savepointName);
        cancellationToken.ThrowIfCancellationRequested();
        var connection = UsableAndOpen();
        await connection.Execute(verb + Identifier.Quote(savepointName), async, cancellationToken).ConfigureAwait(false);
    }
}
