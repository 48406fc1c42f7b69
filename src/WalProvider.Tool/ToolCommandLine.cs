using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Data.Common;

namespace WalProvider.Tool;

/// <summary>From arguments to an exit code: the commands, and what becomes of their errors.</summary>
internal static class ToolCommandLine
{
    /// <summary>Longer than stopping workers and deleting a temporary folder takes; then the process ends regardless.</summary>
    private static readonly TimeSpan CleanupLimit = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] arguments, ToolConsole console, CancellationToken cancellationToken = default)
    {
        var parsed = Root(console).Parse(arguments);
        if (parsed.Action is ParseErrorAction wrongUsage)
            wrongUsage.ShowHelp = arguments.Length == 0;
        var configuration = new InvocationConfiguration
        {
            Output = parsed.Errors.Count > 0 ? console.Error : console.Output,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = CleanupLimit,
        };
        try
        {
            var code = await parsed.InvokeAsync(configuration, cancellationToken);
            return parsed.Errors.Count > 0 ? ExitCode.WrongUsage : code;
        }
        catch (Exception error) when (Explain(error) is { } explained)
        {
            Report(explained, console, parsed.Tokens.Any(token => token.Value == JsonOption.Name));
            return explained.ExitCode;
        }
    }

    // A RootCommand would be called after the dll.
    private static Command Root(ToolConsole console) => new("walprovider", $"SQLite by WalProvider.\n\n{ExitCode.Help}")
    {
        new HelpOption(),
        new VersionOption(),
        ImportCommand.Create(console),
        StatsCommand.Create(console),
        CheckpointCommand.Create(console),
        WatchCommand.Create(console),
        BackupCommand.Create(console),
        RestoreCommand.Create(console),
        VerifyCommand.Create(console),
        DemoCommand.Create(console),
        WorkerCommand.Create(console),
    };

    /// <summary>What an error means to the user; null for one that only a programmer can explain.</summary>
    private static ToolException? Explain(Exception error) => error switch
    {
        ToolException known => known,
        OperationCanceledException => new ToolException(ExitCode.Interrupted, "Interrupted; nothing was left behind.", error),
        BackupException { Failure: BackupFailure.Damaged or BackupFailure.SourceDamaged } => new ToolException(ExitCode.CheckFailed, error.Message, error),
        BackupException => new ToolException(ExitCode.BadInput, error.Message, error),
        DbException => new ToolException(ExitCode.DatabaseError, error.Message, error),
        IOException or UnauthorizedAccessException or ArgumentException => new ToolException(ExitCode.BadInput, error.Message, error),
        _ => null,
    };

    private static void Report(ToolException error, ToolConsole console, bool asJson)
    {
        if (asJson)
            console.WriteJson(new { error = error.Message, exitCode = error.ExitCode });
        else
            console.Error.WriteLine($"walprovider: {error.Message}");
    }
}
