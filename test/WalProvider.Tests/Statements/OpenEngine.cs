using Microsoft.Data.Sqlite;

namespace WalProvider.Tests;

/// <summary>A database in memory with the wrapped provider's connection alone, for what stands below a session.</summary>
internal sealed class OpenEngine : IDisposable
{
    public OpenEngine()
    {
        Inner = new SqliteConnection("Data Source=:memory:;Pooling=False");
        Inner.Open();
        Watch = new SessionWatch(Inner.Handle!);
    }

    public SqliteConnection Inner { get; }

    public SessionWatch Watch { get; }

    public void Execute(string sql)
    {
        using var command = Inner.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Compiles the one statement of a text.</summary>
    public CompiledStatement Compile(string sql)
    {
        SqliteException.ThrowExceptionForRC(new CompiledText(sql, stays: true).Get(Inner.Handle!, Watch, 0, out var statement), Inner.Handle!);
        return statement!;
    }

    public void Dispose()
    {
        Inner.Dispose();
        Watch.Dispose();
    }
}
