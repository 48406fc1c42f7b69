using System.Collections.Frozen;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// The table of keywords. The builder, the parser, the docs page and the tests all read it, so a keyword is described
/// here and nowhere else. Its order is the order in which a connection string is written.
/// </summary>
internal static class WalOptions
{
    private const int MaxSeconds = int.MaxValue / 1000;
    private const string Milliseconds = "milliseconds";
    private const string Seconds = "seconds";
    private const string Profiled = "from the profile";

    public static readonly WalOption DataSource = new("Data Source", OptionGroup.WrappedProvider)
    {
        Value = new TextValue("a path, a file: URI, or :memory:"),
        Default = "",
        DefaultText = "a private temporary database",
        Aliases = ["Filename"],
        Text = "The database file. `:memory:` is a private database in memory, a text that begins with `file:` is a URI, and "
            + "`|DataDirectory|` at the beginning stands for that folder. "
            + "`WalDbConnectionStringBuilder.ForPath(path)` takes any path literally.",
    };

    public static readonly WalOption Mode = new("Mode", OptionGroup.WrappedProvider)
    {
        Value = new ChoiceValue<SqliteOpenMode>(),
        Default = SqliteOpenMode.ReadWriteCreate,
        Text = "Whether the file may be written, and made where it is missing. "
            + "`Memory` takes Data Source as the name of a database in memory.",
    };

    public static readonly WalOption Cache = new("Cache", OptionGroup.WrappedProvider)
    {
        Value = new ChoiceValue<SqliteCacheMode>(),
        Default = SqliteCacheMode.Default,
        Text = "`Shared` lets the connections of this process share one page cache, which a named database in memory needs. "
            + "The write batch is off then, since readers beside a pending batch would meet a locked table.",
    };

    public static readonly WalOption Password = new("Password", OptionGroup.WrappedProvider)
    {
        Value = new TextValue(),
        Default = "",
        DefaultText = "none",
        Aliases = ["TextPassword"],
        Text = "The key of an encrypted database. The default engine has no encryption and refuses to open with one.",
    };

    public static readonly WalOption ForeignKeys = new("Foreign Keys", OptionGroup.WrappedProvider)
    {
        Pragma = "foreign_keys",
        Value = new SwitchValue(),
        DefaultText = Profiled,
        Aliases = ["_foreign_keys", "_fk"],
        Text = "Whether foreign keys are enforced. It goes over the profile, as the keywords for pragmas do.",
    };

    public static readonly WalOption RecursiveTriggers = new("Recursive Triggers", OptionGroup.WrappedProvider)
    {
        Value = new SwitchValue(),
        Default = false,
        Text = "Whether a trigger may fire itself.",
    };

    public static readonly WalOption DefaultTimeout = new("Default Timeout", OptionGroup.WrappedProvider)
    {
        Value = new NumberValue<int>(int.MinValue, int.MaxValue),
        Unit = Seconds,
        Default = 30,
        Aliases = ["Command Timeout", "CommandTimeout", "command_timeout"],
        Text = "The Command Timeout that commands begin with: how long one waits for a lock. 0 waits for ever. "
            + "Where neither this keyword nor the command sets it, Busy Timeout decides.",
    };

    public static readonly WalOption Pooling = new("Pooling", OptionGroup.WrappedProvider)
    {
        Value = new SwitchValue(),
        Default = true,
        Text = "Whether sessions are kept for the next connection. A private database in memory is never pooled.",
    };

    public static readonly WalOption Profile = new("Profile", OptionGroup.Pragma)
    {
        Value = new ChoiceValue<WalProfile>(),
        Default = WalProfile.Balanced,
        Text = "The set of pragmas that each session starts with; see the table of profiles. The keywords below go over it.",
    };

    public static readonly WalOption JournalMode = new("Journal Mode", OptionGroup.Pragma)
    {
        Pragma = "journal_mode",
        Value = new WordValue(isNumbered: false, "DELETE", "TRUNCATE", "PERSIST", "MEMORY", "WAL", "OFF"),
        DefaultText = Profiled,
        Aliases = ["_journal", "_journal_mode"],
        Text = "How a transaction is made atomic. A database in memory has `MEMORY` where this asks for a file.",
    };

    public static readonly WalOption Synchronous = new("Synchronous", OptionGroup.Pragma)
    {
        Pragma = "synchronous",
        Value = new WordValue(isNumbered: true, "OFF", "NORMAL", "FULL", "EXTRA"),
        DefaultText = Profiled,
        Aliases = ["Sync Mode", "SyncMode", "_sync", "_synchronous"],
        Text = "How often the engine waits for the disk. In WAL mode `NORMAL` cannot corrupt, and a power cut may undo the last commits; "
            + "`FULL` keeps every commit that returned.",
    };

    public static readonly WalOption CacheSize = new("Cache Size", OptionGroup.Pragma)
    {
        Pragma = "cache_size",
        Value = new NumberValue<int>(-int.MaxValue, int.MaxValue),
        Unit = "pages where positive, KiB where negative",
        DefaultText = Profiled,
        Aliases = ["_cache_size"],
        Text = "How much of the database one session keeps in memory. Every open session of the pool may come to hold this much.",
    };

    public static readonly WalOption TempStore = new("Temp Store", OptionGroup.Pragma)
    {
        Pragma = "temp_store",
        Value = new WordValue(isNumbered: true, "DEFAULT", "FILE", "MEMORY"),
        DefaultText = Profiled,
        Text = "Where temporary tables and indexes live.",
    };

    public static readonly WalOption MmapSize = new("Mmap Size", OptionGroup.Pragma)
    {
        Pragma = "mmap_size",
        Value = new NumberValue<long>(0, 1L << 40),
        Unit = "bytes",
        DefaultText = Profiled,
        Text = "How much of the file is read through a memory mapping; 0 is none. The engine has a limit of its own, "
            + "and the effective profile shows what it granted.",
    };

    public static readonly WalOption PageSize = new("Page Size", OptionGroup.Pragma)
    {
        Pragma = "page_size",
        Value = new NumberValue<int>(512, 65536, isPowerOfTwo: true),
        Unit = "bytes",
        DefaultText = "the engine's, or the file's",
        Text = "The page size of a database that is made now. One that has content keeps its own.",
    };

    public static readonly WalOption WalAutocheckpoint = new("Wal Autocheckpoint", OptionGroup.Pragma)
    {
        Pragma = "wal_autocheckpoint",
        Value = new NumberValue<int>(0, int.MaxValue),
        Unit = "pages",
        DefaultText = Profiled,
        Text = "How long the WAL grows before a commit moves it into the main file; 0 is never.",
    };

    public static readonly WalOption JournalSizeLimit = new("Journal Size Limit", OptionGroup.Pragma)
    {
        Pragma = "journal_size_limit",
        Value = new NumberValue<long>(-1, long.MaxValue),
        Unit = "bytes",
        DefaultText = Profiled,
        Text = "To what size a WAL or journal that has done its work is cut; -1 leaves it as it is.",
    };

    public static readonly WalOption AutoVacuum = new("Auto Vacuum", OptionGroup.Pragma)
    {
        Pragma = "auto_vacuum",
        Value = new WordValue(isNumbered: true, "NONE", "FULL", "INCREMENTAL"),
        DefaultText = "the engine's, or the file's",
        Aliases = ["_auto_vacuum", "_vacuum"],
        Text = "Whether a database that is made now gives free pages back to the file system. One that has tables keeps its own.",
    };

    public static readonly WalOption MaxPageCount = new("Max Page Count", OptionGroup.Pragma)
    {
        Pragma = "max_page_count",
        Value = new NumberValue<long>(1, 4294967294),
        Unit = "pages",
        DefaultText = "the engine's",
        Text = "How large the file may become; a write past it fails as on a full disk. The engine never sets it under what the file has.",
    };

    public static readonly WalOption Pragmas = new("Pragmas", OptionGroup.Pragma)
    {
        Value = new TextValue("name=value pairs with commas between them"),
        Default = "",
        DefaultText = "none",
        Text = "Any other pragma: `name=value` pairs with commas between them, each value a number, a word or a text in single quotes "
            + "(put the whole in double quotes then). "
            + "A name that the engine does not know is an error when the connection opens.",
    };

    public static readonly WalOption BusyTimeout = new("Busy Timeout", OptionGroup.Writing)
    {
        Pragma = "busy_timeout",
        Value = new NumberValue<int>(0, int.MaxValue),
        Unit = Milliseconds,
        Default = 30_000,
        Aliases = ["_busy_timeout", "_timeout"],
        Text = "How long one operation waits for locks in all: in the queue of this process and for other processes. 0 does not wait.",
    };

    public static readonly WalOption TransactionMode = new("Transaction Mode", OptionGroup.Writing)
    {
        Value = new ChoiceValue<WalTransactionMode>(),
        Default = WalTransactionMode.Immediate,
        Aliases = ["_txlock"],
        Text = "What `BeginTransaction()` begins.",
    };

    public static readonly WalOption WriteGate = new("Write Gate", OptionGroup.Writing)
    {
        Value = new SwitchValue(),
        Default = true,
        Text = "Whether the writers of one file in this process queue, first come, first served, before they try its lock.",
    };

    public static readonly WalOption WriteBatchSize = new("Write Batch Size", OptionGroup.Writing)
    {
        Value = new NumberValue<int>(0, 10_000_000),
        Unit = "writes",
        Default = 0,
        DefaultText = "0, off; 5000 in profile Bulk",
        Aliases = ["Batch Size", "BatchSize", "batch_size"],
        Text = "How many writes outside an explicit transaction share one before it commits by itself; 0 commits each. "
            + "A crash costs the writes that are not yet committed.",
    };

    public static readonly WalOption WriteBatchInterval = new("Write Batch Interval", OptionGroup.Writing)
    {
        Value = new NumberValue<int>(0, int.MaxValue),
        Unit = Milliseconds,
        Default = 1000,
        Aliases = ["Batch Interval", "BatchInterval", "batch_interval"],
        Text = "How long a pending write stays uncommitted at most; 0 is no limit.",
    };

    public static readonly WalOption Enlist = new("Enlist", OptionGroup.Writing)
    {
        Value = new SwitchValue(),
        Default = true,
        Aliases = ["Auto Enlist", "AutoEnlist", "auto_enlist"],
        Text = "Whether a connection that opens inside a `TransactionScope` takes part in it.",
    };

    public static readonly WalOption MaxPoolSize = new("Max Pool Size", OptionGroup.Session)
    {
        Value = new NumberValue<int>(1, 10_000),
        Unit = "sessions",
        Default = 32,
        Aliases = ["Maximum Pool Size", "MaximumPoolSize", "maximum_pool_size"],
        Text = "How many sessions one connection string may have open. Who comes when all are in use waits for Connection Timeout. "
            + "Each can come to hold a whole page cache, so count with Max Pool Size times Cache Size: 2 GB with the defaults.",
    };

    public static readonly WalOption MinPoolSize = new("Min Pool Size", OptionGroup.Session)
    {
        Value = new NumberValue<int>(0, 10_000),
        Unit = "sessions",
        Default = 0,
        Aliases = ["Minimum Pool Size", "MinimumPoolSize", "minimum_pool_size"],
        Text = "How many sessions stay open however long they are idle. Not more than Max Pool Size. None is opened ahead: the first who "
            + "needs one opens it, in a tenth of a millisecond. Max Open Sessions goes before it.",
    };

    public static readonly WalOption MaxOpenSessions = new("Max Open Sessions", OptionGroup.Session)
    {
        Value = new NumberValue<int>(0, 1_000_000),
        Unit = "sessions",
        Default = 0,
        DefaultText = "0, no limit",
        Text = "How many sessions the whole process may have open, over all pools whose connection strings set this; give all the same number. "
            + "Who needs one more has that one closed which was idle for longest, of whatever file. Where none is idle, he waits for "
            + "Connection Timeout, in the order of coming. For programs with many files: each session has two to three files open.",
    };

    public static readonly WalOption ConnectionIdleLifetime = new("Connection Idle Lifetime", OptionGroup.Session)
    {
        Value = new NumberValue<int>(0, MaxSeconds),
        Unit = Seconds,
        Default = 300,
        Text = "How long a session may lie idle before it is closed; 0 keeps it for ever.",
    };

    public static readonly WalOption ConnectionTimeout = new("Connection Timeout", OptionGroup.Session)
    {
        Value = new NumberValue<int>(0, MaxSeconds),
        Unit = Seconds,
        Default = 15,
        Aliases = ["Connect Timeout", "ConnectTimeout", "connect_timeout"],
        Text = "How long opening waits for a free session; 0 gives up at once.",
    };

    public static readonly WalOption StatementCacheSize = new("Statement Cache Size", OptionGroup.Session)
    {
        Value = new NumberValue<int>(0, 100_000),
        Unit = "SQL texts",
        Default = 100,
        Aliases = ["Max Auto Prepare", "MaxAutoPrepare", "max_auto_prepare"],
        Text = "How many compiled SQL texts a session keeps; 0 keeps none.",
    };

    public static readonly WalOption QueryTimeout = new("Query Timeout", OptionGroup.Session)
    {
        Value = new NumberValue<int>(0, int.MaxValue),
        Unit = Milliseconds,
        Default = 0,
        DefaultText = "0, none",
        Text = "How long one statement may run before it is stopped; 0 lets it run. Waiting for a lock is Busy Timeout's.",
    };

    public static readonly WalOption DateTimeKind = new("DateTime Kind", OptionGroup.Session)
    {
        Value = new ChoiceValue<DateTimeKind>(),
        Default = System.DateTimeKind.Unspecified,
        Text = "What the dates in this database are, which their text does not say. `Utc`: a DateTime is read as UTC, and converted to it "
            + "before it is stored where it is local. `Local`: the other way round. `Unspecified`: stored and read as the wrapped provider "
            + "does, without a kind.",
    };

    public static readonly WalOption ApplicationName = new("Application Name", OptionGroup.Session)
    {
        Value = new TextValue(),
        Default = "",
        DefaultText = "the entry assembly's name",
        Text = "Who this is, in error messages and metrics.",
    };

    public static readonly WalOption AllowNetworkFileSystem = new("Allow Network File System", OptionGroup.Session)
    {
        Value = new SwitchValue(),
        Default = false,
        Text = "WAL shares memory between processes, which machines cannot do, so WAL on NFS, SMB or 9p is refused. "
            + "`True` opens it nevertheless: safe only while one machine uses the file.",
    };

    /// <summary>Every keyword, in the order in which a connection string is written.</summary>
    public static readonly IReadOnlyList<WalOption> All =
    [
        DataSource, Mode, Cache, Password, ForeignKeys, RecursiveTriggers, DefaultTimeout, Pooling,
        Profile, JournalMode, Synchronous, CacheSize, TempStore, MmapSize, PageSize,
        WalAutocheckpoint, JournalSizeLimit, AutoVacuum, MaxPageCount, Pragmas,
        BusyTimeout, TransactionMode, WriteGate, WriteBatchSize, WriteBatchInterval, Enlist,
        MaxPoolSize, MinPoolSize, MaxOpenSessions, ConnectionIdleLifetime, ConnectionTimeout, StatementCacheSize,
        QueryTimeout, DateTimeKind, ApplicationName, AllowNetworkFileSystem,
    ];

    private static readonly FrozenDictionary<string, WalOption> BySpelling = All
        .SelectMany(option => option.Spellings.Select(spelling => KeyValuePair.Create(spelling, option)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The keyword with this spelling, in any case; null where there is none.</summary>
    public static WalOption? Find(string spelling) => BySpelling.GetValueOrDefault(spelling);
}
