using System.Collections.Concurrent;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace WalProvider.Ecosystem.Tests;

/// <summary>An exporter that keeps which metrics came for which database.</summary>
internal sealed class MetricList : BaseExporter<Metric>
{
    private readonly ConcurrentQueue<(string Name, string? Database)> _metrics = [];

    public IEnumerable<string> Of(string database)
        => _metrics.Where(metric => metric.Database == database).Select(metric => metric.Name);

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
                _metrics.Enqueue((metric.Name, Database(point.Tags)));
        }

        return ExportResult.Success;
    }

    private static string? Database(ReadOnlyTagCollection tags)
    {
        foreach (var (key, value) in tags)
        {
            if (key == "db.namespace")
                return value?.ToString();
        }

        return null;
    }
}
