using System.Collections.Concurrent;
using System.Data;
using Microsoft.Data.Sqlite;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Writes that were to be stopped, each known by its number: those that returned are there whole, those that threw are not.</summary>
internal sealed class StormLedger
{
    public const string Schema = "CREATE TABLE IF NOT EXISTS storm(id INTEGER NOT NULL, part INTEGER NOT NULL)";

    private readonly ConcurrentDictionary<long, long> _rows = [];
    private long _last;
    private int _stopped;

    /// <summary>How many attempts have ended in an exception.</summary>
    public int Stopped => _stopped;

    /// <summary>How many have returned.</summary>
    public int Done => _rows.Count;

    /// <summary>The next number.</summary>
    public long Next() => Interlocked.Increment(ref _last);

    /// <summary>Runs a write that may be stopped; whether it returned.</summary>
    public async Task<bool> Attempt(long id, Func<Task> write, long rows = 1)
    {
        if (!await Attempt(write))
            return false;
        _rows[id] = rows;
        return true;
    }

    /// <summary>Runs what may be stopped; whether it returned.</summary>
    public async Task<bool> Attempt(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception error) when (IsOfStop(error))
        {
            Interlocked.Increment(ref _stopped);
            return false;
        }
    }

    /// <summary>Takes writes back that returned, and were undone with their transaction.</summary>
    public void TakeBack(IEnumerable<long> ids)
    {
        foreach (var id in ids)
            _rows.TryRemove(id, out _);
    }

    /// <summary>Holds the table against what returned.</summary>
    public void ShouldBeIn(WalDbConnection connection)
    {
        var found = new Dictionary<long, long>();
        using (var reader = connection.Read("SELECT id, count(*) FROM storm GROUP BY id"))
        {
            while (reader.Read())
                found.Add(reader.GetInt64(0), reader.GetInt64(1));
        }

        found.Where(row => _rows.GetValueOrDefault(row.Key) != row.Value).ShouldBeEmpty("written, though it threw");
        _rows.Where(row => found.GetValueOrDefault(row.Key) != row.Value).ShouldBeEmpty("gone, though it returned");
    }

    // InvalidOperationException: a pool that gave nobody a session, or a connection that was closed meanwhile.
    private static bool IsOfStop(Exception error)
        => error is OperationCanceledException or QueryTimeoutException or ObjectDisposedException or InvalidOperationException or TimeoutException
            or SqliteException { SqliteErrorCode: 5 };
}
