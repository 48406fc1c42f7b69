using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Short statements of our own that are named by their text: savepoints of any depth.</summary>
internal sealed class ControlStatements(sqlite3 db) : IDisposable
{
    private readonly Dictionary<string, ControlStatement> _byText = [];

    /// <summary>Runs one, compiled at its first use.</summary>
    /// <exception cref="SqliteException">The engine refused it.</exception>
    internal void Run(string sql) => SqliteException.ThrowExceptionForRC(TryRun(sql), db);

    /// <summary>Runs one and gives the engine's result code.</summary>
    internal int TryRun(string sql)
    {
        if (!_byText.TryGetValue(sql, out var statement))
        {
            _byText.Add(sql, statement = new ControlStatement(sql));
        }

        return statement.Run(db);
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
