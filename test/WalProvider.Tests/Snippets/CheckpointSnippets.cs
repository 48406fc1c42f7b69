using NUnit.Framework;
using Shouldly;
using WalProvider.Tests.Checkpoints;

namespace WalProvider.Tests.Snippets;

public class CheckpointSnippets
{
    [Test]
    public void Checkpoint_before_fork()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(1);

        // snippet: checkpoint-before-fork
        try
        {
            connection.CheckpointBeforeFork(timeout: TimeSpan.FromSeconds(10));
        }
        catch (CheckpointBlockedException blocked)
        {
            Console.Error.WriteLine($"{blocked.FramesLeft} frames left, in the way: {blocked.Reader}");
            throw;
        }
        // end

        database.WalBytes.ShouldBe(0);
    }

    [Test]
    public async Task Hold_for_fork()
    {
        using var database = new KeptDatabase();
        using var connection = database.OpenWithRows(1);
        var dataSource = database.Source;
        var started = false;
        Task StartWorkersAndWaitUntilTheyHaveOpened()
        {
            started = true;
            return Task.CompletedTask;
        }

        // snippet: hold-for-fork
        await using (await dataSource.HoldForForkAsync())
        {
            await StartWorkersAndWaitUntilTheyHaveOpened();
        }
        // end

        started.ShouldBeTrue();
    }

    [Test]
    public void Use_checkpointing()
    {
        using var folder = new TempFolder();
        var path = folder.File();

        // snippet: use-checkpointing
        using var dataSource = new WalDbDataSourceBuilder($"Data Source={path}")
            .UseCheckpointing(options =>
            {
                options.TruncateAboveBytes = 256 << 20;
                options.ReportReaderAfter = TimeSpan.FromSeconds(10);
            })
            .Build();
        // end

        using var connection = dataSource.OpenConnection();
        connection.GetWalStatus().WalBytes.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Test]
    public void Wal_status()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(1);

        // snippet: wal-status
        var status = connection.GetWalStatus();
        Console.WriteLine($"{status.WalBytes} bytes, {status.CheckpointedFrames} of {status.Frames} frames in the main file");
        Console.WriteLine($"oldest reader: {status.OldestReader}, last checkpoint: {status.LastCheckpoint}");
        // end

        status.Frames.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }
}
