using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests.Checkpoints;

[Parallelizable(ParallelScope.All)]
public class ForkHoldTests
{
    [Test]
    public async Task HoldForFork_empties_the_wal_and_keeps_writers_out_until_it_is_disposed([Values] bool async)
    {
        using var database = new KeptDatabase("Busy Timeout=20");
        using var connection = database.OpenWithRows(10);
        using var foreign = new SqliteConnection($"Data Source={database.Path};Pooling=False");
        foreign.Open();

        var hold = async ? await database.Source.HoldForForkAsync() : database.Source.HoldForFork();
        hold.Checkpoint.Completed.ShouldBeTrue();
        database.WalBytes.ShouldBe(0);
        Should.Throw<WriteGateTimeoutException>(() => KeptDatabase.Fill(connection, 1));
        raw.sqlite3_exec(foreign.Handle, "INSERT INTO t(y) VALUES (1)").ShouldBe(raw.SQLITE_BUSY);
        CheckpointDatabase.Scalar(connection, "SELECT count(*) FROM t").ShouldBe(10);
        database.WalBytes.ShouldBe(0);
        for (var times = 0; times < 2; times++)
        {
            if (async)
                await hold.DisposeAsync();
            else
                hold.Dispose();
        }

        KeptDatabase.Fill(connection, 1);
        raw.sqlite3_exec(foreign.Handle, "INSERT INTO t(y) VALUES (1)").ShouldBe(raw.SQLITE_OK);
    }

    [Test]
    public void HoldForFork_closes_idle_sessions_and_leaves_those_that_are_lent_out()
    {
        using var database = new KeptDatabase();
        using var connection = database.OpenWithRows(1);
        database.Source.OpenConnection().Dispose();
        database.Source.Statistics.Idle.ShouldBe(1);

        using (database.Source.HoldForFork())
        {
            database.Source.Statistics.Idle.ShouldBe(0);
            database.Source.Statistics.InUse.ShouldBe(1);
        }
    }

    [Test]
    public void HoldForFork_commits_the_batch_of_a_connection_that_is_not_executing()
    {
        using var database = new KeptDatabase("Write Batch Size=1000;Write Batch Interval=0");
        using var connection = database.OpenWithRows(3);
        connection.PendingWrites.ShouldBeGreaterThan(0);
        database.Clock.Advance(TimeSpan.FromSeconds(1));

        using (database.Source.HoldForFork())
        {
            connection.PendingWrites.ShouldBe(0);
            CheckpointDatabase.Scalar(connection, "SELECT count(*) FROM t").ShouldBe(3);
        }
    }

    [Test]
    public void HoldForFork_holds_nothing_when_a_reader_keeps_the_wal_from_being_emptied()
    {
        using var database = new KeptDatabase("Application Name=the report");
        using var writer = database.OpenWithRows(2);
        using var reading = database.Source.OpenConnection();
        using var reader = CheckpointDatabase.OpenReader(reading);
        KeptDatabase.Fill(writer, 1);

        var error = Should.Throw<CheckpointBlockedException>(() => database.Source.HoldForFork(TimeSpan.FromMilliseconds(20)));
        var descriptors = database.Descriptors;
        Should.Throw<CheckpointBlockedException>(() => database.Source.HoldForFork(TimeSpan.Zero));
        database.Descriptors.ShouldBe(descriptors);

        error.Reader.ShouldNotBeNull().ApplicationName.ShouldBe("the report");
        KeptDatabase.Fill(writer, 1);
        reader.Dispose();
        database.Source.HoldForFork().Dispose();
    }

    [Test]
    public void HoldForFork_throws_when_the_data_source_is_disposed_or_the_timeout_is_negative()
    {
        using var database = new KeptDatabase();
        Should.Throw<ArgumentOutOfRangeException>(() => database.Source.HoldForFork(TimeSpan.FromSeconds(-2)));
        database.Source.Dispose();

        Should.Throw<ObjectDisposedException>(() => database.Source.HoldForFork());
    }
}
