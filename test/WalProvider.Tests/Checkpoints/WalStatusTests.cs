using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Checkpoints;

[Parallelizable(ParallelScope.All)]
public class WalStatusTests
{
    [Test]
    public void GetWalStatus_counts_without_moving_a_frame()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(10);

        connection.GetWalStatus();
        var status = connection.GetWalStatus();

        status.WalBytes.ShouldBe(database.WalBytes);
        status.Frames.ShouldNotBeNull().ShouldBeGreaterThan(0);
        status.CheckpointedFrames.ShouldBe(0);
        status.OldestReader.ShouldBeNull();
        status.LastCheckpoint.ShouldBeNull();
    }

    [Test]
    public void GetWalStatus_gives_the_last_checkpoint_of_any_connection_of_the_file()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(10);
        var result = connection.Checkpoint(CheckpointMode.Full);

        var last = database.Open("Application Name=another pool;").GetWalStatus().LastCheckpoint.ShouldNotBeNull();

        last.Mode.ShouldBe(CheckpointMode.Full);
        last.Result.ShouldBe(result);
    }

    [Test]
    public void GetWalStatus_names_the_oldest_reader_of_all_pools()
    {
        var clock = new HandClock();
        using var folder = new TempFolder();
        using var first = Source(folder, "first", clock);
        using var second = Source(folder, "second", clock);
        using var writer = first.OpenConnection();
        CheckpointDatabase.Execute(writer, "CREATE TABLE t(x); INSERT INTO t VALUES (1), (2)");
        using var old = first.OpenConnection();
        using var oldReader = CheckpointDatabase.OpenReader(old, "SELECT x FROM t");
        clock.Advance(TimeSpan.FromSeconds(10));
        using var young = second.OpenConnection();
        using var youngReader = CheckpointDatabase.OpenReader(young, "SELECT 1 FROM t");
        clock.Advance(TimeSpan.FromSeconds(5));

        var reader = writer.GetWalStatus().OldestReader.ShouldNotBeNull();
        reader.ApplicationName.ShouldBe("first");
        reader.Age.ShouldBe(TimeSpan.FromSeconds(15));
        reader.Sql.ShouldBe("SELECT x FROM t");

        oldReader.Dispose();
        writer.GetWalStatus().OldestReader.ShouldNotBeNull().ApplicationName.ShouldBe("second");
    }

    [Test]
    public void GetWalStatus_is_empty_when_there_is_no_wal([Values("Journal Mode=Delete", "Mode=Memory")] string option)
    {
        using var database = new CheckpointDatabase(option + ";");

        database.OpenWithRows(1).GetWalStatus().ShouldBe(new WalStatus(0, null, null, null, null));
    }

    private static WalDbDataSource Source(TempFolder folder, string name, TimeProvider clock)
        => new WalDbDataSourceBuilder($"Data Source={folder.File()};Application Name={name}").UseTimeProvider(clock).Build();
}
