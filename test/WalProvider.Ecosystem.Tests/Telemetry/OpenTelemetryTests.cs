using NUnit.Framework;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Shouldly;
using WalProvider.Tests;

namespace WalProvider.Ecosystem.Tests;

/// <summary>The meter "WalProvider", as OpenTelemetry's SDK collects it.</summary>
public sealed class OpenTelemetryTests
{
    [Test]
    public void Checkpoints_are_exported_with_the_names_of_the_conventions()
    {
        using var folder = new TempFolder();
        var exported = new MetricList();
        using (var provider = Sdk.CreateMeterProviderBuilder().AddMeter("WalProvider").AddReader(new BaseExportingMetricReader(exported)).Build())
        {
            using var source = new WalDbDataSourceBuilder($"Data Source={folder.File()}").Build();
            using var connection = source.OpenConnection();
            connection.Checkpoint(CheckpointMode.Truncate);
            provider.ForceFlush().ShouldBeTrue();
        }

        exported.Of(folder.File()).ShouldContain("db.client.operation.walprovider.checkpoint.duration");
    }
}
