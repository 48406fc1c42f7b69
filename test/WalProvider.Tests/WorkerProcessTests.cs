using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

public class WorkerProcessTests
{
    [Test]
    public void Worker_sees_the_rows_of_another_process_when_they_are_committed()
    {
        using var folder = new TempFolder();
        var database = folder.File();

        WorkerProcess.Run("write", database, "3").ShouldBe("3");

        WorkerProcess.Run("count", database, "written").ShouldBe("3");
        WorkerProcess.Run("read-only", database, "written").ShouldBe("3");
        WorkerProcess.Run("count-immutable", database, "written").ShouldBe("3");
    }

    [Test]
    public void Batch_is_committed_when_the_worker_is_told_to([Values("close", "exit")] string word)
    {
        using var folder = new TempFolder();
        using var worker = WorkerProcess.Start("write-batch", folder.File(), "5");

        // CREATE TABLE is a write of the batch as well.
        worker.ReadLine().ShouldBe("ready 6");
        worker.Send(word);

        worker.WaitForExit().ShouldBe(word == "exit" ? 7 : 0);
        WorkerProcess.Run("count", folder.File(), "written").ShouldBe("5");
    }

    [Test]
    public void Batch_is_lost_and_nothing_more_when_the_worker_is_killed()
    {
        using var folder = new TempFolder();
        WorkerProcess.Run("write", folder.File(), "2");
        using var worker = WorkerProcess.Start("write-batch", folder.File(), "5");
        worker.ReadLine().ShouldStartWith("ready");

        worker.Kill();

        WorkerProcess.Run("count", folder.File(), "written").ShouldBe("2");
    }

    [Test]
    public void Write_is_refused_when_a_worker_holds_the_write_lock()
    {
        using var folder = new TempFolder();
        WorkerProcess.Run("write", folder.File(), "1");
        using var worker = WorkerProcess.Start("hold-write-lock", folder.File());
        worker.ReadLine().ShouldBe("ready");
        using var connection = new WalDbConnection($"Data Source={folder.File()};Busy Timeout=0;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO written VALUES (2)";

        Should.Throw<SqliteBusyException>(() => command.ExecuteNonQuery());
        worker.Send("end");

        worker.WaitForExit().ShouldBe(0);
        command.ExecuteNonQuery().ShouldBe(1);
    }

    [Test]
    public void Run_fails_with_the_workers_error_when_the_database_is_missing()
    {
        using var folder = new TempFolder();

        Should.Throw<InvalidOperationException>(() => WorkerProcess.Run("count", folder.File(), "written"))
            .Message.ShouldStartWith("14/14 ");
    }
}
