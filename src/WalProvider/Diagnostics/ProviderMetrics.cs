using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace WalProvider;

/// <summary>The metrics of this library, in the meter "WalProvider"; named as OpenTelemetry names those of databases.</summary>
/// <seealso href="https://opentelemetry.io/docs/specs/semconv/database/database-metrics/"/>
internal static class ProviderMetrics
{
    private const string Prefix = "db.client.operation.walprovider.";

    private static readonly Meter Meter = new("WalProvider");
    private static readonly Histogram<double> CheckpointDuration = Meter.CreateHistogram<double>(
        Prefix + "checkpoint.duration", "s", "How long checkpoints took, their waits included.");
    private static readonly Gauge<long> WalSize = Meter.CreateGauge<long>(
        Prefix + "wal.size", "By", "The length of the WAL.");
    private static readonly Gauge<double> ReaderAge = Meter.CreateGauge<double>(
        Prefix + "wal.reader.age", "s", "How long the oldest reader of this process has kept the WAL from being emptied.");

    /// <summary>Records a checkpoint that was called for, or run in the background.</summary>
    internal static void Checkpointed(string dataSource, CheckpointMode mode, CheckpointResult result)
    {
        if (CheckpointDuration.Enabled)
        {
            var tags = Of(dataSource);
            tags.Add("walprovider.checkpoint.mode", mode.ToString().ToLowerInvariant());
            tags.Add("walprovider.checkpoint.completed", result.Completed);
            CheckpointDuration.Record(result.Elapsed.TotalSeconds, tags);
        }
    }

    /// <summary>Records the length of a WAL.</summary>
    internal static void WalMeasured(string dataSource, long bytes) => WalSize.Record(bytes, Of(dataSource));

    /// <summary>Records a reader that keeps the WAL from being emptied.</summary>
    internal static void ReaderPins(string dataSource, WalReader reader)
    {
        var tags = Of(dataSource);
        tags.Add("walprovider.application.name", reader.ApplicationName);
        ReaderAge.Record(reader.Age.TotalSeconds, tags);
    }

    private static TagList Of(string dataSource) => new() { { "db.system.name", "sqlite" }, { "db.namespace", dataSource } };
}
