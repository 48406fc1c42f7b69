using System.Diagnostics;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using WalProvider.Tests.Backups;

namespace WalProvider.Tests;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class WalReserveTests
{
    private const int Commits = 200;

    [Test]
    public void Wal_is_kept_longer_than_its_frames_when_each_commit_is_synced(
        [Values("Profile=Durable", "Synchronous=FULL", "Synchronous=2", "Synchronous=EXTRA", "Synchronous=3", "Profile=None;Journal Mode=WAL")] string keywords)
    {
        using var database = new TestDatabase(keywords);
        using var connection = database.OpenWithTable();

        Insert(connection, Commits);

        Room(database, connection).ShouldBeGreaterThan(0);
        database.CommittedRows().ShouldBe(Commits);
    }

    [Test]
    public void Wal_is_as_long_as_its_frames_when_commits_are_not_synced([Values("", "Synchronous=1", "Synchronous=OFF")] string keywords)
    {
        using var database = new TestDatabase(keywords);
        using var connection = database.OpenWithTable();

        Insert(connection, Commits);

        Room(database, connection).ShouldBe(0);
    }

    [Test]
    public void Wal_is_not_lengthened_by_a_few_commits()
    {
        using var database = new TestDatabase("Profile=Durable");
        using var connection = database.OpenWithTable();

        Insert(connection, 5);

        Room(database, connection).ShouldBe(0);
    }

    [Test]
    public void Wal_is_not_lengthened_past_its_size_limit([Values(300000, 0)] int limit)
    {
        using var database = new TestDatabase($"Profile=Durable;Journal Size Limit={limit}");
        using var connection = database.OpenWithTable();

        Insert(connection, Commits);

        Room(database, connection).ShouldBe(0);
    }

    [Test]
    public void Wal_gets_room_again_after_it_was_emptied([Values] bool byAnother)
    {
        using var database = new TestDatabase("Profile=Durable");
        using var connection = database.OpenWithTable();
        using var other = database.Open();
        Insert(connection, Commits);

        (byAnother ? other : connection).Checkpoint(CheckpointMode.Truncate);
        WalBytes(database).ShouldBe(0);
        Insert(connection, Commits);

        Room(database, connection).ShouldBeGreaterThan(0);
    }

    [Test]
    public void Frames_of_several_writers_stand_when_all_keep_room()
    {
        using var database = new TestDatabase("Profile=Durable");
        using var first = database.OpenWithTable();
        using var outside = database.OpenElsewhere();
        using var second = database.Open();
        for (var round = 0; round < Commits; round++)
        {
            first.Run("INSERT INTO t VALUES(randomblob(900))");
            second.Run("BEGIN IMMEDIATE; INSERT INTO t VALUES(randomblob(9000)); COMMIT");
            outside.Run("INSERT INTO t VALUES(randomblob(90))");
        }

        first.Ask("PRAGMA integrity_check").ShouldBe("ok");
        database.CommittedRows().ShouldBe(3 * Commits);
    }

    [Test]
    public void Room_is_not_taken_for_frames_when_the_wal_is_recovered()
    {
        using var database = new TestDatabase("Profile=Durable");
        using var folder = new TempFolder();
        using var connection = database.OpenWithTable();
        Insert(connection, Commits);
        Room(database, connection).ShouldBeGreaterThan(0);

        CopyFromOutside(database.File, folder.File());
        CopyFromOutside(database.File + "-wal", folder.File() + "-wal");

        using var recovered = new SqliteConnection($"Data Source={folder.File()};Pooling=False");
        recovered.Open();
        recovered.Ask("SELECT count(*) FROM t").ShouldBe((long)Commits);
        recovered.Ask("PRAGMA integrity_check").ShouldBe("ok");
    }

    [Test]
    public void Reader_of_the_connection_goes_on_while_room_is_made()
    {
        using var database = new TestDatabase("Profile=Durable");
        using var connection = database.OpenWithTable();
        Insert(connection, Commits);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT a FROM t";
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();

        Insert(connection, Commits);

        var rows = 1;
        while (reader.Read())
            rows++;
        rows.ShouldBeGreaterThanOrEqualTo(Commits);
    }

    [Test]
    public void Commits_go_on_when_the_disk_has_no_place_for_room()
    {
        using var disk = SmallDisk.MountOrSkip(1);
        using var connection = new WalDbConnection($"Data Source={disk.File("a.db")};Profile=Durable");
        connection.Open();
        connection.Run("CREATE TABLE t(a)");
        Insert(connection, 100);
        File.WriteAllBytes(disk.File("ballast"), new byte[400_000]);

        Insert(connection, 40);

        connection.Ask("SELECT count(*) FROM t").ShouldBe(140L);
        connection.Ask("PRAGMA integrity_check").ShouldBe("ok");
        connection.Close();
        WalDbConnection.ClearPool(connection);
    }

    private static void Insert(WalDbConnection connection, int commits)
    {
        for (var commit = 0; commit < commits; commit++)
            connection.Run("INSERT INTO t VALUES(1)");
    }

    private static long WalBytes(TestDatabase database) => new FileInfo(database.File + "-wal").Length;

    private static long Room(TestDatabase database, WalDbConnection connection)
        => WalBytes(database) - WalIndex.Read(connection.Session.Engine.Db).ShouldNotBeNull().Bytes;

    // By another process: a descriptor of ours on the main file would drop the engine's locks when it is closed.
    private static void CopyFromOutside(string source, string target)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Copy(source, target);
            return;
        }

        using var copy = Process.Start("cp", [source, target]);
        copy.WaitForExit();
        copy.ExitCode.ShouldBe(0);
    }
}
