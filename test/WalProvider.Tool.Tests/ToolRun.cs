using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace WalProvider.Tool.Tests;

/// <summary>One call of the tool inside the test's process, and what it left.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static async Task<ToolRun> Of(params string[] arguments) => await Of(CancellationToken.None, arguments);

    public static async Task<ToolRun> Of(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = new ToolConsole(output, error, isWatched: false, isOutputWatched: false);
        var exitCode = await ToolCommandLine.RunAsync(arguments, console, cancellationToken);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>What a query gives through the wrapped provider: rows on lines, each value with its type.</summary>
    public static string Query(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => Describe(reader.GetValue(i)))));
        return string.Join('\n', rows);
    }

    private static string Describe(object value) => value switch
    {
        DBNull => "NULL",
        string text => $"'{text}'",
        double real => $"{real}r",
        _ => $"{value}",
    };
}
