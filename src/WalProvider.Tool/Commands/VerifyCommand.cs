using System.CommandLine;

namespace WalProvider.Tool;

/// <summary><c>walprovider verify BACKUP</c>.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Backup = new("BACKUP") { Description = "A backup, or any SQLite database that is not in use." };

    private static readonly Option<BackupVerification> Check = VerifyOption.Create();

    private static readonly Option<string?> PassphraseFile = PassphraseOption.Create("Decrypt with the first line of this file.");

    private static readonly Option<bool> Json = JsonOption.Create();

    public static Command Create(ToolConsole console)
    {
        var command = new Command("verify", "Look a backup through: its checksum, its encryption, the database in it.")
        {
            Backup, PassphraseFile, Check, Json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var backup = parsed.GetRequiredValue(Backup);
            var options = new RestoreOptions
            {
                Passphrase = PassphraseOption.Read(parsed.GetValue(PassphraseFile)),
                Verification = parsed.GetValue(Check),
            };
            var result = await DatabaseBackup.VerifyAsync(backup, options, cancellationToken);
            if (parsed.GetValue(Json))
                console.WriteJson(Machine(backup, into: null, result));
            else
                console.Say(Describe(backup, result));
            return ExitCode.Done;
        });
        return command;
    }

    public static string Describe(string backup, RestoreResult result)
        => $"{backup} is whole: {Quantity.Count(result.Pages)} pages, {Quantity.Bytes(result.DatabaseBytes)}"
            + $"{(result.Compression == BackupCompression.None ? "" : $", {result.Compression}")}{(result.IsEncrypted ? ", encrypted" : "")}; "
            + $"{(result.HasChecksum ? "checksum agrees" : "no checksum beside it")}, {VerifyOption.Describe(result.Verification)}, in {Quantity.Time(result.Elapsed)}";

    public static object Machine(string backup, string? into, RestoreResult result) => new
    {
        backup,
        into,
        pages = result.Pages,
        pageSize = result.PageSize,
        databaseBytes = result.DatabaseBytes,
        compression = result.Compression.ToString(),
        encrypted = result.IsEncrypted,
        checksum = result.HasChecksum,
        verification = result.Verification.ToString(),
        seconds = result.Elapsed.TotalSeconds,
    };
}
