using System.Diagnostics;

namespace WalProvider.Tool;

/// <summary>Imports a file into a table: scans all of it, then loads it.</summary>
internal sealed class Importer(ImportOptions options)
{
    /// <exception cref="BadLinesException">There are bad lines, and they were not to be skipped.</exception>
    /// <exception cref="ToolException">The file or the table is not fit for it.</exception>
    public ImportReport Run(IStepList steps, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var format = SourceFormat.Of(options.File, options.Delimiter);
        var plan = Scan(format, steps, cancellationToken);
        if (plan.BadCount > 0 && !options.SkipBad)
            throw new BadLinesException(options.File, plan);
        var rows = Load(plan, steps, cancellationToken);
        return new ImportReport(plan, rows, clock.Elapsed);
    }

    private ImportPlan Scan(SourceFormat format, IStepList steps, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var step = steps.Begin("Scan", SizeOf(options.File));
        var plan = new ImportScan(options, format).Run(position => step.Report(position), cancellationToken);
        step.Finish($"{Quantity.Rows(plan.Rows)}, {plan.Columns.Count} columns in {Quantity.Time(clock.Elapsed)}");
        return plan;
    }

    private long Load(ImportPlan plan, IStepList steps, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var step = steps.Begin("Load", SizeOf(options.File));
        using var reader = plan.Format.Open(options.File);
        var rows = new TableLoader(options, plan)
            .Load(RowBinder.Rows(reader, plan, options.File), () => step.Report(reader.Position), cancellationToken);
        step.Finish($"{Quantity.Rows(rows)} in {Quantity.Time(clock.Elapsed)}, {Quantity.Rate(rows, clock.Elapsed)}");
        return rows;
    }

    private static double? SizeOf(string file) => File.Exists(file) ? Math.Max(1, new FileInfo(file).Length) : null;
}
