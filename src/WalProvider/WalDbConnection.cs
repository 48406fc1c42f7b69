using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// A connection to a SQLite database: cheap to make, open and dispose for each unit of work, since what is expensive, the
/// engine's connection with its pragmas and its compiled statements, is kept in a pool.
/// </summary>
/// <remarks>
/// <para>It behaves as <see cref="SqliteConnection"/> does, and so can stand for it: in code, by an alias, or through
/// <see cref="System.Data.Common.DbProviderFactory"/>. One thread at a time.</para>
/// <para>The pragma profile is applied before anything else. With <c>Write Batch Size</c> set, writes outside a
/// transaction share one that commits by itself.</para>
/// </remarks>
/// <seealso href="https://learn.microsoft.com/dotnet/standard/data/sqlite/"/>
public sealed partial class WalDbConnection : DbConnection
{
    private readonly List<WalDbDataReader> _readers = [];
    private SessionPool _pool;
    private WalSession? _session;
    private string _connectionString;
    private int? _defaultTimeout;
    private List<Action<SqliteConnection>>? _registrations;
    private SqliteConnection? _closedInner;
    private EventHandler<WalBatchCommittedEventArgs>? _batchCommitted;
    private Execution? _spareExecution;

    /// <summary>Creates a connection without a connection string; set one before opening it.</summary>
    public WalDbConnection()
        : this((string?)null)
    {
    }

    /// <summary>Creates a connection.</summary>
    /// <param name="connectionString">
    /// The keywords of Microsoft.Data.Sqlite and those of <see cref="WalDbConnectionStringBuilder"/>; null for none.
    /// </param>
    /// <exception cref="ArgumentException">A keyword is unknown, or a value is not allowed.</exception>
    public WalDbConnection(string? connectionString) => ConnectionString = connectionString;

    internal WalDbConnection(SessionPool pool)
    {
        _pool = pool;
        _connectionString = pool.Settings.ConnectionString;
    }

    /// <summary>
    /// Raised after the batch has committed, by whatever cause; from a timer's or another writer's thread where one of
    /// those was the cause. The handler must not use this connection.
    /// </summary>
    public event EventHandler<WalBatchCommittedEventArgs>? BatchCommitted
    {
        add
        {
            _batchCommitted += value;
            _session?.BatchCommitted = OnBatchCommitted;
        }

        remove => _batchCommitted -= value;
    }

    /// <summary>The connection string, as it was set. Empty by default.</summary>
    /// <exception cref="ArgumentException">A keyword is unknown, or a value is not allowed.</exception>
    /// <exception cref="InvalidOperationException">The connection is open.</exception>
    [AllowNull]
    public override string ConnectionString
    {
        get => _connectionString;

        [MemberNotNull(nameof(_connectionString), nameof(_pool))]
        set
        {
            if (_session is not null)
            {
                throw new InvalidOperationException(WrappedMessages.ConnectionStringWhileOpen());
            }

            _pool = SessionPools.For(value ?? "");
            _connectionString = value ?? "";
        }
    }

    /// <summary>How long <see cref="Open()"/> waits for a session when all are in use, in seconds. Default 15.</summary>
    public override int ConnectionTimeout => (int)Math.Ceiling(_pool.Settings.ConnectionTimeout.TotalSeconds);

    /// <summary>Always "main", the name of SQLite's main database.</summary>
    public override string Database => "main";

    /// <summary>The full path of the database file while the connection is open; otherwise the Data Source as it was set.</summary>
    public override string DataSource => _session?.Engine.Inner.DataSource ?? _pool.Settings.DataSource;

    /// <summary>
    /// The default of <see cref="WalDbCommand.CommandTimeout"/>, in seconds: how long a command waits for locks. Default
    /// 30, or the connection string's Default Timeout. Once set it goes before Busy Timeout; 0 waits for ever.
    /// </summary>
    public int DefaultTimeout
    {
        get => _defaultTimeout ?? _pool.Settings.DefaultTimeout;
        set => _defaultTimeout = value;
    }

    /// <summary>The version of SQLite in use. Readable while closed.</summary>
    public override string ServerVersion => raw.sqlite3_libversion().utf8_to_string();

    /// <summary>Open or Closed.</summary>
    public override ConnectionState State => _session is null ? ConnectionState.Closed : ConnectionState.Open;

    /// <summary>True: commands can be sent as a <see cref="WalDbBatch"/>.</summary>
    public override bool CanCreateBatch => true;

    /// <summary>
    /// The engine's own handle; null while closed. The session is not pooled once it was read, since nobody can tell what is
    /// done with it.
    /// </summary>
    public sqlite3? Handle => WrappedIfOpen()?.Handle;

    /// <summary>
    /// The wrapped provider's connection; a closed one while this is closed. The session is not pooled once it was read. A
    /// transaction begun through it is unknown to this connection.
    /// </summary>
    public SqliteConnection WrappedConnection => WrappedIfOpen() ?? (_closedInner ??= new SqliteConnection());

    /// <summary>What the pragma profile came to when the session was opened; null while closed.</summary>
    public EffectiveProfile? EffectiveProfile => _session?.Profile;

    /// <summary>How many writes of the batch are not committed yet. 0 while closed, or where batching is off.</summary>
    public int PendingWrites => _session?.Batch.Pending ?? 0;

    /// <summary>The transaction that was begun last and is not over.</summary>
    internal WalDbTransaction? CurrentTransaction { get; set; }

    /// <summary>The session; asked for only while open.</summary>
    internal WalSession Session => _session!;

    /// <inheritdoc/>
    protected override DbProviderFactory DbProviderFactory => WalDbProviderFactory.Instance;

    /// <summary>Closes the idle sessions of every pool, and those in use when they are closed, so that files can be moved or deleted.</summary>
    public static void ClearAllPools() => SessionPools.ClearAll();

    /// <summary>The same for the pool of one connection.</summary>
    /// <param name="connection">A connection that uses the pool; it may be closed.</param>
    public static void ClearPool(WalDbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        connection._pool.Clear();
    }

    /// <summary>Opens the connection. Does nothing if it is open.</summary>
    /// <remarks>Blocks up to Connection Timeout while all sessions of the pool are in use.</remarks>
    /// <exception cref="SqliteException">The database cannot be opened; the message names the file and the cause.</exception>
    /// <exception cref="InvalidOperationException">No session became free within Connection Timeout.</exception>
    public override void Open() => Open(async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="Open()"/>
    /// <param name="cancellationToken">Ends the wait for a session.</param>
    public override Task OpenAsync(CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled(cancellationToken)
            : Open(async: true, cancellationToken).AsTask();

    /// <summary>
    /// Closes the connection: readers are closed, a transaction is rolled back, a batch is committed, and the session goes
    /// back to the pool. Does nothing if it is closed.
    /// </summary>
    /// <exception cref="WriteBatchLostException">The batch could not be committed. The connection is closed all the same.</exception>
    public override void Close() => Close(async: false).GetAwaiter().GetResult();

    /// <inheritdoc cref="Close()"/>
    public override Task CloseAsync() => Close(async: true).AsTask();

    /// <summary>Commits the pending writes of the batch. Does nothing if there are none.</summary>
    /// <exception cref="WriteBatchLostException">The COMMIT failed; the writes are lost, or unknown after an I/O error.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed, or a reader of a RETURNING statement is open.</exception>
    public void CommitBatch() => CommitBatch(async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="CommitBatch()"/>
    /// <param name="cancellationToken">Ends the wait for readers that keep a rollback journal from committing.</param>
    public Task CommitBatchAsync(CancellationToken cancellationToken = default)
        => CommitBatch(async: true, cancellationToken).AsTask();

    /// <summary>Undoes the pending writes of the batch. Does nothing if there are none.</summary>
    /// <exception cref="InvalidOperationException">The connection is closed.</exception>
    public void RollbackBatch() => OpenSession(nameof(RollbackBatch)).RollbackBatch();

    /// <summary>Begins a transaction, immediate by default: it waits for the write lock here and never at a later write.</summary>
    /// <remarks>
    /// The batch is committed first. Inside a transaction it begins a nested one, a savepoint. Waits up to Busy Timeout.
    /// </remarks>
    /// <exception cref="SqliteBusyException">The database stayed locked for longer than Busy Timeout.</exception>
    public new WalDbTransaction BeginTransaction() => BeginTransaction(IsolationLevel.Unspecified);

    /// <summary>Begins a transaction; a deferred one takes no lock before its first statement, and reads one snapshot.</summary>
    /// <param name="deferred">Whether to begin without the write lock.</param>
    /// <inheritdoc cref="BeginTransaction()" path="/remarks|/exception"/>
    public WalDbTransaction BeginTransaction(bool deferred) => BeginTransaction(IsolationLevel.Unspecified, deferred);

    /// <summary>Begins a transaction.</summary>
    /// <param name="isolationLevel">
    /// SQLite's transactions are serializable; the weaker levels are too, except ReadUncommitted in a shared cache, which
    /// also makes the transaction deferred.
    /// </param>
    /// <exception cref="ArgumentException">Chaos or Snapshot was asked for.</exception>
    /// <inheritdoc cref="BeginTransaction()" path="/remarks|/exception"/>
    public new WalDbTransaction BeginTransaction(IsolationLevel isolationLevel)
        => BeginTransaction(isolationLevel, IsDeferred(isolationLevel));

    /// <summary>Begins a transaction.</summary>
    /// <param name="isolationLevel">As in the other form.</param>
    /// <param name="deferred">Whether to begin without the write lock.</param>
    /// <exception cref="ArgumentException">Chaos or Snapshot was asked for.</exception>
    /// <inheritdoc cref="BeginTransaction()" path="/remarks|/exception"/>
    public WalDbTransaction BeginTransaction(IsolationLevel isolationLevel, bool deferred)
        => WalDbTransaction.Begin(this, isolationLevel, deferred, async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Not supported: SQLite's databases are attached, not changed to.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void ChangeDatabase(string databaseName)
        => throw new NotSupportedException("A SQLite connection has one main database. Execute ATTACH to use another beside it.");

    /// <inheritdoc/>
    public override Task ChangeDatabaseAsync(string databaseName, CancellationToken cancellationToken = default)
    {
        ChangeDatabase(databaseName);
        return Task.CompletedTask;
    }

    /// <summary>Creates a command on this connection.</summary>
    public new WalDbCommand CreateCommand() => new(null, this, CurrentTransaction);

    /// <summary>Creates a batch of commands on this connection.</summary>
    public new WalDbBatch CreateBatch() => new(this);

    /// <summary>Lists the metadata collections.</summary>
    public override DataTable GetSchema() => Metadata().GetSchema();

    /// <summary>One metadata collection.</summary>
    /// <param name="collectionName">Its name, from <see cref="GetSchema()"/>.</param>
    /// <exception cref="ArgumentException">There is no such collection.</exception>
    public override DataTable GetSchema(string collectionName) => Metadata().GetSchema(collectionName);

    /// <summary>One metadata collection, restricted.</summary>
    /// <param name="collectionName">Its name, from <see cref="GetSchema()"/>.</param>
    /// <param name="restrictionValues">The restrictions.</param>
    /// <exception cref="ArgumentException">There is no such collection, or it takes fewer restrictions.</exception>
    public override DataTable GetSchema(string collectionName, string?[] restrictionValues)
        => Metadata().GetSchema(collectionName, restrictionValues);

    /// <summary>Copies this database over another in one step. See the backup extensions for one that lets others go on.</summary>
    /// <param name="destination">The connection to copy to; opened for the copy where it is closed.</param>
    /// <exception cref="SqliteException">The destination is in use, or a disk failed.</exception>
    /// <exception cref="InvalidOperationException">This connection is closed.</exception>
    public void BackupDatabase(WalDbConnection destination) => BackupDatabase(destination, "main", "main");

    /// <summary>Copies one of this connection's databases over one of another's in one step.</summary>
    /// <param name="destination">The connection to copy to; opened for the copy where it is closed.</param>
    /// <param name="destinationName">Which of its databases: main, or the name it was attached by.</param>
    /// <param name="sourceName">Which of this connection's.</param>
    /// <exception cref="SqliteException">The destination is in use, or a disk failed.</exception>
    /// <exception cref="InvalidOperationException">This connection is closed.</exception>
    public void BackupDatabase(WalDbConnection destination, string destinationName, string sourceName)
    {
        ArgumentNullException.ThrowIfNull(destination);
        CommitBatchIn(nameof(BackupDatabase));
        var wasClosed = destination.State == ConnectionState.Closed;
        if (wasClosed)
        {
            destination.Open();
        }

        try
        {
            destination.CommitBatch();
            Session.Engine.Inner.BackupDatabase(destination.Session.Engine.Inner, destinationName, sourceName);
        }
        finally
        {
            if (wasClosed)
            {
                destination.Close();
            }
        }
    }

    /// <summary>Lets extensions be loaded by SQL; kept for each time the connection is opened.</summary>
    /// <param name="enable">Whether to.</param>
    /// <exception cref="SqliteException">The engine was built without extensions.</exception>
    public void EnableExtensions(bool enable = true) => RegisterOnInner(inner => inner.EnableExtensions(enable));

    /// <summary>Loads an extension; loaded again each time the connection is opened.</summary>
    /// <param name="file">The shared library.</param>
    /// <param name="proc">Its entry point; null for the one that SQLite finds by the name.</param>
    /// <exception cref="SqliteException">It cannot be loaded.</exception>
    public void LoadExtension(string file, string? proc = null) => RegisterOnInner(inner => inner.LoadExtension(file, proc));

    /// <summary>Defines a collation; defined again each time the connection is opened.</summary>
    /// <param name="name">Its name in SQL.</param>
    /// <param name="comparison">The order; null removes the collation.</param>
    public void CreateCollation(string name, Comparison<string>? comparison)
        => RegisterOnInner(inner => inner.CreateCollation(name, comparison));

    /// <summary>Defines a collation with a state.</summary>
    /// <typeparam name="T">The state's type.</typeparam>
    /// <param name="name">Its name in SQL.</param>
    /// <param name="state">Handed to each comparison.</param>
    /// <param name="comparison">The order; null removes the collation.</param>
    public void CreateCollation<T>(string name, T state, Func<T, string, string, int>? comparison)
        => RegisterOnInner(inner => inner.CreateCollation(name, state, comparison));

    /// <summary>The session, or the wrapped provider's complaint that the connection is closed.</summary>
    internal WalSession OpenSession(string method)
        => _session ?? throw new InvalidOperationException(WrappedMessages.NeedsOpenConnection(method));

    /// <summary>Runs one of our own statements.</summary>
    internal async ValueTask Execute(string sql, bool async, CancellationToken cancellationToken)
    {
        var execution = RentExecution();
        execution.Start(sql, null, LockWait(null));
        while (await execution.NextResult(async, cancellationToken).ConfigureAwait(false))
        {
        }

        ReturnExecution(execution);
    }

    /// <summary>An execution to use: the one that ended last, where there is one.</summary>
    internal Execution RentExecution()
    {
        var spare = _spareExecution;
        _spareExecution = null;
        return spare ?? new Execution(Session);
    }

    /// <summary>Takes an execution back that has ended, and that nobody refers to any more.</summary>
    internal void ReturnExecution(Execution execution)
    {
        if (ReferenceEquals(execution.Session, _session))
        {
            _spareExecution = execution;
        }
    }

    /// <summary>
    /// How long an operation may wait for locks: its command's timeout or this connection's where one was set, otherwise
    /// Busy Timeout.
    /// </summary>
    internal TimeSpan LockWait(int? commandTimeoutSeconds)
    {
        var seconds = commandTimeoutSeconds ?? _defaultTimeout;
        if (seconds is null && _pool.Settings.IsDefaultTimeoutSet)
        {
            seconds = _pool.Settings.DefaultTimeout;
        }

        return seconds switch
        {
            null => Session.BusyTimeout,
            0 => Timeout.InfiniteTimeSpan,
            < 0 => TimeSpan.Zero,
            _ => TimeSpan.FromSeconds(seconds.Value),
        };
    }

    /// <summary>Notes a reader, to be closed with the connection.</summary>
    internal void Add(WalDbDataReader reader) => _readers.Add(reader);

    /// <summary>Forgets a reader that was closed.</summary>
    internal void Remove(WalDbDataReader reader)
    {
        var last = _readers.Count - 1;
        if (last >= 0 && ReferenceEquals(_readers[last], reader))
        {
            _readers.RemoveAt(last);
        }
        else
        {
            _readers.Remove(reader);
        }
    }

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => BeginTransaction(isolationLevel);

    /// <inheritdoc/>
    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(
        IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await WalDbTransaction
            .Begin(this, isolationLevel, IsDeferred(isolationLevel), async: true, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => CreateCommand();

    /// <inheritdoc/>
    protected override DbBatch CreateDbBatch() => CreateBatch();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing)
            {
                Close();
            }
            else if (_session is { } session)
            {
                // NB: a connection that was never closed: its session goes back, and its pending writes with it.
                _session = null;
                ThreadPool.UnsafeQueueUserWorkItem(_ => Reclaim(session), null);
            }
        }
        finally
        {
            base.Dispose(disposing);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }
    }

    private static bool IsDeferred(IsolationLevel isolationLevel) => isolationLevel == IsolationLevel.ReadUncommitted;

    private async ValueTask Open(bool async, CancellationToken cancellationToken)
    {
        if (_session is not null)
        {
            return;
        }

        var session = await _pool.Rent(async, cancellationToken).ConfigureAwait(false);
        try
        {
            Prepare(session);
        }
        catch (Exception)
        {
            session.Touch();
            _pool.Return(session);
            throw;
        }

        _session = session;
        OnStateChange(new StateChangeEventArgs(ConnectionState.Closed, ConnectionState.Open));
    }

    private void Prepare(WalSession session)
    {
        session.BatchCommitted = _batchCommitted is null ? null : OnBatchCommitted;
        if (_registrations is not null)
        {
            session.Touch();
            _registrations.ForEach(register => register(session.Engine.Inner));
        }
    }

    private async ValueTask Close(bool async)
    {
        if (_session is not { } session)
        {
            return;
        }

        while (_readers.Count > 0)
        {
            await _readers[^1].CloseAsync(async).ConfigureAwait(false);
        }

        if (_session is null)
        {
            // One of the readers was to close the connection, and did.
            return;
        }

        CurrentTransaction?.EndWithConnection();
        CurrentTransaction = null;
        try
        {
            await session.CommitBatch(async, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _session = null;
            _spareExecution = null;
            _pool.Return(session);
            OnStateChange(new StateChangeEventArgs(ConnectionState.Open, ConnectionState.Closed));
        }
    }

    private void Reclaim(WalSession session)
    {
        session.Touch();
        session.CommitAtExit();
        _pool.Return(session);
    }

    private ValueTask CommitBatch(bool async, CancellationToken cancellationToken)
        => OpenSession(nameof(CommitBatch)).CommitBatch(async, cancellationToken);

    private void CommitBatchIn(string method)
        => OpenSession(method).CommitBatch(async: false, CancellationToken.None).GetAwaiter().GetResult();

    private void OnBatchCommitted(int writes) => _batchCommitted?.Invoke(this, new WalBatchCommittedEventArgs(writes));

    private SqliteConnection? WrappedIfOpen()
    {
        _session?.Touch();
        return _session?.Engine.Inner;
    }

    private SqliteConnection Metadata() => _session?.Engine.Inner ?? new SqliteConnection();

    private void RegisterOnInner(Action<SqliteConnection> register)
    {
        if (_session is { } session)
        {
            session.Touch();
            register(session.Engine.Inner);
        }

        (_registrations ??= []).Add(register);
    }
}
