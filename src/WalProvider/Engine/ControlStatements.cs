using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Short statements of our own that are named by their text: savepoints of any depth.</summary>
/// <param name="engine">The connection.</param>
internal sealed class ControlStatements(EngineConnection engine) : IDisposable
{
    private readonly Dictionary<string, ControlStatement> _byText = [];

    /// <summary>Runs one, compiled at its first use.</summary>
    /// <exception cref="SqliteException">The engine refused it.</exception>
    internal void Run(string sql) => SqliteException.ThrowExceptionForRC(TryRun(sql), engine.Db);

    /// <summary>Runs one and gives the engine's result code.</summary>
    internal int TryRun(string sql)
    {
        if (!_byText.TryGetValue(sql, out var statement))
        {
            _byText.Add(sql, statement = new ControlStatement(sql));
        }

        var result = statement.Run(engine.Db);
        if (result == raw.SQLITE_OK)
        {
            engine.Changes?.Follow(sql);
        }

        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _byText.Values)
        {
            statement.Dispose();
        }
    }
}
