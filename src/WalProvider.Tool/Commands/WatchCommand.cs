using System.CommandLine;
using Microsoft.Data.Sqlite;
using Spectre.Console;

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
            var path = parsed.GetRequiredValue(Database);
            using var connection = WalFile.Open(path, SqliteOpenMode.ReadOnly);
            var watch = new WalWatch(connection, TimeSpan.FromSeconds(parsed.GetValue(Every)), parsed.GetValue(Count));
            await (parsed.GetValue(Json) ? watch.RunAsync(console.WriteJsonLine, cancellationToken)
                : console.IsOutputWatched ? Draw(watch, path, console, cancellationToken)
                : watch.RunAsync(change => console.Say(change.ToString()), cancellationToken));
            return ExitCode.Done;
        });
        return command;
    }

    private static Task Draw(WalWatch watch, string path, ToolConsole console, CancellationToken cancellationToken)
    {
        var picture = new WatchPicture(path);
        return console.DrawLiveAsync(new Text("The first look comes soon; Ctrl-C ends it."), draw =>
            watch.RunAsync(change => draw(picture.Add(change)), cancellationToken));
    }
}
