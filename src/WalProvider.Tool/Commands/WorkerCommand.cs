using System.CommandLine;
using System.Diagnostics;

namespace WalProvider.Tool;

/// <summary><c>walprovider worker DB</c>, which only the demo calls: reads every row and prints one line of JSON.</summary>
internal static class WorkerCommand
{
    private static readonly Argument<string> Database = new("DB");
    private static readonly Option<int> Number = new("--number");
    private static readonly Option<bool> Wrapped = new("--wrapped");
    private static readonly Option<string?> Table = new("--table");
    private static readonly Option<long> Rows = new("--rows");
    private static readonly Option<string?> Checksum = new("--checksum");

    public static Command Create(ToolConsole console)
    {
        var command = new Command("worker", "Check every row; called by the demo.") { Database, Number, Wrapped, Table, Rows, Checksum };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var report = Check(parsed, cancellationToken);
            console.WriteJsonLine(report);
            return Task.FromResult(report.IsRight ? ExitCode.Done : ExitCode.CheckFailed);
        });
        return command;
    }

    private static WorkerReport Check(ParseResult parsed, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var connection = DemoDatabase.OpenToRead(parsed.GetRequiredValue(Database), parsed.GetValue(Wrapped));
        var check = parsed.GetValue(Table) is { } table
            ? FileSource.CheckRows(connection, table, parsed.GetValue(Rows), parsed.GetValue(Checksum) ?? "", cancellationToken)
            : UnicodeSource.CheckRows(connection, cancellationToken);
        return new WorkerReport(
            parsed.GetValue(Number), check.Rows, check.Checksum, check.IsRight, clock.Elapsed.TotalMilliseconds, Error: null);
    }
}
