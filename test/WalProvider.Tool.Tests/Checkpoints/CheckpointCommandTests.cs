using NUnit.Framework;
using Shouldly;
using WalProvider.Tests;

namespace WalProvider.Tool.Tests.Checkpoints;

public class CheckpointCommandTests
{
    [Test]
    public async Task Checkpoint_empties_the_wal([Values] bool asJson)
    {
        using var folder = new TempFolder();
        using var connection = Create(folder.File());

        var run = await ToolRun.Of(["checkpoint", folder.File(), .. asJson ? (string[])["--json"] : []]);

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        new FileInfo(folder.File() + "-wal").Length.ShouldBe(0);
        if (asJson)
        {
            run.Json.GetProperty("mode").GetString().ShouldBe("truncate");
            run.Json.GetProperty("completed").GetBoolean().ShouldBeTrue();
        }
    }

    [Test]
    public async Task Checkpoint_fails_when_a_reader_is_in_the_way()
    {
        using var folder = new TempFolder();
        using var connection = Create(folder.File());
        using var reading = new WalDbConnection($"Data Source={folder.File()}");
        reading.Open();
        using var transaction = reading.BeginTransaction(deferred: true);
        Run(reading, "SELECT * FROM t");
        Run(connection, "INSERT INTO t VALUES (2)");

        var run = await ToolRun.Of("checkpoint", folder.File(), "--mode", "full", "--timeout", "0", "--json");

        run.ExitCode.ShouldBe(ExitCode.CheckFailed);
        run.Json.GetProperty("busy").GetBoolean().ShouldBeTrue();
    }

    [Test]
    public async Task Watch_tells_what_was_written()
    {
        using var folder = new TempFolder();
        using var connection = Create(folder.File());

        var run = await ToolRun.Of("watch", folder.File(), "--every", "0", "--count", "2", "--json");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Output.Trim().Split('\n').Length.ShouldBe(2);
        run.Output.ShouldContain("\"walBytes\"");
    }

    [Test]
    public void Change_counts_frames_and_sees_a_checkpoint()
    {
        static WalStatus Status(int frames, int copied) => new(0, frames, copied, null, null);

        WalChange.Between(Status(10, 0), Status(15, 0), default).ShouldBe(new WalChange(default, 0, 15, 0, 5, false));
        WalChange.Between(Status(10, 0), Status(10, 10), default).WasCheckpointed.ShouldBeTrue();
        WalChange.Between(Status(10, 10), Status(3, 0), default).ShouldBe(new WalChange(default, 0, 3, 0, 3, true));
    }

    [TestCase("checkpoint")]
    [TestCase("watch")]
    public async Task Command_fails_when_the_file_is_missing(string command)
    {
        using var folder = new TempFolder();

        (await ToolRun.Of(command, folder.File())).ExitCode.ShouldBe(ExitCode.BadInput);
        File.Exists(folder.File()).ShouldBeFalse();
    }

    private static WalDbConnection Create(string path)
    {
        var connection = new WalDbConnection($"Data Source={path}");
        connection.Open();
        Run(connection, "CREATE TABLE t(a); INSERT INTO t VALUES (1)");
        return connection;
    }

    private static void Run(WalDbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteScalar();
    }
}
