using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace WalProvider.Worker;

/// <summary>What came of opening a connection string.</summary>
/// <param name="Error">The type of the exception; empty where it opened.</param>
/// <param name="Code">The engine's code; 0 where it was not the engine that refused.</param>
/// <param name="Message">What the exception says.</param>
public sealed record OpenOutcome(string Error, int Code, string Message)
{
    /// <summary>Opens it once; what the library may throw is an outcome.</summary>
    public static async Task<OpenOutcome> Of(string connectionString, bool async)
    {
        try
        {
            await using var connection = new WalDbConnection(connectionString);
            if (async)
                await connection.OpenAsync();
            else
                connection.Open();
            return new OpenOutcome("", 0, "");
        }
        catch (Exception error) when (error is DbException or ArgumentException or InvalidOperationException or IOException)
        {
            return new OpenOutcome(error.GetType().Name, (error as SqliteException)?.SqliteErrorCode ?? 0, error.Message);
        }
    }

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    public static OpenOutcome Parse(string line)
    {
        var parts = line.Split(' ');
        return new OpenOutcome(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), Uri.UnescapeDataString(parts[2]));
    }

    /// <summary>One line, whatever the message holds.</summary>
    public override string ToString() => $"{Error} {Code} {Uri.EscapeDataString(Message)}";
}
