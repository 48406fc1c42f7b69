using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace WalProvider;

/// <summary>Opens sessions: the inner connection, its profile, its place at the file's write gate.</summary>
/// <param name="settings">What to open and how.</param>
/// <param name="initializer">Run on each new inner connection after its profile; null for none.</param>
/// <param name="logger">Where an incomplete profile is reported.</param>
/// <param name="clock">What batches measure their interval by.</param>
internal sealed class SessionFactory(
    WalSettings settings, Action<SqliteConnection>? initializer, ILogger logger, TimeProvider clock) : ISessionSource
{
    // The file of the path that was opened last: a pool opens the same each time.
    private volatile FileOfPath? _file;
    private int _versionLogged;
    private int _isWarned;

    /// <summary>Opens one session.</summary>
    /// <param name="generation">The generation of the pool that it is for.</param>
    /// <param name="patience">How long to wait for another's lock, on this thread; null for Busy Timeout.</param>
    /// <exception cref="SqliteException">The database cannot be opened or read; the message says why.</exception>
    internal WalSession Open(int generation, TimeSpan? patience = null)
    {
        var newFile = NewFileGuard.Begin(settings);
        var inner = new SqliteConnection(InnerConnectionString());
        try
        {
            FileKindGuard.Check(settings);
            WarnOnce(FileSystemGuard.Check(settings));
            inner.Open();
            OpenProbe.ReadHeader(inner, patience ?? settings.BusyTimeout);
            var profile = PragmaApplier.Apply(inner, settings, patience);
            initializer?.Invoke(inner);
            ProviderLog.ProfileApplied(logger, settings, profile);
            LogEngineOnce(profile);
            var session = new WalSession(inner, settings, profile, FileOf(inner), logger, clock) { Generation = generation };
            session.File?.Add(new SessionView(session));
            return session;
        }
        catch (SqliteException error)
        {
            inner.Dispose();
            // NB: a file that is locked is one that another process is about to fill.
            if (error.SqliteErrorCode is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED))
            {
                newFile.Undo();
            }

            throw OpenFailure.Explain(error, settings);
        }
        catch (Exception)
        {
            inner.Dispose();
            newFile.Undo();
            throw;
        }
    }

    private string InnerConnectionString()
    {
        // NB: for a file alone: a database in memory would be another one with another layer below it, and a URI of the
        // user's may name a layer of its own.
        if (settings.ResolveFilePath() is not { } path
            || settings.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            || PreciseVfs.Name is null)
        {
            return settings.InnerConnectionString;
        }

        return new SqliteConnectionStringBuilder(settings.InnerConnectionString) { DataSource = PreciseVfs.UriOf(path) }.ConnectionString;
    }

    /// <inheritdoc/>
    WalSession ISessionSource.Open() => Open(generation: 0);

    private void WarnOnce(bool isDoubtful)
    {
        if (isDoubtful && Interlocked.Exchange(ref _isWarned, 1) == 0)
        {
            ProviderLog.FileSystemIsDoubtful(logger, settings.DataSource);
        }
    }

    private void LogEngineOnce(EffectiveProfile profile)
    {
        if (settings.IsFileless || Interlocked.Exchange(ref _versionLogged, 1) != 0)
        {
            return;
        }

        var version = raw.sqlite3_libversion().utf8_to_string();
        if (WalResetBug.IsInEngine)
        {
            ProviderLog.EngineHasWalResetBug(logger, settings.DataSource, version);
        }

        if (MemoryJournalBug.IsInEngine && profile["temp_store"] == "MEMORY")
        {
            ProviderLog.EngineHasMemoryJournalBug(logger, settings.DataSource, version);
        }
    }

    private DatabaseFile? FileOf(SqliteConnection inner)
    {
        if (settings.IsPrivateMemory)
        {
            return null;
        }

        var path = settings.IsSharedMemory ? settings.DataSource : inner.DataSource;
        if (_file is not { } known || known.Path != path)
        {
            var key = settings.IsSharedMemory ? "memory:" + path : RealPath.Resolve(path);
            _file = known = new FileOfPath(path, DatabaseFiles.For(key));
        }

        return known.File;
    }

    private sealed record FileOfPath(string Path, DatabaseFile File);
}
