using SQLitePCL;

namespace WalProvider;

/// <summary>A transaction statement of our own, compiled at first use and kept for the life of the connection.</summary>
internal sealed class ControlStatement(string sql) : IDisposable
{
    private sqlite3_stmt? _statement;

    /// <summary>Runs it once, without waiting, and gives the engine's result code: OK when done.</summary>
    /// <remarks>A failed BEGIN or COMMIT costs a microsecond this way, and no exception.</remarks>
    internal int Run(sqlite3 db)
    {
        if (_statement is null)
        {
            var compiled = raw.sqlite3_prepare_v2(db, sql, out _statement);
            if (compiled != raw.SQLITE_OK)
            {
                _statement = null;
                return compiled;
            }
        }

        var stepped = EngineExports.Step(_statement);
        _ = EngineExports.Reset(_statement);
        return stepped is raw.SQLITE_DONE or raw.SQLITE_ROW ? raw.SQLITE_OK : stepped;
    }

    /// <inheritdoc/>
    public void Dispose() => _statement?.Dispose();
}
