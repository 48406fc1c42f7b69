using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;

namespace WalProvider;

/// <summary>The pools of this process: one for each connection string, and those of the data sources.</summary>
internal static class SessionPools
{
    private static readonly ConcurrentDictionary<string, SessionPool> ByText = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, SessionPool> BySettings = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<SessionPool, byte> OfDataSources = [];

    // Made with the first pool that batches: who does not batch keeps the signals to itself.
    private static readonly Lazy<ExitWatch> Watch = new(() => new ExitWatch(CloseAll));

    static SessionPools() => AppDomain.CurrentDomain.ProcessExit += (_, _) => CloseAll();

    /// <summary>The pool of a connection string; texts that mean the same share one.</summary>
    /// <exception cref="ArgumentException">A keyword is unknown, or a value is not allowed.</exception>
    internal static SessionPool For(string connectionString)
        => ByText.TryGetValue(connectionString, out var pool) ? pool : Add(connectionString);

    /// <summary>Makes a pool of a data source known, so that its pending writes survive the end of the process.</summary>
    internal static void Register(SessionPool pool)
    {
        OfDataSources.TryAdd(pool, 0);
        WatchIfBatching(pool.Settings);
    }

    /// <summary>Forgets the pool of a data source that was disposed, once its last session has come back.</summary>
    /// <remarks>
    /// NB: nothing else keeps a lent session alive whose connection was lost. Its handle would be finalized before its
    /// pending writes are committed.
    /// </remarks>
    internal static void Unregister(SessionPool pool) => pool.WhenEmpty(() => OfDataSources.TryRemove(pool, out _));

    /// <summary>Clears every pool, those of data sources too.</summary>
    internal static void ClearAll()
    {
        foreach (var pool in All())
        {
            pool.Clear();
        }
    }

    /// <summary>Closes the idle sessions of a file, whatever connection string they belong to.</summary>
    internal static void CloseIdle(DatabaseFile file)
    {
        foreach (var pool in All())
        {
            pool.CloseIdle(session => session.File == file);
        }
    }

    /// <summary>Clears every pool of one file, whatever name it was opened by; null for a database without one does nothing.</summary>
    internal static void Clear(string? path)
    {
        foreach (var pool in Of(path))
        {
            pool.Clear();
        }
    }

    /// <summary>Closes the idle sessions of a file; whether any is still open.</summary>
    internal static bool IsInUse(string path)
    {
        Clear(path);
        return Of(path).Any(pool => pool.Statistics.Open > 0);
    }

    private static SessionPool Add(string connectionString)
    {
        var settings = WalSettings.Parse(connectionString);
        var clock = TimeProvider.System;
        var pool = BySettings.GetOrAdd(
            settings.ConnectionString,
            _ => new SessionPool(settings, new SessionFactory(settings, null, NullLogger.Instance, clock), clock, anchor: null));
        WatchIfBatching(settings);
        return ByText.GetOrAdd(connectionString, pool);
    }

    private static void WatchIfBatching(WalSettings settings)
    {
        if (settings.WriteBatchSize > 0)
        {
            _ = Watch.Value;
        }
    }

    private static IEnumerable<SessionPool> Of(string? path)
    {
        if (path is null)
        {
            return [];
        }

        var file = RealPath.Resolve(path);
        return All().Where(pool => pool.Settings.ResolveFilePath() is { } other && RealPath.Resolve(other) == file);
    }

    private static IEnumerable<SessionPool> All() => BySettings.Values.Concat(OfDataSources.Keys);

    /// <summary>
    /// Commits what is pending in sessions that were never closed, and closes the idle ones, so that SQLite
    /// checkpoints and removes its WAL.
    /// </summary>
    private static void CloseAll()
    {
        foreach (var pool in All())
        {
            foreach (var session in pool.Snapshot())
            {
                BatchCommit.RunAbandoned(session, hasReaders: true);
            }

            pool.Clear();
            Array.ForEach(pool.Snapshot(), ExitCheckpoint.Try);
        }
    }
}
