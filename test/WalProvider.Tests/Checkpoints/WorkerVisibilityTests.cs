using System.Diagnostics;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Checkpoints;

/// <summary>The truth about worker processes, with real ones.</summary>
[Parallelizable(ParallelScope.All)]
public class WorkerVisibilityTests
{
    [Test]
    public void Second_process_sees_what_is_committed_when_there_was_no_checkpoint()
    {
        using var database = new CheckpointDatabase();
        database.OpenWithRows(5);

        WorkerProcess.Run("count", database.Path, "t").ShouldBe("5");
    }

    [Test]
    public void Second_process_does_not_see_the_pending_batch_until_it_is_committed()
    {
        using var database = new CheckpointDatabase("Write Batch Size=1000;Write Batch Interval=0;");
        var connection = database.OpenWithRows(3);
        connection.CommitBatch();
        CheckpointDatabase.Execute(connection, "INSERT INTO t(y) VALUES ('pending')");

        WorkerProcess.Run("count", database.Path, "t").ShouldBe("3");
        connection.CommitBatch();
        WorkerProcess.Run("count", database.Path, "t").ShouldBe("4");
    }

    [Test]
    public void Immutable_reader_misses_the_wal_and_sees_everything_after_CheckpointBeforeFork()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(3);
        connection.CheckpointBeforeFork();
        CheckpointDatabase.Execute(connection, "INSERT INTO t(y) VALUES (1), (2)");

        WorkerProcess.Run("count-immutable", database.Path, "t").ShouldBe("3");
        connection.CheckpointBeforeFork();
        WorkerProcess.Run("count-immutable", database.Path, "t").ShouldBe("5");
    }

    [Test]
    public void Copy_of_the_main_file_misses_the_wal_and_has_everything_after_CheckpointBeforeFork()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(3);
        connection.CheckpointBeforeFork();
        CheckpointDatabase.Execute(connection, "INSERT INTO t(y) VALUES (1), (2)");

        WorkerProcess.Run("count", Copy(database, "before.db"), "t").ShouldBe("3");
        connection.CheckpointBeforeFork();
        WorkerProcess.Run("count", Copy(database, "after.db"), "t").ShouldBe("5");
    }

    [Test]
    public void Immutable_reader_sees_the_same_for_as_long_as_the_hold_lasts()
    {
        using var database = new KeptDatabase("Busy Timeout=0");
        using var connection = database.OpenWithRows(7);

        using (database.Source.HoldForFork())
        {
            Should.Throw<WriteGateTimeoutException>(() => KeptDatabase.Fill(connection, 1));
            WorkerProcess.Run("count-immutable", database.Path, "t").ShouldBe("7");
        }
    }

    [Test]
    public void Reader_of_another_process_is_said_to_be_one_when_it_is_in_the_way()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(3);
        using var worker = WorkerProcess.Start("hold-read", database.Path, "t");
        worker.ReadLine().ShouldBe("ready 3");
        CheckpointDatabase.Execute(connection, "INSERT INTO t(y) VALUES (1)");

        Should.Throw<CheckpointBlockedException>(() => connection.CheckpointBeforeFork(TimeSpan.FromMilliseconds(20))).Reader.ShouldBeNull();

        worker.Send("end");
        worker.WaitForExit().ShouldBe(0);
        connection.CheckpointBeforeFork().Completed.ShouldBeTrue();
    }

    [Test]
    public void Wal_is_empty_when_a_process_has_ended_without_closing_its_connection()
    {
        using var folder = new TempFolder();
        using var worker = WorkerProcess.Start("write-batch", folder.File(), "5");
        worker.ReadLine().ShouldBe("ready 6");

        worker.Send("exit");

        worker.WaitForExit().ShouldBe(7);
        var wal = new FileInfo(folder.File() + "-wal");
        (wal.Exists ? wal.Length : 0).ShouldBe(0);
        WorkerProcess.Run("count-immutable", folder.File(), "written").ShouldBe("5");
    }

    // NB: not by File.Copy. Opening the main file in this process and closing it again would drop SQLite's locks on it.
    private static string Copy(CheckpointDatabase database, string name)
    {
        var copy = Path.Combine(database.Folder, name);
        using var process = OperatingSystem.IsWindows()
            ? Process.Start("cmd", ["/c", "copy", database.Path, copy])
            : Process.Start("cp", [database.Path, copy]);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        return copy;
    }
}
