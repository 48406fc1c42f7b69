using System.CommandLine;

namespace WalProvider.Tool;

/// <summary><c>walprovider backup DB DEST</c>.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> Database = new("DB") { Description = "The database; others may use it meanwhile." };

    private static readonly Argument<string> Destination = new("DEST") { Description = "The file to write; its checksum goes beside it, as DEST.sha256." };

    private static readonly Option<BackupMode> Mode = new("--mode")
    {
        Description = "Online copies pages as they are; VacuumInto rebuilds the database without free pages.",
        DefaultValueFactory = _ => BackupMode.Online,
    };

    private static readonly Option<BackupCompression> Compress = new("--compress")
    {
        Description = "None leaves a plain database, Gzip makes a .gz file, Brotli a container of WalProvider.",
        DefaultValueFactory = _ => BackupCompression.None,
    };

    private static readonly Option<bool> KeepExisting = new("--keep-existing") { Description = "Fail where DEST exists, rather than replace it." };

    private static readonly Option<BackupVerification> Check = VerifyOption.Create();

    private static readonly Option<string?> PassphraseFile = PassphraseOption.Create("Encrypt with the first line of this file.");

    private static readonly Option<bool> Json = JsonOption.Create();

    public static Command Create(ToolConsole console)
    {
        var command = new Command("backup", "Back a database up to one file, verified, while others use it.")
        {
            Database, Destination, Mode, Compress, PassphraseFile, Check, KeepExisting, Json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var result = await RunAsync(parsed, console, cancellationToken);
            if (parsed.GetValue(Json))
                console.WriteJson(Machine(parsed.GetRequiredValue(Database), result));
            else
                Show(parsed.GetRequiredValue(Database), result, console);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<BackupResult> RunAsync(ParseResult parsed, ToolConsole console, CancellationToken cancellationToken)
    {
        var options = new BackupOptions
        {
            Mode = parsed.GetValue(Mode),
            Compression = parsed.GetValue(Compress),
            Verification = parsed.GetValue(Check),
            Overwrite = !parsed.GetValue(KeepExisting),
            Passphrase = PassphraseOption.Read(parsed.GetValue(PassphraseFile)),
        };
        await using var connection = ExistingDatabase.Open(parsed.GetRequiredValue(Database));
        return await console.WatchAsync(async steps =>
        {
            var step = steps.Begin("Back up", total: 1);
            var result = await connection.BackupToAsync(
                parsed.GetRequiredValue(Destination), options, new StepFraction(step), cancellationToken);
            step.Finish($"{Quantity.Bytes(result.DatabaseBytes)} in {Quantity.Time(result.Elapsed)}");
            return result;
        });
    }

    private static void Show(string database, BackupResult result, ToolConsole console)
    {
        console.Say(
            $"{database} to {result.Path}: {Quantity.Count(result.Pages)} pages, {Quantity.Bytes(result.DatabaseBytes)}, "
            + $"written {Quantity.Bytes(result.Bytes)} in {Quantity.Time(result.Elapsed)}; {VerifyOption.Describe(result.Verification)}");
        console.Say($"sha256 {result.Sha256}");
    }

    private static object Machine(string database, BackupResult result) => new
    {
        database,
        path = result.Path,
        pages = result.Pages,
        pageSize = result.PageSize,
        databaseBytes = result.DatabaseBytes,
        bytes = result.Bytes,
        sha256 = result.Sha256,
        verification = result.Verification.ToString(),
        seconds = result.Elapsed.TotalSeconds,
    };
}
