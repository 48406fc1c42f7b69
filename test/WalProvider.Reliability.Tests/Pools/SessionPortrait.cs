using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider.Tests;

/// <summary>All of a connection's own state that SQL can tell of: two are equal where nobody could tell the connections apart.</summary>
internal static class SessionPortrait
{
    private static readonly string[] Pragmas =
    [
        "automatic_index", "busy_timeout", "cache_size", "cache_spill", "cell_size_check", "checkpoint_fullfsync", "count_changes",
        "defer_foreign_keys", "empty_result_callbacks", "foreign_keys", "full_column_names", "fullfsync", "hard_heap_limit",
        "ignore_check_constraints", "journal_mode", "journal_size_limit", "legacy_alter_table", "locking_mode", "max_page_count",
        "mmap_size", "query_only", "read_uncommitted", "recursive_triggers", "reverse_unordered_selects", "secure_delete",
        "short_column_names", "soft_heap_limit", "synchronous", "temp_store", "threads", "trusted_schema", "wal_autocheckpoint",
        "writable_schema", "analysis_limit",
    ];

    private static readonly (string Name, string Sql)[] Questions =
    [
        ("rows", "SELECT count(*) FROM t"),
        ("temporary objects", "SELECT group_concat(name) FROM sqlite_temp_master"),
        ("databases", "SELECT group_concat(name) FROM pragma_database_list WHERE name <> 'temp'"),
        ("functions", "SELECT count(*) FROM pragma_function_list"),
        ("upper", "SELECT upper('a')"),
        ("collations", "SELECT group_concat(name) FROM (SELECT name FROM pragma_collation_list ORDER BY name)"),
        ("NOCASE", "SELECT 'a' = 'A' COLLATE NOCASE"),
        ("LIKE", "SELECT 'a' LIKE 'A'"),
        ("load_extension", "SELECT load_extension('/nowhere')"),
        ("long text", "SELECT length(replace(hex(zeroblob(1000)), '0', 'x'))"),
        ("check", "INSERT INTO checked VALUES(-1)"),
        ("order", "SELECT group_concat(a) FROM (SELECT a FROM t)"),
        ("a read", "SELECT count(*) FROM t"),
        ("a write", "UPDATE t SET a = a"),
    ];

    /// <summary>What it answers to every question; an error is an answer too, except that somebody else holds a lock.</summary>
    public static IReadOnlyDictionary<string, string> Of(DbConnection connection)
    {
        var answers = Pragmas.ToDictionary(pragma => pragma, pragma => Ask(connection, $"PRAGMA {pragma}"));
        foreach (var (name, sql) in Questions)
            answers[name] = Ask(connection, sql);

        // With a parameter that is missing: nobody else's value may be taken for it.
        answers["missing parameter"] = Ask(connection, Dirt.SqlWithParameter);
        return answers;
    }

    /// <summary>Where two differ, in words.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> actual)
        => [.. expected.Where(pair => actual[pair.Key] != pair.Value).Select(pair => $"{pair.Key}: '{actual[pair.Key]}' instead of '{pair.Value}'")];

    private static string Ask(DbConnection connection, string sql)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = 1;
            return $"{command.ExecuteScalar()}";
        }
        catch (SqliteException error) when (error.SqliteErrorCode != raw.SQLITE_BUSY)
        {
            return $"error {error.Message}";
        }
        catch (InvalidOperationException error)
        {
            return error.GetType().Name;
        }
    }
}
