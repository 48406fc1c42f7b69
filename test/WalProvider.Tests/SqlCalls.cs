using System.Data.Common;

namespace WalProvider.Tests;

/// <summary>SQL in one line, as a program writes it with a fresh command each time.</summary>
internal static class SqlCalls
{
    public static int Run(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public static async Task<int> RunAsync(this DbConnection connection, string sql, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static Task<int> Run(this DbConnection connection, string sql, bool async)
        => async ? connection.RunAsync(sql) : Task.FromResult(connection.Run(sql));

    public static object? Ask(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>A reader that its command does not close by being disposed.</summary>
    public static DbDataReader Read(this DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteReader();
    }
}
