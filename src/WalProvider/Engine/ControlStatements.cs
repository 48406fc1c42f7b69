using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Short statements of our own that are named by their text: savepoints of any depth.</summary>
internal sealed class ControlStatements(sqlite3 db) : IDisposable
{
    private readonly Dictionary<string, ControlStatement> _byText = [];

    /// <summary>Runs one, compiled at its first use.</summary>
    /// <exception cref="SqliteException">The engine refused it.</exception>
    internal void Run(string sql)
    {
        if (!_byText.TryGetValue(sql, out var statement))
        {
            _byText.Add(sql, statement = new ControlStatement(sql));
        }

        SqliteException.ThrowExceptionForRC(statement.Run(db), db);
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
