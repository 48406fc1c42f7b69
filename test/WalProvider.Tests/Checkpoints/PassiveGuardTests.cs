using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Checkpoints;

[Parallelizable(ParallelScope.All)]
public class PassiveGuardTests
{
    [Test]
    public void Passive_checkpoint_holds_up_nobody_and_is_held_up_by_nobody_when_another_connection_writes()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(10);
        var writer = database.Open();
        using var transaction = writer.BeginTransaction();
        CheckpointDatabase.Execute(writer, "INSERT INTO t(y) VALUES (1)");

        var result = connection.Checkpoint(CheckpointMode.Passive);

        result.Completed.ShouldBeTrue();
        result.CheckpointedFrames.ShouldBeGreaterThan(0);
    }

    [Test]
    public void Passive_checkpoint_is_complete_when_there_is_nothing_to_copy_and_another_connection_writes()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(10);
        var full = connection.Checkpoint(CheckpointMode.Full);
        using var transaction = database.Open().BeginTransaction();

        var result = connection.Checkpoint(CheckpointMode.Passive);

        result.ShouldBe(full with { Elapsed = result.Elapsed });
    }

    [Test]
    public void Passive_checkpoint_copies_nothing_outside_the_gate_when_there_can_be_no_guard()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(10);
        var gate = connection.Session.File.ShouldNotBeNull().Gate;
        gate.TryEnter(new HandHolder()).ShouldBeTrue();
        File.Move(database.Path, database.Path + ".moved");

        var result = connection.Checkpoint(CheckpointMode.Passive);

        gate.Exit();
        result.Busy.ShouldBeTrue();
        connection.Session.Wal.Read().ShouldNotBeNull().CheckpointedFrames.ShouldBe(0);
    }

    [Test]
    public void TryBegin_keeps_the_wal_from_being_begun_anew()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(10);
        var before = connection.Session.Wal.Read().ShouldNotBeNull();
        using (PassiveGuard.TryBegin(connection.Session).ShouldNotBeNull())
        {
            connection.Checkpoint(CheckpointMode.Full).Completed.ShouldBeTrue();
            CheckpointDatabase.Execute(connection, "INSERT INTO t(y) VALUES (1)");

            connection.Session.Wal.Read().ShouldNotBeNull().Salt.ShouldBe(before.Salt);
        }

        // What follows holds the test: without the guard the same write begins it anew.
        connection.Checkpoint(CheckpointMode.Full).Completed.ShouldBeTrue();
        CheckpointDatabase.Execute(connection, "INSERT INTO t(y) VALUES (1)");
        connection.Session.Wal.Read().ShouldNotBeNull().Salt.ShouldNotBe(before.Salt);
    }

    [Test]
    public void TryBegin_gives_nothing_when_everything_is_in_the_main_file()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(10);
        connection.Checkpoint();

        PassiveGuard.TryBegin(connection.Session).ShouldBeNull();
    }

    [Test]
    public void TryBegin_makes_no_file_when_the_database_was_moved_away()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(10);
        File.Move(database.Path, database.Path + ".moved");

        PassiveGuard.TryBegin(connection.Session).ShouldBeNull();

        File.Exists(database.Path).ShouldBeFalse();
    }
}
