using System.CommandLine;
using Microsoft.Data.Sqlite;

namespace WalProvider.Tool;

/// <summary><c>walprovider checkpoint DB</c>.</summary>
internal static class CheckpointCommand
{
    private static readonly Argument<string> Database = new("DB") { Description = "The database file." };

    private static readonly Option<CheckpointMode> Mode = new("--mode")
    {
        Description = "passive, full, restart or truncate.",
        DefaultValueFactory = _ => CheckpointMode.Truncate,
    };

    private static readonly Option<double> Timeout = new("--timeout")
    {
        Description = "How long to wait for writers and readers, in seconds.",
        DefaultValueFactory = _ => 30,
    };

    private static readonly Option<bool> Json = JsonOption.Create();

    public static Command Create(ToolConsole console)
    {
        Timeout.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() is >= 0 and <= 86400))
                result.AddError("--timeout is 0 to 86400 seconds.");
        });
        var command = new Command("checkpoint", "Copy the WAL into the main file; exit code 1 if somebody kept it from its end.")
        {
            Database, Mode, Timeout, Json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var connection = WalFile.Open(parsed.GetRequiredValue(Database), SqliteOpenMode.ReadWrite);
            var mode = parsed.GetValue(Mode);
            var result = await connection.CheckpointAsync(mode, TimeSpan.FromSeconds(parsed.GetValue(Timeout)), cancellationToken);
            if (parsed.GetValue(Json))
                console.WriteJson(new { mode = mode.ToString().ToLowerInvariant(), result.Completed, result.Busy, result.LogFrames, result.CheckpointedFrames, seconds = result.Elapsed.TotalSeconds });
            else
                console.Say(Describe(result));
            return result.Completed ? ExitCode.Done : ExitCode.CheckFailed;
        });
        return command;
    }

    private static string Describe(CheckpointResult result) => result switch
    {
        { Completed: true, LogFrames: <= 0 } => "Done: the main file is the whole database.",
        { Completed: true } => $"Done: {Quantity.Count(result.CheckpointedFrames)} frames are in the main file.",
        { LogFrames: < 0 } => "Not done: another connection was writing or checkpointing all the time.",
        _ => $"Not done: {Quantity.Count(result.CheckpointedFrames)} of {Quantity.Count(result.LogFrames)} frames are in the main file; "
            + "a reader or a writer is in the way.",
    };
}
