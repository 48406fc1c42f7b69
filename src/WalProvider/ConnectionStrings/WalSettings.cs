using System.Reflection;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// A connection string, parsed once and checked as a whole. Immutable; two are equal where their canonical texts are, so
/// they are the key of a pool.
/// </summary>
internal sealed class WalSettings : IEquatable<WalSettings>
{
    private readonly DataSourceName _name;

    private WalSettings(WalDbConnectionStringBuilder builder)
    {
        var isMemoryMode = builder.Mode == SqliteOpenMode.Memory;
        var isSharedMode = builder.Cache == SqliteCacheMode.Shared;
        _name = DataSourceName.Parse(builder.DataSource, isMemoryMode);
        if (_name.HasNul)
            throw new ArgumentException($"'Data Source' is set to '{builder.DataSource}', which has a NUL (%00) in it, and SQLite "
                + "ends a name there. Take it out.");
        ConnectionString = builder.ConnectionString;
        InnerConnectionString = ForWrappedProvider(builder);
        DataSource = builder.DataSource;
        Mode = builder.Mode;
        Cache = builder.Cache;
        IsFileless = _name.IsFileless(isMemoryMode);
        IsSharedCache = _name.IsSharedCache(isSharedMode);
        IsReadOnly = builder.Mode == SqliteOpenMode.ReadOnly || _name.IsReadOnlyUri;
        Pooling = builder.Pooling && !IsPrivateMemory;
        Profile = builder.Profile;
        Pragmas = PragmaPlan.For(builder, IsFileless);
        IsTempStoreChosen = builder.TempStore is not null;
        BusyTimeout = TimeSpan.FromMilliseconds(builder.BusyTimeout);
        WriteBatchSize = WriteBatchSizeOf(builder, IsSharedCache);
        WriteBatchInterval = TimeSpan.FromMilliseconds(builder.WriteBatchInterval);
        WriteGate = builder.WriteGate;
        TransactionMode = builder.TransactionMode;
        MaxPoolSize = builder.MaxPoolSize;
        MinPoolSize = builder.MinPoolSize;
        MaxOpenSessions = builder.MaxOpenSessions;
        ConnectionIdleLifetime = TimeSpan.FromSeconds(builder.ConnectionIdleLifetime);
        ConnectionTimeout = TimeSpan.FromSeconds(builder.ConnectionTimeout);
        StatementCacheSize = builder.StatementCacheSize;
        QueryTimeout = TimeSpan.FromMilliseconds(builder.QueryTimeout);
        DateTimeKind = builder.DateTimeKind;
        Enlist = builder.Enlist;
        ApplicationName = NameOf(builder);
        AllowNetworkFileSystem = builder.AllowNetworkFileSystem;
        DefaultTimeout = builder.DefaultTimeout;
        IsDefaultTimeoutSet = builder.ShouldSerialize(WalOptions.DefaultTimeout.Name);
    }

    /// <summary>The canonical text: known spellings, fixed order, only what is set.</summary>
    public string ConnectionString { get; }

    /// <summary>
    /// What the wrapped provider gets: its own keywords without pooling, and without Foreign Keys, which is applied and
    /// read back with the other pragmas.
    /// </summary>
    public string InnerConnectionString { get; }

    /// <summary>As it was given.</summary>
    public string DataSource { get; }

    public SqliteOpenMode Mode { get; }

    public SqliteCacheMode Cache { get; }

    /// <summary>Whether there is no file: a database in memory, or a temporary one that nobody else can name.</summary>
    public bool IsFileless { get; }

    /// <summary>Whether every connection has its own database.</summary>
    public bool IsPrivateMemory => IsFileless && !IsSharedCache;

    /// <summary>Whether the database is in memory and lives as long as some connection to it.</summary>
    public bool IsSharedMemory => IsFileless && IsSharedCache;

    /// <summary>Whether connections share one page cache, by Cache=Shared or by the URI.</summary>
    public bool IsSharedCache { get; }

    public bool IsReadOnly { get; }

    /// <summary>The user's wish; false for a private database in memory.</summary>
    public bool Pooling { get; }

    /// <summary>Whether the URI says nolock.</summary>
    public bool IsWithoutLocks => _name.IsWithoutLocks;

    public WalProfile Profile { get; }

    public bool IsHardened => Profile == WalProfile.Hardened;

    /// <summary>In the order in which they are to be set.</summary>
    public IReadOnlyList<Pragma> Pragmas { get; }

    /// <summary>Whether the connection string itself says where temporary content is kept.</summary>
    public bool IsTempStoreChosen { get; }

    public TimeSpan BusyTimeout { get; }

    /// <summary>0 is off, as it always is for a shared cache.</summary>
    public int WriteBatchSize { get; }

    /// <summary>Zero is no limit.</summary>
    public TimeSpan WriteBatchInterval { get; }

    public bool WriteGate { get; }

    public WalTransactionMode TransactionMode { get; }

    public int MaxPoolSize { get; }

    public int MinPoolSize { get; }

    /// <summary>Over all pools of the process that set it; 0 is no limit.</summary>
    public int MaxOpenSessions { get; }

    /// <summary>Zero keeps idle sessions for ever.</summary>
    public TimeSpan ConnectionIdleLifetime { get; }

    /// <summary>Zero gives up at once.</summary>
    public TimeSpan ConnectionTimeout { get; }

    public int StatementCacheSize { get; }

    /// <summary>Zero is none.</summary>
    public TimeSpan QueryTimeout { get; }

    public DateTimeKind DateTimeKind { get; }

    public bool Enlist { get; }

    public string ApplicationName { get; }

    public bool AllowNetworkFileSystem { get; }

    /// <summary>In seconds, with the wrapped provider's meaning: 0 is for ever.</summary>
    public int DefaultTimeout { get; }

    /// <summary>Whether the connection string names it, so that it goes before Busy Timeout.</summary>
    public bool IsDefaultTimeoutSet { get; }

    /// <summary>Whether SQLite checkpoints by itself: Wal Autocheckpoint is not 0. One who turns it off wants to do it alone.</summary>
    public bool HasAutocheckpoint
        => !Pragmas.Any(pragma => pragma.Name == "wal_autocheckpoint" && int.TryParse(pragma.Value, out var pages) && pages <= 0);

    /// <exception cref="ArgumentException">A keyword is unknown, a value is not allowed, or two contradict each other.</exception>
    public static WalSettings Parse(string connectionString)
    {
        var builder = new WalDbConnectionStringBuilder(connectionString);
        if (builder.MinPoolSize > builder.MaxPoolSize)
            throw new ArgumentException($"Connection string keyword 'Min Pool Size' is set to {builder.MinPoolSize}, which is more than "
                + $"'Max Pool Size' ({builder.MaxPoolSize}). Lower the one or raise the other.");
        if (builder.Profile == WalProfile.Hardened && builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"The profile Hardened takes no URI, and 'Data Source' is set to '{builder.DataSource}'. "
                + "Give a path; WalDbConnectionStringBuilder.ForPath takes any path literally.");
        return new WalSettings(builder);
    }

    /// <summary>
    /// The full path of the file that opening will use; null where there is none. It depends on the current folder and
    /// on DataDirectory, so it is worked out each time.
    /// </summary>
    public string? ResolveFilePath() => IsFileless ? null : _name.ResolvePath();

    /// <exception cref="InvalidOperationException">The profile is Hardened, which takes no extensions.</exception>
    public void CheckExtensions()
    {
        if (IsHardened)
            throw new InvalidOperationException($"The profile Hardened takes no extensions, and Data Source '{DataSource}' has it. "
                + "Choose another Profile, or open files of strangers by a connection string of their own.");
    }

    public bool Equals(WalSettings? other) => other is not null && ConnectionString == other.ConnectionString;

    public override bool Equals(object? obj) => Equals(obj as WalSettings);

    public override int GetHashCode() => ConnectionString.GetHashCode(StringComparison.Ordinal);

    /// <summary>For logs: without the password.</summary>
    public override string ToString() => new WalDbConnectionStringBuilder(ConnectionString) { Password = null }.ConnectionString;

    private static string ForWrappedProvider(WalDbConnectionStringBuilder builder)
    {
        var inner = new SqliteConnectionStringBuilder();
        foreach (var option in WalOptions.All)
        {
            if (option.Group == OptionGroup.WrappedProvider && option.Pragma is null && builder.ShouldSerialize(option.Name))
                inner[option.Name] = builder[option.Name];
        }

        inner.Pooling = false;
        return inner.ConnectionString;
    }

    private static int WriteBatchSizeOf(WalDbConnectionStringBuilder builder, bool isSharedCache)
    {
        if (isSharedCache)
            return 0;
        return builder.ShouldSerialize(WalOptions.WriteBatchSize.Name)
            ? builder.WriteBatchSize
            : PragmaProfiles.WriteBatchSizeOf(builder.Profile);
    }

    private static string NameOf(WalDbConnectionStringBuilder builder) => builder.ApplicationName is { Length: > 0 } name
        ? name
        : Assembly.GetEntryAssembly()?.GetName().Name ?? AppDomain.CurrentDomain.FriendlyName;
}
