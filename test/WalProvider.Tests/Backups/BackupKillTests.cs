using System.Diagnostics;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

public class BackupKillTests
{
    private const int ShortKills = 8;

    /// <summary>As many as a nightly run takes: WALPROVIDER_KILLS=200.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("WALPROVIDER_KILLS"), out var kills) ? kills : ShortKills;

    [Test]
    public void Backup_is_whole_at_whatever_moment_the_process_is_killed()
    {
        using var folder = new TempFolder();
        SampleDatabase.Create(folder.File(), rows: 20_000, "Pooling=False").Dispose();
        var random = new Random(20240101);
        var destination = folder.File("copy");

        for (var kill = 0; kill < Kills; kill++)
        {
            using (var worker = WorkerProcess.Start("backup", folder.File(), destination))
            {
                worker.ReadLine().ShouldBe("ready");
                SpendMicroseconds(random.Next(150_000));
                worker.Kill();
            }

            DatabaseBackup.Verify(destination).Pages.ShouldBeGreaterThan(100, $"kill {kill}");
            ChecksumFile.Read(destination).Count.ShouldBeInRange(0, 2);
        }

        using var connection = new WalDbConnection($"Data Source={folder.File()}");
        connection.Open();
        connection.BackupTo(destination);
        folder.Names().Where(name => name.Contains(".pending", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    // The moment is to be any, so nothing is waited for.
    private static void SpendMicroseconds(int microseconds)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started).TotalMicroseconds < microseconds)
        {
            Thread.Yield();
        }
    }
}
