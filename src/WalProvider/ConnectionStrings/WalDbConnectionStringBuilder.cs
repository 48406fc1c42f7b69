using System.Collections;
using System.Collections.ObjectModel;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// Reads and writes connection strings of this provider. It knows every keyword of
/// <see cref="SqliteConnectionStringBuilder"/> with the same name, type and default, so code written for that one
/// compiles and works with this one; and those of System.Data.SQLite, which it translates when they are set.
/// A value that is not allowed is an <see cref="ArgumentException"/> that names keyword, value and range, from the
/// property, the indexer and the connection string alike. Not safe for concurrent use.
/// </summary>
/// <seealso href="https://github.com/dotnet/docs/blob/main/docs/standard/data/sqlite/connection-strings.md"/>
public sealed class WalDbConnectionStringBuilder : DbConnectionStringBuilder
{
    private readonly Dictionary<WalOption, object> _values = [];

    /// <summary>Begins with every keyword at its default.</summary>
    public WalDbConnectionStringBuilder()
    {
    }

    /// <summary>Begins with the keywords of a connection string.</summary>
    /// <param name="connectionString">The connection string; null and empty text leave every keyword at its default.</param>
    /// <exception cref="ArgumentException">A keyword is unknown, a value is not allowed, or the text is malformed.</exception>
    public WalDbConnectionStringBuilder(string? connectionString)
        => ConnectionString = connectionString;

    /// <summary>Every keyword in its canonical spelling, set or not, in the order in which they are written.</summary>
    public override ICollection Keys => new ReadOnlyCollection<string>([.. WalOptions.All.Select(option => option.Name)]);

    /// <summary>The values of all <see cref="Keys"/>, in their order; defaults where a keyword is not set.</summary>
    public override ICollection Values => new ReadOnlyCollection<object?>([.. WalOptions.All.Select(GetOrDefault)]);

    /// <summary>
    /// The database file, a <c>file:</c> URI, or <c>:memory:</c>. The default, empty text, is a private temporary database.
    /// </summary>
    [AllowNull]
    public string DataSource { get => Get<string>(WalOptions.DataSource); set => Set(WalOptions.DataSource, value); }

    /// <summary>
    /// Whether the file may be written, and made where it is missing. The default is <see cref="SqliteOpenMode.ReadWriteCreate"/>.
    /// </summary>
    public SqliteOpenMode Mode { get => Get<SqliteOpenMode>(WalOptions.Mode); set => Set(WalOptions.Mode, value); }

    /// <summary>
    /// Whether the connections of this process share one page cache. The default is <see cref="SqliteCacheMode.Default"/>.
    /// </summary>
    public SqliteCacheMode Cache { get => Get<SqliteCacheMode>(WalOptions.Cache); set => Set(WalOptions.Cache, value); }

    /// <summary>The key of an encrypted database, for engines that have encryption. The default is none.</summary>
    [AllowNull]
    public string Password { get => Get<string>(WalOptions.Password); set => Set(WalOptions.Password, value); }

    /// <summary>Whether foreign keys are enforced. Null, the default, leaves it to the profile.</summary>
    public bool? ForeignKeys { get => Get<bool?>(WalOptions.ForeignKeys); set => Set(WalOptions.ForeignKeys, value); }

    /// <summary>Whether a trigger may fire itself. The default is false.</summary>
    public bool RecursiveTriggers { get => Get<bool>(WalOptions.RecursiveTriggers); set => Set(WalOptions.RecursiveTriggers, value); }

    /// <summary>
    /// The Command Timeout that commands begin with, in seconds: how long one waits for a lock. 0 is for ever. The default is 30.
    /// </summary>
    public int DefaultTimeout { get => Get<int>(WalOptions.DefaultTimeout); set => Set(WalOptions.DefaultTimeout, value); }

    /// <summary>Whether sessions are kept for the next connection. The default is true.</summary>
    public bool Pooling { get => Get<bool>(WalOptions.Pooling); set => Set(WalOptions.Pooling, value); }

    /// <summary>The set of pragmas that each session starts with. The default is <see cref="WalProfile.Balanced"/>.</summary>
    public WalProfile Profile { get => Get<WalProfile>(WalOptions.Profile); set => Set(WalOptions.Profile, value); }

    /// <summary>
    /// The pragma <c>journal_mode</c>, one of SQLite's words for it. Null, the default, leaves it to the profile.
    /// </summary>
    public string? JournalMode { get => Get<string?>(WalOptions.JournalMode); set => Set(WalOptions.JournalMode, value); }

    /// <summary>
    /// The pragma <c>synchronous</c>, one of SQLite's words for it. Null, the default, leaves it to the profile.
    /// </summary>
    public string? Synchronous { get => Get<string?>(WalOptions.Synchronous); set => Set(WalOptions.Synchronous, value); }

    /// <summary>
    /// The pragma <c>cache_size</c>: pages where positive, KiB where negative. Null, the default, leaves it to the profile.
    /// </summary>
    public int? CacheSize { get => Get<int?>(WalOptions.CacheSize); set => Set(WalOptions.CacheSize, value); }

    /// <summary>
    /// The pragma <c>temp_store</c>, one of SQLite's words for it. Null, the default, leaves it to the profile.
    /// </summary>
    public string? TempStore { get => Get<string?>(WalOptions.TempStore); set => Set(WalOptions.TempStore, value); }

    /// <summary>The pragma <c>mmap_size</c> in bytes; 0 is none. Null, the default, leaves it to the profile.</summary>
    public long? MmapSize { get => Get<long?>(WalOptions.MmapSize); set => Set(WalOptions.MmapSize, value); }

    /// <summary>
    /// The pragma <c>page_size</c> in bytes, a power of two from 512 to 65536, for a database that is made now. Null is the default.
    /// </summary>
    public int? PageSize { get => Get<int?>(WalOptions.PageSize); set => Set(WalOptions.PageSize, value); }

    /// <summary>
    /// The pragma <c>wal_autocheckpoint</c> in pages; 0 is never. Null, the default, leaves it to the profile.
    /// </summary>
    public int? WalAutocheckpoint { get => Get<int?>(WalOptions.WalAutocheckpoint); set => Set(WalOptions.WalAutocheckpoint, value); }

    /// <summary>
    /// The pragma <c>journal_size_limit</c> in bytes; -1 is none. Null, the default, leaves it to the profile.
    /// </summary>
    public long? JournalSizeLimit { get => Get<long?>(WalOptions.JournalSizeLimit); set => Set(WalOptions.JournalSizeLimit, value); }

    /// <summary>
    /// The pragma <c>auto_vacuum</c>, one of SQLite's words for it, for a database that is made now. Null is the default.
    /// </summary>
    public string? AutoVacuum { get => Get<string?>(WalOptions.AutoVacuum); set => Set(WalOptions.AutoVacuum, value); }

    /// <summary>The pragma <c>max_page_count</c>, from 1. Null, the default, leaves the engine's own limit.</summary>
    public long? MaxPageCount { get => Get<long?>(WalOptions.MaxPageCount); set => Set(WalOptions.MaxPageCount, value); }

    /// <summary>Any other pragmas: <c>name=value</c> pairs with commas between them. The default is none.</summary>
    [AllowNull]
    public string Pragmas { get => Get<string>(WalOptions.Pragmas); set => Set(WalOptions.Pragmas, value); }

    /// <summary>
    /// How long one operation waits for locks in all, in milliseconds. 0 does not wait. The default is 30,000.
    /// </summary>
    public int BusyTimeout { get => Get<int>(WalOptions.BusyTimeout); set => Set(WalOptions.BusyTimeout, value); }

    /// <summary>What <c>BeginTransaction()</c> begins. The default is <see cref="WalTransactionMode.Immediate"/>.</summary>
    public WalTransactionMode TransactionMode
    {
        get => Get<WalTransactionMode>(WalOptions.TransactionMode);
        set => Set(WalOptions.TransactionMode, value);
    }

    /// <summary>Whether the writers of one file in this process queue, first come, first served. The default is true.</summary>
    public bool WriteGate { get => Get<bool>(WalOptions.WriteGate); set => Set(WalOptions.WriteGate, value); }

    /// <summary>
    /// How many writes share a transaction before it commits by itself. 0, the default, commits each; the profile Bulk has 5,000 unless
    /// this is set.
    /// </summary>
    public int WriteBatchSize { get => Get<int>(WalOptions.WriteBatchSize); set => Set(WalOptions.WriteBatchSize, value); }

    /// <summary>
    /// How long a pending write stays uncommitted at most, in milliseconds. 0 is no limit. The default is 1,000.
    /// </summary>
    public int WriteBatchInterval { get => Get<int>(WalOptions.WriteBatchInterval); set => Set(WalOptions.WriteBatchInterval, value); }

    /// <summary>
    /// Whether a connection that opens inside a <c>TransactionScope</c> takes part in it. The default is true.
    /// </summary>
    public bool Enlist { get => Get<bool>(WalOptions.Enlist); set => Set(WalOptions.Enlist, value); }

    /// <summary>How many sessions one connection string may have open, 1 to 10,000. The default is 32.</summary>
    public int MaxPoolSize { get => Get<int>(WalOptions.MaxPoolSize); set => Set(WalOptions.MaxPoolSize, value); }

    /// <summary>
    /// How many sessions stay open however long they are idle, 0 to Max Pool Size. None is opened ahead. The default is 0.
    /// </summary>
    public int MinPoolSize { get => Get<int>(WalOptions.MinPoolSize); set => Set(WalOptions.MinPoolSize, value); }

    /// <summary>
    /// How many sessions the whole process may have open, over all pools that set it: 0 to 1000000. The one that was idle for longest
    /// is closed for another file's. The default is 0: no limit.
    /// </summary>
    public int MaxOpenSessions { get => Get<int>(WalOptions.MaxOpenSessions); set => Set(WalOptions.MaxOpenSessions, value); }

    /// <summary>How long a session may lie idle before it is closed, in seconds. 0 is for ever. The default is 300.</summary>
    public int ConnectionIdleLifetime
    {
        get => Get<int>(WalOptions.ConnectionIdleLifetime);
        set => Set(WalOptions.ConnectionIdleLifetime, value);
    }

    /// <summary>How long opening waits for a free session, in seconds. 0 gives up at once. The default is 15.</summary>
    public int ConnectionTimeout { get => Get<int>(WalOptions.ConnectionTimeout); set => Set(WalOptions.ConnectionTimeout, value); }

    /// <summary>How many compiled SQL texts a session keeps. 0 keeps none. The default is 100.</summary>
    public int StatementCacheSize { get => Get<int>(WalOptions.StatementCacheSize); set => Set(WalOptions.StatementCacheSize, value); }

    /// <summary>How long one statement may run before it is stopped, in milliseconds. 0, the default, lets it run.</summary>
    public int QueryTimeout { get => Get<int>(WalOptions.QueryTimeout); set => Set(WalOptions.QueryTimeout, value); }

    /// <summary>
    /// What the dates in this database are, which their stored text does not say: Utc, Local or, by default, Unspecified, as in the
    /// wrapped provider.
    /// </summary>
    /// <remarks>A DateTime is read with this kind, and converted to it before it is stored where it is of the other.</remarks>
    /// <exception cref="ArgumentException">Set to something else.</exception>
    public DateTimeKind DateTimeKind
    {
        get => Get<DateTimeKind>(WalOptions.DateTimeKind);
        set => Set(WalOptions.DateTimeKind, value);
    }

    /// <summary>Who this is, in error messages and metrics. Empty text, the default, is the entry assembly's name.</summary>
    [AllowNull]
    public string ApplicationName { get => Get<string>(WalOptions.ApplicationName); set => Set(WalOptions.ApplicationName, value); }

    /// <summary>Whether WAL on NFS, SMB or 9p is let through. The default is false: it is refused.</summary>
    public bool AllowNetworkFileSystem
    {
        get => Get<bool>(WalOptions.AllowNetworkFileSystem);
        set => Set(WalOptions.AllowNetworkFileSystem, value);
    }

    /// <summary>
    /// A keyword's value, in its own type, by any of its spellings. Setting null removes it. A keyword that is
    /// only translated (Read Only, say) can be set and not read.
    /// </summary>
    /// <param name="keyword">The keyword; case does not matter.</param>
    /// <exception cref="ArgumentNullException"><paramref name="keyword"/> is null.</exception>
    /// <exception cref="ArgumentException">The keyword is unknown, or the value is not allowed.</exception>
    public override object? this[string keyword]
    {
#pragma warning disable CS8764 // NB: as in the wrapped provider, a keyword that is not set may read as null.
        get => GetOrDefault(WalOptions.Find(keyword) ?? throw NotReadable(keyword));
#pragma warning restore CS8764
        set
        {
            if (value is null)
                Remove(keyword);
            else if (WalOptions.Find(keyword) is { } option)
                Set(option, value);
            else
                Borrow((BorrowedKeywords.Find(keyword) ?? throw UnknownKeyword.Error(keyword)).Translate(value));
        }
    }

    /// <summary>
    /// A builder for the file at a path, whatever the path is called: <c>file:</c> at its beginning is not a URI,
    /// <c>:memory:</c> is not a database in memory, and <c>|DataDirectory|</c> is not that folder.
    /// </summary>
    /// <param name="path">The path; a relative one that reads as something else is made absolute here.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public static WalDbConnectionStringBuilder ForPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new WalDbConnectionStringBuilder { DataSource = DataSourceName.IsPlainPath(path) ? path : Path.GetFullPath(path) };
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _values.Clear();
    }

    /// <summary>Whether a keyword is known, in any of its spellings; not whether it is set.</summary>
    /// <param name="keyword">The keyword; case does not matter.</param>
    public override bool ContainsKey(string keyword) => WalOptions.Find(keyword) is not null;

    /// <summary>Sets a keyword back to its default.</summary>
    /// <param name="keyword">The keyword; case does not matter.</param>
    /// <returns>True if it was set.</returns>
    public override bool Remove(string keyword)
    {
        if (WalOptions.Find(keyword) is not { } option || !base.Remove(option.Name))
            return false;
        _values.Remove(option);
        return true;
    }

    /// <summary>Whether a keyword is set, in any of its spellings, so that the connection string will name it.</summary>
    /// <param name="keyword">The keyword; case does not matter.</param>
    public override bool ShouldSerialize(string keyword) =>
        WalOptions.Find(keyword) is { } option && base.ShouldSerialize(option.Name);

    /// <summary>Reads a keyword's value; its default where it is not set.</summary>
    /// <param name="keyword">The keyword; case does not matter.</param>
    /// <param name="value">The value in the keyword's own type, which may be null.</param>
    /// <returns>True if the keyword is known.</returns>
#pragma warning disable CS8765 // NB: as in the wrapped provider, true may come with null.
    public override bool TryGetValue(string keyword, out object? value)
#pragma warning restore CS8765
    {
        var option = WalOptions.Find(keyword);
        value = option is null ? null : GetOrDefault(option);
        return option is not null;
    }

    private static ArgumentException NotReadable(string keyword) => BorrowedKeywords.Find(keyword) is { } borrowed
        ? new ArgumentException($"Connection string keyword '{borrowed.Name}' is translated when it is set, and not kept. {borrowed.Text}")
        : UnknownKeyword.Error(keyword);

    private T Get<T>(WalOption option) => (T)GetOrDefault(option)!;

    private object? GetOrDefault(WalOption option) => _values.GetValueOrDefault(option, option.Default!);

    private void Set(WalOption option, object? value)
    {
        // NB: null text is empty text that is set, as in the wrapped provider; null elsewhere means not set.
        var given = value ?? (option.Default is string ? "" : null);
        var converted = given is null ? null : option.Convert(given);
        if (converted is null)
        {
            Remove(option.Name);
            return;
        }

        base[option.Name] = converted;
        _values[option] = converted;
    }

    private void Borrow(Borrowing borrowing)
    {
        if (borrowing.Target is { } target && !(borrowing.YieldsToTarget && _values.ContainsKey(target)))
            Set(target, borrowing.Value);
    }
}
