using NUnit.Framework;
using Shouldly;
using WalProvider.Tests.Backups;

namespace WalProvider.Tests.Snippets;

/// <summary>The code of docs/backup.md.</summary>
public class BackupPageTests
{
    [Test]
    public void Backup_is_verified_and_restored()
    {
        using var folder = new TempFolder();
        using var connection = SampleDatabase.Create(folder.File(), rows: 10);
        var path = folder.File("backup.db");

        // snippet: backup-to
        BackupResult backup = connection.BackupTo(path);
        RestoreResult found = DatabaseBackup.Verify(path);
        connection.RestoreFrom(path);
        // end

        found.HasChecksum.ShouldBeTrue();
        found.Pages.ShouldBe(backup.Pages);
        SampleDatabase.Count(connection).ShouldBe(10);
    }

    [Test]
    public async Task Rotation_is_filled_by_hand_and_by_the_clock()
    {
        using var temp = new TempFolder();
        await using var connection = SampleDatabase.Create(temp.File(), rows: 10);
        var connectionString = connection.ConnectionString;
        var folder = temp.Path;

        // snippet: backup-rotation
        var rotation = new BackupRotation(new FileBackupTarget(folder), "app") { KeepNewest = 3, KeepDaily = 7, KeepWeekly = 4 };
        await connection.BackupToAsync(rotation, new BackupOptions { Compression = BackupCompression.Gzip });
        // end

        // snippet: backup-schedule
        await using var dataSource = new WalDbDataSourceBuilder(connectionString)
            .UseBackups(new BackupSchedule(rotation, TimeSpan.FromHours(6)) { Failed = error => Console.Error.WriteLine(error.Message) })
            .Build();
        // end

        (await rotation.ListAsync()).Count.ShouldBe(1);
        dataSource.Statistics.Open.ShouldBe(0);
    }
}
