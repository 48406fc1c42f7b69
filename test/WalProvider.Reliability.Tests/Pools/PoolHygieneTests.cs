using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[Row(9, "every kind of dirt left on a pooled connection: transactions, readers, temporary objects, pragmas, functions, hooks",
    "the next user sees none of it; the write lock is free at once")]
public class PoolHygieneTests
{
    private const string Schema = """
        CREATE TABLE t(a); INSERT INTO t VALUES(1), (2), (3);
        CREATE TABLE parent(id INTEGER PRIMARY KEY);
        CREATE TABLE child(parent REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED);
        CREATE TABLE checked(a CHECK(a > 0));
        CREATE TABLE files(content); INSERT INTO files VALUES(zeroblob(1000));
        """;

    private static readonly string[] Keywords = ["", "Write Batch Size=100;Write Batch Interval=0"];
    private static readonly (string Name, Action<DbConnection> Leave)[] Ends =
    [
        ("Dispose", connection => connection.Dispose()),
        ("Close", connection => connection.Close()),
        ("DisposeAsync", connection => connection.DisposeAsync().AsTask().GetAwaiter().GetResult()),
    ];

    [Test]
    public void Next_user_sees_nothing_of_what_was_left([ValueSource(nameof(Keywords))] string keywords)
    {
        var ends = Ends[..Extent.Of(fast: 1, whole: Ends.Length)];
        var found = new List<string>();
        var longest = TimeSpan.Zero;
        foreach (var dirt in Dirt.All.Concat(Dirt.Ours))
        {
            foreach (var (name, leave) in ends)
            {
                var (seen, freed) = LookOurs(keywords, dirt, leave);
                found.AddRange(seen.Select(one => $"{dirt} by {name}: {one}"));
                longest = freed > longest ? freed : longest;
            }
        }

        Report.Figures(
            $"{(keywords.Length == 0 ? "without" : "with")} batches: {Dirt.All.Count + Dirt.Ours.Count} kinds of dirt, {ends.Length} ways to leave: "
            + $"{found.Count} seen; closed and the lock free after {longest.TotalMilliseconds:0.0} ms at most");
        found.ShouldBeEmpty();
    }

    [Test]
    public void Session_is_kept_when_nothing_is_left()
    {
        using var database = new TestDatabase("Max Pool Size=1");
        for (var n = 0; n < 10; n++)
        {
            using var connection = database.Open();
            connection.Run(n == 0 ? Schema : "UPDATE t SET a = a");
            connection.Ask("SELECT count(*) FROM t").ShouldBe(3L);
        }

        database.Source.Statistics.Created.ShouldBe(1);
        Compare(database, database.Open, () => Fresh(database, "")).ShouldBeEmpty();
    }

    [Test]
    public void Canary_the_wrapped_provider_hands_dirt_on()
    {
        // Where a lock is left behind, each look takes the wrapped provider a second.
        var everyNth = Extent.Of(fast: 4, whole: 1);
        var kinds = Dirt.All.Where((_, index) => index % everyNth == 1 % everyNth).ToList();

        var dirty = kinds.Where(dirt => LookWrapped(dirt).Count > 0).ToList();

        Report.Figures($"canary, the pool of the wrapped provider: {dirty.Count} of {kinds.Count} kinds seen");
        dirty.Select(dirt => dirt.Name).ShouldContain("typed transaction");
        dirty.Count.ShouldBeGreaterThan(kinds.Count / 2);
    }

    private static (IReadOnlyList<string> Seen, TimeSpan Freed) LookOurs(string keywords, Dirt dirt, Action<DbConnection> leave)
    {
        using var database = new TestDatabase("Max Pool Size=1;" + keywords);
        using (var connection = database.Open())
            connection.Run(Schema);
        var user = database.Open();
        dirt.Leave(user);
        var started = Stopwatch.GetTimestamp();

        leave(user);
        var isFree = IsLockFree(database);
        var freed = Stopwatch.GetElapsedTime(started);

        var seen = isFree ? Compare(database, database.Open, () => Fresh(database, keywords)) : ["the write lock is held"];
        return (seen, freed);
    }

    private static IReadOnlyList<string> LookWrapped(Dirt dirt)
    {
        using var database = new TestDatabase();
        using (var connection = database.Open())
            connection.Run(Schema);
        var user = Wrapped(database, isPooled: true);
        try
        {
            dirt.Leave(user);
            user.Dispose();
            return IsLockFree(database)
                ? Compare(database, () => Wrapped(database, isPooled: true), () => Wrapped(database, isPooled: false))
                : ["the write lock is held"];
        }
        finally
        {
            SqliteConnection.ClearPool(user);
        }
    }

    // Against a connection that nobody has had before, on what was committed.
    private static IReadOnlyList<string> Compare(TestDatabase database, Func<DbConnection> next, Func<DbConnection> fresh)
    {
        try
        {
            using var elsewhere = database.OpenElsewhere();
            var expected = Portrait(fresh);
            var differences = SessionPortrait.Differences(expected, Portrait(next));
            return elsewhere.Ask("SELECT count(*) FROM t WHERE a = 9") is 0L ? differences : [.. differences, "what was not committed"];
        }
        catch (SqliteException error)
        {
            return [error.Message];
        }
    }

    private static IReadOnlyDictionary<string, string> Portrait(Func<DbConnection> open)
    {
        using var connection = open();
        return SessionPortrait.Of(connection);
    }

    private static bool IsLockFree(TestDatabase database)
    {
        using var elsewhere = database.OpenElsewhere();
        return raw.sqlite3_exec(elsewhere.Handle, "BEGIN IMMEDIATE; ROLLBACK") == raw.SQLITE_OK;
    }

    private static WalDbConnection Fresh(TestDatabase database, string keywords)
    {
        var connection = new WalDbConnection($"Data Source={database.File};Max Pool Size=1;Pooling=False;{keywords}");
        connection.Open();
        return connection;
    }

    private static SqliteConnection Wrapped(TestDatabase database, bool isPooled)
    {
        var connection = new SqliteConnection($"Data Source={database.File};Pooling={isPooled};Default Timeout=1");
        connection.Open();
        return connection;
    }
}
