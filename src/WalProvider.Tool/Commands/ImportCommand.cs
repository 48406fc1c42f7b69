using System.CommandLine;

namespace WalProvider.Tool;

/// <summary><c>walprovider import FILE --into DB</c>.</summary>
internal static class ImportCommand
{
    private const int DefaultBatchSize = 5000;
    private const int LargestBatchSize = 1_000_000;

    private static readonly Argument<string> File = new("FILE") { Description = "A CSV, TSV or NDJSON file, UTF-8." };

    private static readonly Option<string> Into = new("--into")
    {
        Description = "The database; made where it is missing.",
        HelpName = "DB",
        Required = true,
    };

    private static readonly Option<string?> Table = new("--table")
    {
        Description = "The table; by default named after the file. If it exists, the rows are added to it.",
        HelpName = "T",
    };

    private static readonly Option<int?> BatchSize = new("--batch-size")
    {
        Description = $"How many rows share a transaction; {DefaultBatchSize} by default.",
        HelpName = "N",
    };

    private static readonly Option<string?> Delimiter = new("--delimiter")
    {
        Description = "What separates fields: one character, or tab. By default a comma, in .tsv files a tab.",
        HelpName = "C",
    };

    private static readonly Option<bool> Header = new("--header") { Description = "The first line names the columns. By default this is found out." };

    private static readonly Option<bool> NoHeader = new("--no-header") { Description = "The first line is data." };

    private static readonly Option<bool> SkipBad = new("--skip-bad") { Description = "Leave out bad lines and count them, where one would stop the import." };

    private static readonly Option<bool> Json = JsonOption.Create();

    public static Command Create(ToolConsole console)
    {
        var command = new Command("import", "Load a CSV, TSV or NDJSON file into a table, all of it or nothing.")
        {
            File, Into, Table, BatchSize, Delimiter, Header, NoHeader, SkipBad, Json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(BatchSize) is < 1 or > LargestBatchSize)
                result.AddError($"--batch-size is a number from 1 to {Quantity.Count(LargestBatchSize)}.");
            if (result.GetValue(Header) && result.GetValue(NoHeader))
                result.AddError("--header and --no-header contradict each other.");
            if (result.GetValue(Delimiter) is { } delimiter && !IsDelimiter(delimiter))
                result.AddError("--delimiter is one ASCII character other than a quote or a line break, or the word tab.");
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(Read(parsed), parsed.GetValue(Json), console, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ImportOptions options, bool asJson, ToolConsole console, CancellationToken cancellationToken)
    {
        try
        {
            var report = await console.WatchAsync(steps => Task.Run(() => new Importer(options).Run(steps, cancellationToken), cancellationToken));
            Show(options, report, asJson, console);
            return ExitCode.Done;
        }
        catch (BadLinesException error) when (asJson)
        {
            console.WriteJson(new { error = error.Message, exitCode = error.ExitCode, badCount = error.Plan.BadCount, badLines = error.Plan.BadLines });
            return error.ExitCode;
        }
    }

    private static void Show(ImportOptions options, ImportReport report, bool asJson, ToolConsole console)
    {
        if (asJson)
        {
            console.WriteJson(Machine(options, report));
            return;
        }

        foreach (var line in BadLinesException.Lines(options.File, report.Plan))
            console.Error.WriteLine(line);
        var header = report.Plan.Format.Delimiter is null ? "" : report.Plan.HasHeader ? ", first line names the columns" : ", no header";
        var skipped = report.Plan.BadCount > 0 ? $" {Quantity.Count(report.Plan.BadCount)} bad lines skipped." : "";
        console.Say(
            $"{Quantity.Rows(report.Rows)} into {options.Table} of {options.Database} in {Quantity.Time(report.Elapsed)}, " +
            $"{Quantity.Rate(report.Rows, report.Elapsed)} ({report.Plan.Format.Name}{header}).{skipped}");
        foreach (var column in report.Plan.Columns)
            console.Say($"  {column.Name} {column.Type.ToString().ToUpperInvariant()}{(column.Nullable ? ", has NULL" : "")}");
    }

    private static object Machine(ImportOptions options, ImportReport report) => new
    {
        file = options.File,
        database = options.Database,
        table = options.Table,
        format = report.Plan.Format.Name,
        header = report.Plan.HasHeader,
        columns = report.Plan.Columns.Select(column => new { column.Name, Type = column.Type.ToString().ToUpperInvariant(), column.Nullable }),
        rows = report.Rows,
        skipped = report.Plan.BadCount,
        badLines = report.Plan.BadLines,
        seconds = report.Elapsed.TotalSeconds,
        rowsPerSecond = Math.Round(Quantity.PerSecond(report.Rows, report.Elapsed)),
    };

    private static ImportOptions Read(ParseResult parsed)
    {
        var file = parsed.GetRequiredValue(File);
        return new ImportOptions(
            file,
            parsed.GetRequiredValue(Into),
            parsed.GetValue(Table) ?? Path.GetFileNameWithoutExtension(file),
            parsed.GetValue(BatchSize) ?? DefaultBatchSize,
            parsed.GetValue(Delimiter) is { } delimiter ? IsTab(delimiter) ? '\t' : delimiter[0] : null,
            parsed.GetValue(Header) ? true : parsed.GetValue(NoHeader) ? false : null,
            parsed.GetValue(SkipBad));
    }

    private static bool IsDelimiter(string text) => IsTab(text) || (text.Length == 1 && text[0] is not ('"' or '\r' or '\n' or '\0') && char.IsAscii(text[0]));

    private static bool IsTab(string text) => text is "tab" or "\\t" or "\t";
}
