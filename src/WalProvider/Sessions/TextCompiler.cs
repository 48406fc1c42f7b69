using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>Compiles the texts of one session and keeps them.</summary>
internal sealed class TextCompiler(EngineConnection engine, SessionWatch watch, WalSettings settings) : IDisposable
{
    private readonly StatementCache _cache = new(settings.StatementCacheSize);

    /// <inheritdoc cref="StatementCache.Count"/>
    internal int Count => _cache.Count;

    /// <inheritdoc cref="StatementCache.Lease"/>
    internal CompiledText Lease(string sql) => _cache.Lease(sql);

    /// <inheritdoc cref="StatementCache.Return"/>
    internal void Return(CompiledText text) => _cache.Return(text);

    /// <summary>Compiles the statement at an index of a text; the engine's result code, tried once.</summary>
    internal int Compile(CompiledText text, int index, out CompiledStatement? statement)
    {
        var result = text.Get(engine.Db, watch, index, out statement);
        statement?.Row.DateTimeKind = settings.DateTimeKind;
        return result;
    }

    /// <summary>The same for a PRAGMA, which may ask for the busy timeout or set it while it is compiled.</summary>
    /// <remarks>
    /// It reads back what is configured, and what it sets is taken over; the engine itself waits for nothing.
    /// </remarks>
    internal int CompilePragma(CompiledText text, int index, out CompiledStatement? statement)
    {
        if (!text.IsBusyTimeoutNext)
        {
            return Compile(text, index, out statement);
        }

        engine.SetBusyTimeout(engine.BusyTimeout);
        var result = Compile(text, index, out statement);
        engine.BusyTimeout = engine.ReadBusyTimeout();
        engine.SetBusyTimeout(TimeSpan.Zero);
        return result;
    }

    /// <summary>Compiles a text to its end, so that mistakes show. It stops at a PRAGMA, since compiling executes some.</summary>
    /// <exception cref="SqliteException">The SQL is wrong.</exception>
    internal void Check(string sql)
    {
        var text = Lease(sql);
        try
        {
            for (var index = 0; text.KindOf(index) != StatementKind.Pragma; index++)
            {
                SqliteException.ThrowExceptionForRC(Compile(text, index, out var statement), engine.Db);
                if (statement is null)
                {
                    break;
                }
            }
        }
        finally
        {
            Return(text);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();
}
