using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace WalProvider;

/// <summary>
/// A database with a session pool of its own: what a program creates once and takes connections from. Thread-safe.
/// </summary>
/// <remarks>Made by a <see cref="WalDbDataSourceBuilder"/>. Dispose it to close its sessions.</remarks>
public sealed class WalDbDataSource : DbDataSource
{
    private readonly SessionPool _pool;
    private readonly TimeProvider _clock;
    private readonly ChangeFeed _changes;
    private BackupScheduler? _backups;
    private bool _isDisposed;

    internal WalDbDataSource(SessionPool pool, string name, TimeProvider clock)
    {
        _clock = clock;
        _pool = pool;
        Name = name;
        _changes = new ChangeFeed(() => (this, Changed));
    }

    /// <summary>
    /// Raised for each row that a transaction of any connection of this data source has changed, as
    /// <see cref="WalDbConnection.Changed"/> is of one, in the order of the commits.
    /// </summary>
    /// <remarks>
    /// <para>Connections that are opened after the first handler was added tell their changes; so add it before opening any. The
    /// sender is the data source. Other data sources and processes are not seen.</para>
    /// <para>Handlers are called one at a time, by the thread of one of the connections that commit: one that commits meanwhile does not
    /// wait for them. They should be short, and may use connections of their own.</para>
    /// </remarks>
    public event EventHandler<WalChangedEventArgs>? Changed;

    /// <summary>The name under which metrics and logs speak of it. Default: the Data Source.</summary>
    public string Name { get; }

    /// <summary>Whether it was disposed.</summary>
    internal bool IsDisposed => _isDisposed;

    /// <summary>What its times are measured by.</summary>
    internal TimeProvider Clock => _clock;

    /// <summary>The connection string, in canonical form.</summary>
    public override string ConnectionString => _pool.Settings.ConnectionString;

    /// <summary>How many sessions there are and what they do.</summary>
    public WalPoolStatistics Statistics => _pool.Statistics;

    /// <summary>What keeps the WAL short.</summary>
    internal CheckpointUpkeep Upkeep => _pool.Upkeep;

    /// <summary>Creates a connection, not yet open.</summary>
    public new WalDbConnection CreateConnection()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new WalDbConnection(_pool) { SourceChanges = _changes };
    }

    /// <summary>Opens a connection.</summary>
    /// <inheritdoc cref="WalDbConnection.Open()" path="/remarks|/exception"/>
    public new WalDbConnection OpenConnection()
    {
        var connection = CreateConnection();
        connection.Open();
        return connection;
    }

    /// <summary>Opens a connection.</summary>
    /// <param name="cancellationToken">Ends the wait for a session.</param>
    /// <inheritdoc cref="WalDbConnection.Open()" path="/remarks|/exception"/>
    public new async ValueTask<WalDbConnection> OpenConnectionAsync(CancellationToken cancellationToken = default)
    {
        var connection = CreateConnection();
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        return connection;
    }

    /// <summary>Closes the idle sessions now, and those in use when they are given back, so that the file can be moved or deleted.</summary>
    public void Clear() => _pool.Clear();

    /// <summary>
    /// Holds the database still: empties the WAL, closes the idle sessions, and keeps writers out until the scope is disposed, so
    /// that child processes are started, or the main file is copied, with every commit in it.
    /// </summary>
    /// <param name="timeout">How long to wait for writers to end and readers to let go of the WAL. Default (null): Busy Timeout.</param>
    /// <returns>The scope. Dispose it as soon as the children run: writers wait for it.</returns>
    /// <remarks>
    /// <para>A pending batch of another connection is committed if nobody is executing on it, as for any writer that waits.
    /// Idle sessions of every pool of this file in the process are closed. Those that are lent out stay open: they may read,
    /// and what they read is in the main file; they cannot write.</para>
    /// <para>Blocks the thread up to the timeout.</para>
    /// </remarks>
    /// <exception cref="CheckpointBlockedException">A reader kept the WAL from being emptied; it is named.</exception>
    /// <exception cref="WriteGateTimeoutException">Another connection of this process was writing all the time; it is named.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The database cannot be opened, or a disk failed.</exception>
    public ForkHold HoldForFork(TimeSpan? timeout = null)
        => Hold(timeout, async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="HoldForFork"/>
    /// <param name="timeout">As in the other form.</param>
    /// <param name="cancellationToken">Ends the waiting; nothing is held then.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<ForkHold> HoldForForkAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default)
        => Hold(timeout, async: true, cancellationToken).AsTask();

    /// <summary>Starts to back up on a schedule, until it is disposed.</summary>
    internal void StartBackups(BackupSchedule schedule, ILogger logger)
        => _backups = new BackupScheduler(schedule, cancellationToken => BackUp(schedule, cancellationToken), _clock, logger);

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => CreateConnection();

    /// <inheritdoc/>
    protected override DbConnection OpenDbConnection() => OpenConnection();

    /// <inheritdoc/>
    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
        => await OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing || _isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _backups?.Dispose();
        _pool.Dispose();
    }

    /// <inheritdoc/>
    protected override ValueTask DisposeAsyncCore()
    {
        Dispose(disposing: true);
        return default;
    }

    private ValueTask<ForkHold> Hold(TimeSpan? timeout, bool async, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        CheckpointTimeout.Check(timeout);
        return ForkHold.Begin(_pool.Upkeep.OpenSession(), SessionPools.CloseIdle, timeout, async, cancellationToken);
    }

    private async Task<BackupResult> BackUp(BackupSchedule schedule, CancellationToken cancellationToken)
    {
        var connection = await OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await schedule.Rotation
                .Add(LiveDatabase.Of(connection.Session), schedule.Options, progress: null, cancellationToken).ConfigureAwait(false);
        }
    }
}
