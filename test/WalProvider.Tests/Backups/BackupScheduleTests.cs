using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

public class BackupScheduleTests
{
    private static readonly TimeSpan LongerThanABackup = TimeSpan.FromSeconds(2);

    [Test]
    public async Task Data_source_backs_up_each_time_the_interval_is_over()
    {
        using var folder = new TempFolder();
        SampleDatabase.Create(folder.File(), rows: 10).Dispose();
        var clock = new HandClock();
        var done = new SemaphoreSlim(0);
        var rotation = new BackupRotation(new FileBackupTarget(folder.Path), "app");
        await using var source = new WalDbDataSourceBuilder($"Data Source={folder.File()}")
            .UseTimeProvider(clock)
            .UseBackups(new BackupSchedule(rotation, TimeSpan.FromHours(1)) { Completed = _ => done.Release() })
            .Build();

        for (var backups = 1; backups <= 3; backups++)
        {
            clock.Advance(TimeSpan.FromMinutes(59));
            (await rotation.ListAsync()).Count.ShouldBe(backups - 1);
            AdvanceUntil(clock, done);
            (await rotation.ListAsync()).Count.ShouldBe(backups);
        }
    }

    [Test]
    public async Task Data_source_tries_again_in_time_when_a_backup_fails()
    {
        using var folder = new TempFolder();
        SampleDatabase.Create(folder.File(), rows: 10).Dispose();
        var clock = new HandClock();
        var failures = new List<Exception>();
        var failed = new SemaphoreSlim(0);
        var rotation = new BackupRotation(new FileBackupTarget(folder.File("none")), "app");
        await using var source = new WalDbDataSourceBuilder($"Data Source={folder.File()}")
            .UseTimeProvider(clock)
            .UseBackups(new BackupSchedule(rotation, TimeSpan.FromHours(1))
            {
                Failed = error =>
                {
                    failures.Add(error);
                    failed.Release();
                },
            })
            .Build();

        AdvanceUntil(clock, failed);
        AdvanceUntil(clock, failed);

        failures.ShouldAllBe(error => error is DirectoryNotFoundException);
    }

    [Test]
    public void Schedule_refuses_an_interval_that_is_not_positive()
        => Should.Throw<ArgumentOutOfRangeException>(
            () => new BackupSchedule(new BackupRotation(new FileBackupTarget("."), "app"), TimeSpan.Zero));

    // The timer is armed again only after the caller was told, so an hour may have to pass twice; but not while a backup is
    // under way, or the next one would begin at once behind it.
    private static void AdvanceUntil(HandClock clock, SemaphoreSlim signal)
        => Patience.Until(() =>
        {
            clock.Advance(TimeSpan.FromHours(1));
            return signal.Wait(LongerThanABackup);
        });
}
