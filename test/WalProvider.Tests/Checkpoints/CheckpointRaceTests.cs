using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Checkpoints;

[Parallelizable(ParallelScope.All)]
public class CheckpointRaceTests
{
    private const int Writers = 4;
    private const int Checkpoints = 10_000;

    [Test]
    public async Task No_commit_is_lost_and_nobody_is_locked_out_when_checkpoints_of_all_modes_run_beside_writers([Values(0, 50)] int batchSize)
    {
        // NB: whether the disk has it by now is not the question here, and asking it ten thousand times takes minutes.
        using var database = new CheckpointDatabase($"Synchronous=Off;Write Batch Size={batchSize};");
        database.OpenWithRows(0).CommitBatch();
        using var done = new CancellationTokenSource();

        var writers = Enumerable.Range(0, Writers).Select(_ => Patience.OnThread(() => Write(database, done.Token))).ToArray();
        var checkpoints = Patience.OnThread(() => CheckpointInTurn(database));
        await checkpoints;
        await done.CancelAsync();
        var written = (await Task.WhenAll(writers).Within()).Sum();

        written.ShouldBeGreaterThan(0);
        CheckpointDatabase.Scalar(database.Open("Application Name=count;"), "SELECT count(*) FROM t").ShouldBe(written);
        using var check = database.Open("Application Name=check;").CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        check.ExecuteScalar().ShouldBe("ok");
    }

    private static long Write(CheckpointDatabase database, CancellationToken done)
    {
        using var connection = new WalDbConnection(database.ConnectionString);
        connection.Open();
        long written = 0;
        for (; !done.IsCancellationRequested; written++)
        {
            CheckpointDatabase.Execute(connection, "INSERT INTO t(y) VALUES ('row')");
        }

        return written;
    }

    private static void CheckpointInTurn(CheckpointDatabase database)
    {
        using var connection = new WalDbConnection(database.ConnectionString);
        connection.Open();
        var modes = Enum.GetValues<CheckpointMode>();
        for (var turn = 0; turn < Checkpoints; turn++)
        {
            connection.Checkpoint(modes[turn % modes.Length]);
        }
    }
}
