using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;

namespace WalProvider;

/// <summary>The pools of this process: one for each connection string, and those of the data sources.</summary>
/// <remarks>
/// A pool is kept here while it has sessions open, and otherwise by the connections and the data source that use it: a program
/// that opens ever new files keeps nothing of those it has closed.
/// </remarks>
internal static class SessionPools
{
    private static readonly WeakMap<SessionPool> ByText = new(StringComparer.Ordinal);
    private static readonly WeakMap<SessionPool> BySettings = new(StringComparer.Ordinal);

    // NB: nothing else keeps a lent session alive whose connection was lost. Its handle would be finalized before its
    // pending writes are committed.
    private static readonly ConcurrentDictionary<SessionPool, byte> InUse = [];

    private static readonly SessionBudget Budget = new();

    // Made with the first pool that batches: who does not batch keeps the signals to itself.
    private static readonly Lazy<ExitWatch> Watch = new(() => new ExitWatch(CloseAll));

    static SessionPools() => AppDomain.CurrentDomain.ProcessExit += (_, _) => CloseAll();

    /// <summary>How many connection strings are known, those included that nobody uses any more and that are not yet forgotten.</summary>
    internal static int KnownTexts => ByText.Count;

    /// <summary>The pool of a connection string; texts that mean the same share one.</summary>
    /// <exception cref="ArgumentException">A keyword is unknown, or a value is not allowed.</exception>
    internal static SessionPool For(string connectionString)
        => ByText.TryGet(connectionString, out var pool) ? pool : Add(connectionString);

    /// <summary>Makes a pool whose sessions the end of the process finds, with their pending writes.</summary>
    internal static SessionPool Create(
        WalSettings settings,
        SessionFactory factory,
        TimeProvider clock,
        MemoryAnchor? anchor,
        UpkeepSettings? upkeep = null,
        SessionBudget? budget = null)
    {
        if (settings.WriteBatchSize > 0)
        {
            _ = Watch.Value;
        }

        return new SessionPool(settings, factory, clock, anchor, upkeep, budget ?? Budget) { UseChanged = NoteUse };
    }

    /// <summary>Clears every pool, those of data sources too.</summary>
    internal static void ClearAll()
    {
        foreach (var pool in InUse.Keys)
        {
            pool.Clear();
        }
    }

    /// <summary>Closes the idle sessions of a file, whatever connection string they belong to.</summary>
    internal static void CloseIdle(DatabaseFile file)
    {
        foreach (var pool in InUse.Keys)
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
        if (!BySettings.TryGet(settings.ConnectionString, out var pool))
        {
            var clock = TimeProvider.System;
            var factory = new SessionFactory(settings, null, NullLogger.Instance, clock);
            pool = BySettings.GetOrAdd(settings.ConnectionString, Create(settings, factory, clock, anchor: null));
        }

        return ByText.GetOrAdd(connectionString, pool);
    }

    private static void NoteUse(SessionPool pool, bool isInUse)
    {
        if (isInUse)
        {
            InUse.TryAdd(pool, 0);
        }
        else
        {
            InUse.TryRemove(pool, out _);
        }
    }

    private static IEnumerable<SessionPool> Of(string? path)
    {
        if (path is null)
        {
            return [];
        }

        var file = RealPath.Resolve(path);
        return InUse.Keys.Where(pool => pool.Settings.ResolveFilePath() is { } other && RealPath.Resolve(other) == file);
    }

    /// <summary>
    /// Commits what is pending in sessions that were never closed, and closes the idle ones, so that SQLite
    /// checkpoints and removes its WAL.
    /// </summary>
    /// <remarks>Other threads run on until the process is gone, and write: so nothing is pending from here on.</remarks>
    private static void CloseAll()
    {
        foreach (var pool in InUse.Keys)
        {
            foreach (var session in pool.EndBatching())
            {
                BatchCommit.RunAbandoned(session, hasReaders: true);
            }

            pool.Clear();
            Array.ForEach(pool.EndBatching(), ExitCheckpoint.Try);
        }
    }
}
