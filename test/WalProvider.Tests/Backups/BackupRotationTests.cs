using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

public class BackupRotationTests
{
    // A Monday.
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Rotation_keeps_the_newest_and_one_of_each_day_and_week()
    {
        using var folder = new TempFolder();
        using var backups = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 1);
        var clock = new WallClock(Start);
        var rotation = new BackupRotation(new FileBackupTarget(backups.Path), "app", clock) { KeepNewest = 2, KeepDaily = 3, KeepWeekly = 3 };

        for (var hours = 0; hours <= (24 * 27); hours += 12)
        {
            clock.Now = Start.AddHours(hours);
            await source.BackupToAsync(rotation, new BackupOptions { Verification = BackupVerification.None });
        }

        // The last is of Sunday the 28th at midday: the two newest, the last of the 27th and the 26th, and of the two weeks before.
        (await rotation.ListAsync()).Select(name => name[4..15])
            .ShouldBe(["20240114T12", "20240121T12", "20240126T12", "20240127T12", "20240128T00", "20240128T12"]);
    }

    [Test]
    public async Task Rotation_deletes_nothing_that_it_did_not_write()
    {
        using var folder = new TempFolder();
        using var backups = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 1);
        var clock = new WallClock(Start);
        var rotation = new BackupRotation(new FileBackupTarget(backups.Path), "app", clock) { KeepNewest = 1 };
        string[] others = ["app-20200101T000000.0000000Z.db", "app-20200101T0000000000000Z.db", "app.db", "notes.txt", "application-20200101T0000000000000Z.db"];
        foreach (var name in others)
        {
            File.WriteAllText(backups.File(name), "mine");
        }

        await source.BackupToAsync(rotation);
        clock.Now = Start.AddHours(1);
        var last = await source.BackupToAsync(rotation);

        var name2 = Path.GetFileName(last.Path!);
        backups.Names().ShouldBe([.. others, name2, name2 + ".sha256", "app.rotation"], ignoreOrder: true);
        (await rotation.ListAsync()).ShouldBe([name2]);
        (await rotation.PruneAsync()).ShouldBeEmpty();
    }

    [Test]
    public async Task Rotation_names_backups_by_what_they_are([Values] BackupCompression compression, [Values(null, "p")] string? passphrase)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 1);
        var rotation = new BackupRotation(new FileBackupTarget(folder.Path), "app", new WallClock(Start));

        var result = await source.BackupToAsync(rotation, new BackupOptions { Compression = compression, Passphrase = passphrase, KeyIterations = 1 });

        var ending = (compression, passphrase) switch
        {
            (BackupCompression.None, null) => ".db",
            (BackupCompression.Gzip, null) => ".db.gz",
            _ => ".walbak",
        };
        Path.GetFileName(result.Path).ShouldBe("app-20240101T1200000000000Z" + ending);
    }

    [Test]
    public void Rotation_refuses_what_cannot_be_meant()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 1);
        var target = new FileBackupTarget(folder.Path);

        Should.Throw<ArgumentException>(() => new BackupRotation(target, "a/b"));
        Should.Throw<ArgumentException>(() => new BackupRotation(target, ""));
        Should.Throw<ArgumentOutOfRangeException>(() => source.BackupToAsync(new BackupRotation(target, "app") { KeepNewest = 0 }));
    }
}
