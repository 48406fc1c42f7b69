using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// Keeps a shared database in memory for the life of its data source: it would vanish with the last connection to it.
/// </summary>
/// <remarks>It stands outside the pool, so that it takes no place in it and nobody is lent it.</remarks>
/// <seealso href="https://www.sqlite.org/inmemorydb.html#sharedmemdb"/>
internal sealed class MemoryAnchor(WalSettings settings) : IDisposable
{
    private readonly Lock _lock = new();
    private SqliteConnection? _connection;
    private bool _isDisposed;

    /// <summary>Whether it keeps the database.</summary>
    internal bool IsKeeping => _connection is not null;

    /// <summary>Begins to keep the database. Does nothing if it is kept, or has a file.</summary>
    internal void Keep()
    {
        if (!settings.IsSharedMemory || _connection is not null)
        {
            return;
        }

        lock (_lock)
        {
            if (_connection is null && !_isDisposed)
            {
                var connection = new SqliteConnection(settings.InnerConnectionString);
                connection.Open();
                _connection = connection;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _connection?.Dispose();
        }
    }
}
