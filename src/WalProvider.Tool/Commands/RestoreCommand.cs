using System.CommandLine;

namespace WalProvider.Tool;

/// <summary><c>walprovider restore BACKUP --into DB</c>.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Backup = new("BACKUP") { Description = "A backup, or any SQLite database that is not in use." };

    private static readonly Option<string> Into = new("--into")
    {
        Description = "The database to make; with --replace one that exists, whose content is replaced.",
        HelpName = "DB",
        Required = true,
    };

    private static readonly Option<bool> Replace = new("--replace")
    {
        Description = "Replace the content of an existing database in one transaction; others may have it open.",
    };

    private static readonly Option<BackupVerification> Check = VerifyOption.Create();

    private static readonly Option<string?> PassphraseFile = PassphraseOption.Create("Decrypt with the first line of this file.");

    private static readonly Option<bool> Json = JsonOption.Create();

    public static Command Create(ToolConsole console)
    {
        var command = new Command("restore", "Verify a backup and restore it, to a new file or into a database in use.")
        {
            Backup, Into, Replace, PassphraseFile, Check, Json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var result = await RunAsync(parsed, console, cancellationToken);
            if (parsed.GetValue(Json))
                console.WriteJson(VerifyCommand.Machine(parsed.GetRequiredValue(Backup), parsed.GetRequiredValue(Into), result));
            else
                console.Say($"{VerifyCommand.Describe(parsed.GetRequiredValue(Backup), result)}; restored into {parsed.GetRequiredValue(Into)}");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<RestoreResult> RunAsync(ParseResult parsed, ToolConsole console, CancellationToken cancellationToken)
    {
        var options = new RestoreOptions
        {
            Passphrase = PassphraseOption.Read(parsed.GetValue(PassphraseFile)),
            Verification = parsed.GetValue(Check),
        };
        var (backup, database) = (parsed.GetRequiredValue(Backup), parsed.GetRequiredValue(Into));
        return await console.WatchAsync(async steps =>
        {
            var isReplaced = parsed.GetValue(Replace) && File.Exists(database);
            var step = steps.Begin("Restore", total: isReplaced ? 1 : null);
            var result = isReplaced
                ? await ReplaceAsync(backup, database, options, step, cancellationToken)
                : await DatabaseBackup.RestoreToAsync(backup, database, options, cancellationToken);
            step.Finish($"{Quantity.Bytes(result.DatabaseBytes)} in {Quantity.Time(result.Elapsed)}");
            return result;
        });
    }

    private static async Task<RestoreResult> ReplaceAsync(
        string backup, string database, RestoreOptions options, IStep step, CancellationToken cancellationToken)
    {
        await using var connection = ExistingDatabase.Open(database);
        return await connection.RestoreFromAsync(backup, options, new StepFraction(step), cancellationToken);
    }
}
