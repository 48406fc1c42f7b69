using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider.Tests;

/// <summary>Something that a user leaves on a connection. Rows with a 9 are not committed, rows with a 7 are to stay.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Leave">Leaves it, on a connection of either provider.</param>
internal sealed record Dirt(string Name, Action<DbConnection> Leave)
{
    public const string SqlWithParameter = "SELECT $value || $value";

    /// <summary>What both providers can be left with.</summary>
    public static IReadOnlyList<Dirt> All { get; } =
    [
        new("transaction", connection => Execute(connection, connection.BeginTransaction(), "INSERT INTO t VALUES(9)")),
        new("typed transaction", connection => connection.Run("BEGIN IMMEDIATE; INSERT INTO t VALUES(9)")),
        new("typed exclusive transaction", connection => connection.Run("BEGIN EXCLUSIVE")),
        new("typed savepoint", connection => connection.Run("SAVEPOINT s; INSERT INTO t VALUES(9)")),
        new("snapshot", connection => connection.Run("BEGIN; SELECT count(*) FROM t")),
        new("deferred foreign key", connection => connection.Run("BEGIN IMMEDIATE; INSERT INTO child VALUES(99)")),
        new("half-read reader", connection => connection.Read("SELECT a FROM t").Read()),
        new("half-read reader in a transaction", ReadInTransaction),
        new("half-read RETURNING", connection => connection.Read("INSERT INTO t VALUES(5), (6) RETURNING a").Read()),
        new("half of a text", connection => connection.Read("SELECT 1; INSERT INTO t VALUES(5)").Read()),
        new("prepared command with a value", BindAndForget),
        new("temporary table", connection => connection.Run("CREATE TEMP TABLE left_behind(a)")),
        new("temporary table that hides one", connection => connection.Run("CREATE TABLE temp.t(a)")),
        new("temporary view", connection => connection.Run("CREATE TEMP VIEW left_behind AS SELECT 1")),
        new("temporary trigger", connection => connection.Run("CREATE TEMP TRIGGER left_behind AFTER UPDATE ON t BEGIN SELECT RAISE(ABORT, 'no'); END")),
        new("attached database", connection => connection.Run("ATTACH ':memory:' AS other")),
        .. ChangedPragmas().Select(pragma => new Dirt(pragma, connection => connection.Run("PRAGMA " + pragma))),
        new("locking_mode with a lock", connection => connection.Run("PRAGMA locking_mode=EXCLUSIVE; UPDATE t SET a = a")),
        new("query_only while compiling", connection => connection.Run("EXPLAIN PRAGMA query_only=1")),
        new("function", connection => Inner(connection).CreateFunction("left_behind", () => 1)),
        new("built-in function", connection => Inner(connection).CreateFunction("upper", (string text) => "dirt")),
        new("aggregate", connection => Inner(connection).CreateAggregate("left_behind", 0, (int sum, int a) => sum + a)),
        new("collation", connection => Inner(connection).CreateCollation("left_behind", string.CompareOrdinal)),
        new("built-in collation", connection => Inner(connection).CreateCollation("NOCASE", string.CompareOrdinal)),
        new("function that throws", ThrowInFunction),
        new("extensions", connection => Inner(connection).EnableExtensions()),
        new("limit", connection => raw.sqlite3_limit(HandleOf(connection), raw.SQLITE_LIMIT_LENGTH, 100)),
        new("progress handler", connection => raw.sqlite3_progress_handler(HandleOf(connection), 1, _ => 1, null)),
        new("authorizer", connection => raw.sqlite3_set_authorizer(HandleOf(connection), Deny, null)),
        new("commit hook", connection => raw.sqlite3_commit_hook(HandleOf(connection), _ => 1, null)),
        new("interrupted statement", Interrupt),
        new("failed statement", Fail),
    ];

    /// <summary>What only ours can be left with.</summary>
    public static IReadOnlyList<Dirt> Ours { get; } =
    [
        new("write that was not committed by hand", connection => connection.Run("INSERT INTO t VALUES(7)")),
        new("unit", LeaveUnit),
        new("nested transaction", connection =>
        {
            Of(connection).BeginTransaction();
            Of(connection).BeginTransaction();
            connection.Run("INSERT INTO t VALUES(9)");
        }),
        new("snapshot of ours", connection => Of(connection).BeginSnapshot()),
        new("open blob", connection => Of(connection).OpenBlob("files", "content", 1)),
        new("registered function", connection => Of(connection).CreateFunction("upper", (string text) => "dirt")),
        new("registered collation", connection => Of(connection).CreateCollation("NOCASE", string.CompareOrdinal)),
        new("registered aggregate", connection => Of(connection).CreateAggregate("left_behind", 0, (int sum, int a) => sum + a)),
        new("extensions of ours", connection => Of(connection).EnableExtensions()),
        new("subscription to changes", connection => Of(connection).Changed += (_, _) => throw new InvalidOperationException("Not the next user's.")),
        new("cancelled statement", Cancel),
        new("wrapped connection's own transaction", connection => Of(connection).WrappedConnection.BeginTransaction()),
    ];

    public override string ToString() => Name;

    private static IEnumerable<string> ChangedPragmas() =>
    [
        "query_only=1", "foreign_keys=0", "synchronous=0", "locking_mode=EXCLUSIVE", "case_sensitive_like=1", "ignore_check_constraints=1",
        "recursive_triggers=1", "reverse_unordered_selects=1", "cache_size=10", "cache_spill=0", "temp_store=1", "busy_timeout=77",
        "defer_foreign_keys=1", "writable_schema=1", "trusted_schema=0", "legacy_alter_table=1", "automatic_index=0", "cell_size_check=1",
        "wal_autocheckpoint=7", "max_page_count=100", "journal_size_limit=77", "mmap_size=65536", "read_uncommitted=1", "secure_delete=1",
        "full_column_names=1", "short_column_names=0", "analysis_limit=7",
    ];

    private static WalDbConnection Of(DbConnection connection) => (WalDbConnection)connection;

    private static SqliteConnection Inner(DbConnection connection)
        => connection is WalDbConnection ours ? ours.WrappedConnection : (SqliteConnection)connection;

    private static sqlite3 HandleOf(DbConnection connection) => Inner(connection).Handle!;

    private static void Execute(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void ReadInTransaction(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.Transaction = connection.BeginTransaction();
        command.CommandText = "INSERT INTO t VALUES(9); SELECT a FROM t";
        command.ExecuteReader().Read();
    }

    private static void BindAndForget(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = SqlWithParameter;
        var parameter = command.CreateParameter();
        parameter.ParameterName = "$value";
        parameter.Value = "secret";
        command.Parameters.Add(parameter);
        command.Prepare();
        command.ExecuteScalar();
    }

    private static void ThrowInFunction(DbConnection connection)
    {
        Inner(connection).CreateFunction<int>("left_behind", () => throw new InvalidOperationException("Thrown in a function."));
        Swallow(() => connection.Run("UPDATE t SET a = left_behind()"));
    }

    private static void Fail(DbConnection connection) => Swallow(() => connection.Run("INSERT INTO t VALUES(5); INSERT INTO checked VALUES(-1)"));

    private static void LeaveUnit(DbConnection connection)
    {
        _ = Of(connection).BeginBatchUnit();
        connection.Run("INSERT INTO t VALUES(9)");
    }

    // The engine's own interrupt, which takes a write's whole transaction with it.
    private static void Interrupt(DbConnection connection)
    {
        var handle = HandleOf(connection);
        Inner(connection).CreateFunction("interrupt_here", (long a) =>
        {
            raw.sqlite3_interrupt(handle);
            return a;
        });
        Swallow(() => connection.Run("BEGIN; UPDATE t SET a = interrupt_here(a); UPDATE t SET a = a"));
    }

    private static void Cancel(DbConnection connection)
    {
        using var cancellation = new CancellationTokenSource();
        Of(connection).CreateFunction("cancel_here", () =>
        {
            cancellation.Cancel();
            return 1;
        });
        using var command = connection.CreateCommand();
        command.CommandText = "WITH RECURSIVE n(i) AS (SELECT cancel_here() UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
        Swallow(() => command.ExecuteScalarAsync(cancellation.Token).GetAwaiter().GetResult());
    }

    private static int Deny(object state, int action, string first, string second, string database, string trigger) => raw.SQLITE_DENY;

    private static void Swallow(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is SqliteException or OperationCanceledException or InvalidOperationException)
        {
            // What is left behind by the failure is what is looked for.
        }
    }
}
