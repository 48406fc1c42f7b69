namespace WalProvider.Benchmarks;

/// <summary>The tables of how it scales.</summary>
internal static class ScaleTables
{
    private const double Mebi = 1024 * 1024;

    public static ReportTable Of(IReadOnlyList<RowsReport> reports) => new(
        "scale-rows",
        ["Way", "Rows", "Seconds", "Rows a second", "Most memory, process, MiB", "WAL at its longest, MiB"],
        [.. reports.Select(report => new ReportLine(
            report.Way,
            Numbers.Whole(report.Rows),
            Numbers.Of(report.Seconds),
            Numbers.Of(report.PerSecond),
            Numbers.Of(report.MemoryBytes / Mebi),
            Numbers.Of(report.WalBytes / Mebi)))]);

    public static ReportTable Of(IReadOnlyList<DatabasesReport> reports) => new(
        "scale-databases",
        ["Files", "Max Open Sessions", "Open, insert, close: µs", "Most file handles", "Managed memory at the end, MiB", "Most memory, process, MiB"],
        [.. reports.Select(report => new ReportLine(
            Numbers.Whole(report.Files),
            Numbers.Whole(report.MaxOpenSessions),
            Numbers.Of(report.Microseconds),
            Numbers.Whole(report.Handles),
            Numbers.Of(report.ManagedBytes / Mebi),
            Numbers.Of(report.ProcessBytes / Mebi)))]);

    public static ReportTable Of(IReadOnlyList<CallersReport> reports) => new(
        "scale-threads",
        ["Way", "Callers", "Rows a second", "Half take at most, ms", "99 of 100, ms", "Longest, ms"],
        [.. reports.Select(report => new ReportLine(
            report.Way,
            Numbers.Whole(report.Callers),
            Numbers.Of(report.PerSecond),
            Numbers.Of(report.P50.TotalMilliseconds),
            Numbers.Of(report.P99.TotalMilliseconds),
            Numbers.Of(report.Longest.TotalMilliseconds)))]);
}
