namespace WalProvider.Benchmarks;

/// <summary>What each method costs: the median of its turns.</summary>
internal static class BackupTable
{
    private const double Mega = 1_000_000;

    private static readonly string[] Headings =
        ["Database", "Method", "Idle, s", "Times as fast as wrapped", "Under writes, s", "Writes go on at", "Written, MB", "Memory grows by, MB"];

    public static ReportTable Of(IReadOnlyList<BackupReport> reports) => new("backups", Headings, [.. reports.SelectMany(Lines)]);

    private static IEnumerable<ReportLine> Lines(BackupReport report) => report.Idle.Select(
        (pair, index) => new ReportLine(
            index == 0 ? Numbers.Short($"{report.Megabytes:#,0} MB") : "",
            pair.Key,
            Numbers.Of(Median(pair.Value, turn => turn.Seconds)),
            Numbers.Of(report.Ratio(pair.Key)),
            report.UnderWrites.TryGetValue(pair.Key, out var turns) ? Numbers.Of(Median(turns, turn => turn.Seconds)) : "",
            turns is null ? "" : Numbers.Short($"{Median(turns, turn => turn.WriteShare!.Value):0%}"),
            Numbers.Of(Median(pair.Value, turn => turn.Bytes / Mega)),
            Numbers.Of(pair.Value.Max(turn => turn.MemoryBytes / Mega))));

    private static double Median(BackupTurn[] turns, Func<BackupTurn, double> value) => Spread.Of(turns.Select(value)).Median;
}
