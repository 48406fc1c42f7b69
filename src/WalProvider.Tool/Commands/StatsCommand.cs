using System.CommandLine;
using Spectre.Console;

namespace WalProvider.Tool;

/// <summary><c>walprovider stats DB</c>.</summary>
internal static class StatsCommand
{
    private static readonly Argument<string> Database = new("DB") { Description = "The database file." };

    private static readonly Option<bool> Json = JsonOption.Create();

    public static Command Create(ToolConsole console)
    {
        var command = new Command("stats", "Show what a database is made of; changes nothing.") { Database, Json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var statistics = StatisticsReader.Read(parsed.GetRequiredValue(Database), cancellationToken);
            if (parsed.GetValue(Json))
                console.WriteJson(statistics);
            else
                Show(statistics, console);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Show(DatabaseStatistics statistics, ToolConsole console)
    {
        console.Say($"{statistics.Database} (SQLite {statistics.EngineVersion})");
        console.Say(
            $"{Quantity.Bytes(statistics.FileBytes)}: {Quantity.Count(statistics.PageCount)} pages of {Quantity.Bytes(statistics.PageSize)}, " +
            $"{Quantity.Count(statistics.FreelistCount)} of them free; {statistics.Encoding}; user version {statistics.UserVersion}");
        console.Say($"journal mode {statistics.JournalMode}; WAL {Quantity.Bytes(statistics.WalBytes)}");
        if (statistics.Tables.Count > 0)
            console.Draw(Picture(statistics));
    }

    private static Table Picture(DatabaseStatistics statistics)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("table")
            .AddColumn(new TableColumn("rows").RightAligned())
            .AddColumn(new TableColumn("columns").RightAligned())
            .AddColumn("indexes");
        foreach (var row in statistics.Tables)
        {
            table.AddRow(
                new Text(row.Name),
                new Text(row.Rows is { } rows ? Quantity.Count(rows) : "?"),
                new Text(Quantity.Count(row.Columns)),
                new Text(string.Join(", ", row.Indexes)));
        }

        return table;
    }
}
