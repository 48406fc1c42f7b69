using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace WalProvider;

/// <summary>Sets up a <see cref="WalDbDataSource"/>.</summary>
public sealed partial class WalDbDataSourceBuilder
{
    private ILoggerFactory _loggers = NullLoggerFactory.Instance;
    private Action<SqliteConnection>? _initializer;
    private TimeProvider _clock = TimeProvider.System;
    private CheckpointOptions? _checkpointing;
    private BackupSchedule? _backups;
    private bool _hasExtensions;

    /// <summary>Creates a builder.</summary>
    /// <param name="connectionString">The connection string to start from; null for none.</param>
    /// <exception cref="ArgumentException">A keyword is unknown, or a value is not allowed.</exception>
    public WalDbDataSourceBuilder(string? connectionString = null)
        => ConnectionStringBuilder = new WalDbConnectionStringBuilder(connectionString);

    /// <summary>The connection string's parts, to be read and changed.</summary>
    public WalDbConnectionStringBuilder ConnectionStringBuilder { get; }

    /// <summary>The name under which metrics and logs speak of the data source. Default: null, which stands for its Data Source.</summary>
    public string? Name { get; set; }

    /// <summary>The bound that Max Open Sessions is held to; null for that of the process. Tests have their own.</summary>
    internal SessionBudget? Budget { get; set; }

    /// <summary>Sets where log events go. Default: nowhere.</summary>
    /// <param name="loggerFactory">The factory; the category is "WalProvider".</param>
    /// <returns>This builder.</returns>
    public WalDbDataSourceBuilder UseLoggerFactory(ILoggerFactory? loggerFactory)
    {
        _loggers = loggerFactory ?? NullLoggerFactory.Instance;
        return this;
    }

    /// <summary>Runs something once on each new session, after its pragma profile: functions, collations, extensions.</summary>
    /// <param name="initializer">Gets the wrapped provider's connection; what it throws is thrown by Open.</param>
    /// <returns>This builder.</returns>
    public WalDbDataSourceBuilder UseSessionInitializer(Action<SqliteConnection> initializer)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        _initializer += initializer;
        return this;
    }

    /// <summary>Sets the clock for idle times and intervals. Default: the system's.</summary>
    /// <param name="timeProvider">The clock.</param>
    /// <returns>This builder.</returns>
    public WalDbDataSourceBuilder UseTimeProvider(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _clock = timeProvider;
        return this;
    }

    /// <summary>Sets how the WAL is kept short in the background. Without it the defaults of <see cref="CheckpointOptions"/> hold.</summary>
    /// <param name="configure">Changes the options.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value makes no sense; it is named.</exception>
    public WalDbDataSourceBuilder UseCheckpointing(Action<CheckpointOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new CheckpointOptions();
        configure(options);
        options.Check();
        _checkpointing = options;
        return this;
    }

    /// <summary>Backs the database up on a schedule, for as long as the data source is not disposed. Default: not.</summary>
    /// <param name="schedule">When, how and where to; the interval is measured by the clock of UseTimeProvider.</param>
    /// <returns>This builder.</returns>
    public WalDbDataSourceBuilder UseBackups(BackupSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        _backups = schedule;
        return this;
    }

    /// <summary>Builds the data source. No connection is opened yet.</summary>
    /// <exception cref="ArgumentException">The connection string's parts contradict each other.</exception>
    /// <exception cref="InvalidOperationException">Extensions were asked for, and the profile is Hardened, which takes none.</exception>
    public WalDbDataSource Build()
    {
        var settings = WalSettings.Parse(ConnectionStringBuilder.ConnectionString);
        if (_hasExtensions)
        {
            settings.CheckExtensions();
        }

        var logger = _loggers.CreateLogger("WalProvider");
        var upkeep = _checkpointing is null
            ? UpkeepSettings.DefaultFor(settings) with { Logger = logger }
            : new UpkeepSettings(_checkpointing, IsExplicit: true, logger);
        var factory = new SessionFactory(settings, _initializer, logger, _clock);
        var pool = SessionPools.Create(settings, factory, _clock, new MemoryAnchor(settings), upkeep, Budget);
        var dataSource = new WalDbDataSource(pool, Name ?? settings.DataSource, _clock);
        if (_backups is not null)
        {
            dataSource.StartBackups(_backups, logger);
        }

        return dataSource;
    }
}
