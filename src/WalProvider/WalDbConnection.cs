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
    private static readonly StateChangeEventArgs Opened = new(ConnectionState.Closed, ConnectionState.Open);
    private static readonly StateChangeEventArgs Closed = new(ConnectionState.Open, ConnectionState.Closed);

    private SessionPool _pool;
    private WalSession? _session;
    private string _connectionString;
    private int? _defaultTimeout;
    private SqliteConnection? _closedInner;
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
    public override string ServerVersion
    {
        get
        {
            // Nothing may have been opened in this process yet.
            EngineLibrary.Register();
            return raw.sqlite3_libversion().utf8_to_string();
        }
    }

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

    /// <summary>The transaction that was begun last and is not over.</summary>
    internal WalDbTransaction? CurrentTransaction { get; set; }

    /// <summary>The session; asked for only while open.</summary>
    internal WalSession Session => _session ?? throw StopErrors.ClosedMeanwhile();

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

    /// <summary>Not supported: SQLite's databases are attached, not changed to.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void ChangeDatabase(string databaseName)
        => throw new NotSupportedException("A SQLite connection has one main database. Execute ATTACH to use another beside it.");

    /// <summary>Creates a command on this connection.</summary>
    public new WalDbCommand CreateCommand() => new(null, this, CurrentTransaction);

    /// <summary>Creates a batch of commands on this connection.</summary>
    public new WalDbBatch CreateBatch() => new(this);

    /// <summary>The session, or the wrapped provider's complaint that the connection is closed.</summary>
    internal WalSession OpenSession(string method)
        => _session ?? throw new InvalidOperationException(WrappedMessages.NeedsOpenConnection(method));

    /// <summary>Runs one of our own statements.</summary>
    /// <inheritdoc cref="Execution.Start" path="/param[@name='isEnd']"/>
    internal async ValueTask Execute(string sql, bool async, CancellationToken cancellationToken, bool isEnd = false)
    {
        var execution = RentExecution();
        execution.Start(new TextSequence(sql, null), LockWait(null), isEnd: isEnd);
        while (await execution.NextResult(async, cancellationToken).ConfigureAwait(false))
        {
        }

        ReturnExecution(execution);
    }

    /// <summary>An execution to use: the one that ended last, where there is one.</summary>
    internal Execution RentExecution()
    {
        // Exchanged: of two threads, who must not be here, both would get it, and one of their commands would be lost.
        return Interlocked.Exchange(ref _spareExecution, null) ?? new Execution(Session);
    }

    /// <summary>Takes an execution back that has ended, and that nobody refers to any more.</summary>
    internal void ReturnExecution(Execution execution)
    {
        if (ReferenceEquals(execution.Session, _session) && !_isClosing && !execution.IsLeftBehind)
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

    private SqliteConnection? WrappedIfOpen()
    {
        _session?.Touch();
        return _session?.Engine.Inner;
    }
}
