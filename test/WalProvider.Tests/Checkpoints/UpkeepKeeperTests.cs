using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Checkpoints;

/// <summary>Who keeps the WAL of a file, and for how long.</summary>
[Parallelizable(ParallelScope.All)]
public class UpkeepKeeperTests
{
    private const int Ran = 1102;

    [Test]
    public async Task Wal_is_still_kept_when_one_of_two_sessions_is_closed_for_good()
    {
        using var database = new KeptDatabase();
        using var connection = database.OpenWithRows(10);
        using (var other = database.Source.OpenConnection())
        {
            // It is not as it was opened then, and does not go back to the pool.
            CheckpointDatabase.Execute(other, "PRAGMA foreign_keys = OFF");
        }

        await database.Pass(TimeSpan.FromSeconds(15));

        database.Count(Ran).ShouldBe(1);
    }

    [Test]
    public async Task Another_data_source_keeps_the_wal_when_the_one_that_did_is_gone()
    {
        using var database = new KeptDatabase();
        database.OpenWithRows(10).Dispose();
        var log = new LogList();
        using var second = new WalDbDataSourceBuilder($"Data Source={database.Path}")
            .UseTimeProvider(database.Clock).UseLoggerFactory(log).Build();
        using var other = second.OpenConnection();

        database.Source.Dispose();
        for (var passed = 0; passed < 15; passed++)
        {
            database.Clock.Advance(TimeSpan.FromSeconds(1));
            await second.Upkeep.Running.Within();
        }

        log.Events.Count(entry => entry.Id == Ran).ShouldBe(1);
        database.Count(Ran).ShouldBe(0);
    }
}
