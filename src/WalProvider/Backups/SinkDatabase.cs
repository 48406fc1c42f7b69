using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>An empty database that is nowhere: the pages of what is copied into it go to a sink.</summary>
internal sealed class SinkDatabase : IDisposable
{
    // In pages: what is over gives way at once, the oldest first, so that pages come in order and memory stays flat.
    private const int CacheSize = 16;

    private readonly SqliteConnection _connection;
    private GCHandle _sink;

    private SinkDatabase(SqliteConnection connection, GCHandle sink)
    {
        _connection = connection;
        _sink = sink;
    }

    /// <summary>The handle to copy into.</summary>
    internal sqlite3 Db => _connection.Handle!;

    /// <summary>Whether the engine can be given a file system layer.</summary>
    internal static bool IsSupported => SinkVfs.Name is not null;

    /// <summary>Opens one.</summary>
    internal static SinkDatabase Open(PageSink sink)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = $"file:copy?vfs={SinkVfs.Name}", Pooling = false };
        var database = new SinkDatabase(new SqliteConnection(text.ConnectionString), GCHandle.Alloc(sink));
        try
        {
            database.Prepare();
            return database;
        }
        catch (Exception)
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_connection.State == System.Data.ConnectionState.Open)
        {
            // NB: the handle is freed, and closing must not reach it.
            SinkVfs.Attach(Db, default);
        }

        _connection.Dispose();
        _sink.Free();
    }

    private void Prepare()
    {
        _connection.Open();
        if (!SinkVfs.Attach(Db, _sink))
        {
            throw new NotSupportedException($"The engine opened no file of its file system layer '{SinkVfs.Name}'.");
        }

        foreach (var pragma in (ReadOnlySpan<string>)
            ["journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", $"cache_size = {CacheSize}", "cache_spill = ON"])
        {
            PragmaStatement.Execute(Db, $"PRAGMA {pragma}", new PatienceBudget(TimeSpan.Zero));
        }
    }
}
