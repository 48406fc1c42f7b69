using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using WalProvider.Tests.Checkpoints;

namespace WalProvider.Tests.Engine;

[Parallelizable(ParallelScope.All)]
public class WalIndexTests
{
    [Test]
    public void Read_gives_the_counts_that_a_checkpoint_gives()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(10);

        var before = WalIndex.Read(connection.Session.Engine.Db).ShouldNotBeNull();
        var result = connection.Checkpoint();
        var after = WalIndex.Read(connection.Session.Engine.Db).ShouldNotBeNull();

        before.CheckpointedFrames.ShouldBe(0);
        before.LogFrames.ShouldBe(result.LogFrames);
        before.Bytes.ShouldBe(database.WalBytes);
        before.PageSize.ShouldBe((int)CheckpointDatabase.Scalar(connection, "PRAGMA page_size"));
        after.CheckpointedFrames.ShouldBe(result.CheckpointedFrames);
        after.Backlog.ShouldBe(0);
    }

    [Test]
    public void Read_tells_a_new_turn_of_the_wal_by_its_salt()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(10);
        var before = WalIndex.Read(connection.Session.Engine.Db).ShouldNotBeNull();

        connection.Checkpoint(CheckpointMode.Restart);
        CheckpointDatabase.Execute(connection, "INSERT INTO t(y) VALUES (1)");
        var after = WalIndex.Read(connection.Session.Engine.Db).ShouldNotBeNull();

        after.Salt.ShouldNotBe(before.Salt);
        after.LogFrames.ShouldBeInRange(1, before.LogFrames - 1);
    }

    [Test]
    public void Read_knows_the_largest_page_size()
    {
        using var database = new CheckpointDatabase("Page Size=65536;");
        var connection = database.OpenWithRows(1);

        WalIndex.Read(connection.Session.Engine.Db).ShouldNotBeNull().PageSize.ShouldBe(65536);
    }

    [Test]
    public void Read_gives_nothing_and_makes_no_file_when_the_wal_is_not_open()
    {
        using var database = new CheckpointDatabase();
        database.OpenWithRows(1).Dispose();
        WalDbConnection.ClearAllPools();

        // As where the WAL could not be opened: it is not before the first read.
        using var connection = new SqliteConnection($"Data Source={database.Path};Pooling=False");
        connection.Open();

        WalIndex.Read(connection.Handle!).ShouldBeNull();
        File.Exists(database.Path + "-shm").ShouldBeFalse();
    }

    [Test]
    public void View_gives_nothing_and_makes_no_file_when_the_database_has_no_wal()
    {
        using var database = new CheckpointDatabase("Journal Mode=Delete;");
        var connection = database.OpenWithRows(1);

        connection.Session.Wal.Read().ShouldBeNull();
        File.Exists(database.Path + "-shm").ShouldBeFalse();
    }

    [Test]
    public void View_gives_nothing_when_a_pragma_may_have_ended_the_wal()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(1);
        connection.Session.Wal.Read().ShouldNotBeNull();

        CheckpointDatabase.Execute(connection, "PRAGMA journal_mode=DELETE");

        connection.Session.Wal.Read().ShouldBeNull();
        File.Exists(database.Path + "-shm").ShouldBeFalse();
    }
}
