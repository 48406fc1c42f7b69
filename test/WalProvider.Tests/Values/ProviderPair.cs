using System.Data.Common;
using Microsoft.Data.Sqlite;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>The wrapped provider and ours, each with a database in memory, for calls that must come to the same.</summary>
internal sealed class ProviderPair : IDisposable
{
    private const string Table = "CREATE TABLE v(id INTEGER PRIMARY KEY, x)";

    public ProviderPair()
    {
        Wrapped = Open(new SqliteConnection("Data Source=:memory:"));
        Ours = Open(new WalDbConnection("Data Source=:memory:"));
    }

    public DbConnection Wrapped { get; }

    public DbConnection Ours { get; }

    /// <summary>
    /// Where calls on the current row of a query come to something else with ours: a line for each.
    /// </summary>
    public IEnumerable<string> Differences(
        string sql, IEnumerable<KeyValuePair<string, Func<DbDataReader, int, object?>>> calls, int ordinal = 0)
    {
        using var wrappedCommand = Command(Wrapped, sql);
        using var ourCommand = Command(Ours, sql);
        using var wrapped = wrappedCommand.ExecuteReader();
        using var ours = ourCommand.ExecuteReader();
        wrapped.Read().ShouldBeTrue();
        ours.Read().ShouldBeTrue();
        var differences = new List<string>();
        foreach (var (name, call) in calls)
        {
            var expected = Outcome.Of(() => call(wrapped, ordinal));
            var actual = Outcome.Of(() => call(ours, ordinal));
            if (expected != actual)
                differences.Add($"{sql} | {name}: wrapped {expected} | ours {actual}");
        }

        return differences;
    }

    /// <summary>What a parameter's value is stored as, by either.</summary>
    public (string Wrapped, string Ours) Bind(Func<SqliteParameter> parameter) => (Bind(Wrapped, parameter), Bind(Ours, parameter));

    public void Execute(string sql)
    {
        Execute(Wrapped, sql);
        Execute(Ours, sql);
    }

    public void Dispose()
    {
        Wrapped.Dispose();
        Ours.Dispose();
    }

    private static string Bind(DbConnection connection, Func<SqliteParameter> parameter) => Outcome.Of(() =>
    {
        using var command = Command(connection, "SELECT typeof($p), hex($p), quote($p), $p");
        command.Parameters.Add(parameter());
        using var reader = command.ExecuteReader();
        reader.Read();
        var values = new object[4];
        reader.GetValues(values);
        return values;
    });

    // NB: the wrapped provider closes a command's reader with the command.
    private static DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static DbConnection Open(DbConnection connection)
    {
        connection.Open();
        Execute(connection, Table);
        return connection;
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        command.ExecuteNonQuery();
    }
}
