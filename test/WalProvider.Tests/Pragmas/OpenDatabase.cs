using Microsoft.Data.Sqlite;

namespace WalProvider.Tests;

/// <summary>An inner connection as a session opens it, before and after its profile is applied.</summary>
internal static class OpenDatabase
{
    public static SqliteConnection Open(WalSettings settings)
    {
        var connection = new SqliteConnection(settings.InnerConnectionString);
        connection.Open();
        return connection;
    }

    public static EffectiveProfile OpenAndApply(string connectionString)
    {
        var settings = WalSettings.Parse(connectionString);
        using var connection = Open(settings);
        return PragmaApplier.Apply(connection, settings);
    }

    public static object? Query(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
