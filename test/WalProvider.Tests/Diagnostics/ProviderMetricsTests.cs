using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using NUnit.Framework;
using Shouldly;
using WalProvider.Tests.Checkpoints;

namespace WalProvider.Tests.Diagnostics;

[Parallelizable(ParallelScope.All)]
public class ProviderMetricsTests
{
    [Test]
    public void Checkpoint_is_measured_with_its_mode_and_its_end()
    {
        using var database = new CheckpointDatabase();
        using var metrics = new Measurements(database.Path);

        database.OpenWithRows(1).Checkpoint(CheckpointMode.Restart);

        var tags = metrics.Of("db.client.operation.walprovider.checkpoint.duration").ShouldHaveSingleItem();
        tags["walprovider.checkpoint.mode"].ShouldBe("restart");
        tags["walprovider.checkpoint.completed"].ShouldBe(true);
        tags["db.system.name"].ShouldBe("sqlite");
    }

    [Test]
    public async Task Reader_that_pins_the_wal_is_measured_by_name()
    {
        using var database = new KeptDatabase("Application Name=the report");
        using var metrics = new Measurements(database.Path);
        using var writer = database.OpenWithRows(10);
        using var reading = database.Source.OpenConnection();
        using var reader = CheckpointDatabase.OpenReader(reading);
        KeptDatabase.Fill(writer, 10);

        await database.Pass(TimeSpan.FromSeconds(40));

        metrics.Of("db.client.operation.walprovider.wal.size").ShouldNotBeEmpty();
        metrics.Of("db.client.operation.walprovider.wal.reader.age").ShouldNotBeEmpty();
        metrics.Of("db.client.operation.walprovider.wal.reader.age")[0]["walprovider.application.name"].ShouldBe("the report");
    }

    /// <summary>What is measured of one database.</summary>
    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Name, Dictionary<string, object?> Tags)> _all = [];

        public Measurements(string database)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "WalProvider")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags, database));
            _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags, database));
            _listener.Start();
        }

        public Dictionary<string, object?>[] Of(string name) => [.. _all.Where(found => found.Name == name).Select(found => found.Tags)];

        public void Dispose() => _listener.Dispose();

        private void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags, string database)
        {
            var found = new Dictionary<string, object?>(tags.ToArray());
            if (Equals(found["db.namespace"], database))
            {
                _all.Enqueue((instrument.Name, found));
            }
        }
    }
}
