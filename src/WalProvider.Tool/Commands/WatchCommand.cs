using System.CommandLine;
using Microsoft.Data.Sqlite;

namespace WalProvider.Tool;

/// <summary><c>walprovider watch DB</c>.</summary>
internal static class WatchCommand
{
    private static readonly Argument<string> Database = new("DB") { Description = "The database file." };

    private static readonly Option<double> Every = new("--every")
    {
        Description = "Seconds between two looks.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> Count = new("--count") { Description = "How many looks; 0, the default, goes on until Ctrl-C." };

    private static readonly Option<bool> Json = new(JsonOption.Name) { Description = "Print one JSON object a look, each on a line." };

    public static Command Create(ToolConsole console)
    {
        Every.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() is >= 0 and <= 86400))
                result.AddError("--every is 0 to 86400 seconds.");
        });
        var command = new Command("watch", "Watch the WAL of a database: its length, writes and checkpoints; changes nothing.")
        {
            Database, Every, Count, Json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var connection = WalFile.Open(parsed.GetRequiredValue(Database), SqliteOpenMode.ReadOnly);
            await Watch(connection, parsed, console, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task Watch(WalDbConnection connection, ParseResult parsed, ToolConsole console, CancellationToken cancellationToken)
    {
        var count = parsed.GetValue(Count);
        var before = connection.GetWalStatus();
        try
        {
            for (var look = 0; count == 0 || look < count; look++)
            {
                await Task.Delay(TimeSpan.FromSeconds(parsed.GetValue(Every)), cancellationToken);
                var after = connection.GetWalStatus();
                var change = WalChange.Between(before, after, DateTimeOffset.Now);
                before = after;
                if (parsed.GetValue(Json))
                    console.WriteJsonLine(change);
                else
                    console.Say(change.ToString());
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how one stops watching.
        }
    }
}
