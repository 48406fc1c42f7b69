using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

public class BackupFaultTests
{
    private const string OldBackup = "the old backup";

    [Test]
    public async Task BackupTo_leaves_the_old_backup_when_it_is_cancelled(
        [Values(0.0, 0.5, 0.99)] double at, [Values] bool async, [Values] BackupMode mode)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 20_000);
        File.WriteAllText(folder.File("copy.db"), OldBackup);
        using var cancellation = new CancellationTokenSource();
        var steps = new ProgressList(report =>
        {
            if (report.Fraction >= at)
            {
                cancellation.Cancel();
            }
        });
        var options = new BackupOptions { PagesPerStep = 1, Mode = mode };
        if (at == 0)
        {
            cancellation.Cancel();
        }

        await Should.ThrowAsync<OperationCanceledException>(async () => _ = async
            ? await source.BackupToAsync(folder.File("copy.db"), options, steps, cancellation.Token)
            : source.BackupTo(folder.File("copy.db"), options, steps, cancellation.Token));

        File.ReadAllText(folder.File("copy.db")).ShouldBe(OldBackup);
        folder.Names().ShouldBe(["copy.db", "test.db", "test.db-shm", "test.db-wal"]);
    }

    [Test]
    public void BackupTo_leaves_nothing_behind_when_the_progress_throws([Values] BackupMode mode)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 20_000);

        Should.Throw<NotImplementedException>(() => source.BackupTo(
            folder.File("copy.db"), new BackupOptions { Mode = mode }, new ProgressList(_ => throw new NotImplementedException())));

        folder.Names().ShouldBe(["test.db", "test.db-shm", "test.db-wal"]);
    }

    [Test]
    public void BackupTo_names_the_pages_when_the_database_is_damaged()
    {
        using var folder = new TempFolder();
        SampleDatabase.Create(folder.File(), rows: 5_000, "Pooling=False").Dispose();
        Overwrite(folder.File(), offset: 4096 * 20, count: 4096);
        using var source = new WalDbConnection($"Data Source={folder.File()};Pooling=False");
        source.Open();

        var error = Should.Throw<BackupException>(() => source.BackupTo(folder.File("copy.db")));

        error.Failure.ShouldBe(BackupFailure.SourceDamaged);
        error.Message.ShouldContain("page 21");
        File.Exists(folder.File("copy.db")).ShouldBeFalse();
        source.BackupTo(folder.File("copy.db"), new BackupOptions { Verification = BackupVerification.None });
    }

    [Test]
    public void BackupTo_refuses_the_database_itself([Values("test.db", "test.db-wal", "test.db-shm", "test.db-journal", "link.db")] string name)
    {
        Assume.That(!OperatingSystem.IsWindows());
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        File.CreateSymbolicLink(folder.File("link.db"), folder.File());

        Should.Throw<ArgumentException>(() => source.BackupTo(folder.File(name)));

        SampleDatabase.Count(source).ShouldBe(100);
    }

    [Test]
    public void BackupTo_says_what_is_wrong_with_the_destination()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        File.WriteAllText(folder.File("old.db"), OldBackup);

        Should.Throw<DirectoryNotFoundException>(() => source.BackupTo(folder.File("none/copy.db")));
        Should.Throw<IOException>(() => source.BackupTo(folder.Path)).Message.ShouldContain("directory");
        Should.Throw<IOException>(() => source.BackupTo(folder.File("old.db"), new BackupOptions { Overwrite = false }));
        Should.Throw<ArgumentException>(() => source.BackupTo(" "));

        File.ReadAllText(folder.File("old.db")).ShouldBe(OldBackup);
    }

    [Test]
    public void BackupTo_refuses_another_database_that_is_in_use([Values("WAL", "DELETE")] string journalMode)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        using (var other = SampleDatabase.Create(folder.File("other.db"), rows: 3, $"Journal Mode={journalMode}"))
        {
            Should.Throw<IOException>(() => source.BackupTo(folder.File("other.db")));
            Should.Throw<BackupException>(() => source.RestoreFrom(folder.File("other.db"))).Failure.ShouldBe(BackupFailure.NotABackup);
            SampleDatabase.Count(other).ShouldBe(3);
        }

        source.BackupTo(folder.File("other.db"));

        SampleDatabase.CountIn(folder.File("other.db")).ShouldBe(100);
    }

    [Test]
    public void BackupTo_refuses_a_name_with_a_log_beside_it()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        File.WriteAllText(folder.File("copy.db-wal"), "of another process");

        Should.Throw<IOException>(() => source.BackupTo(folder.File("copy.db")));

        File.Exists(folder.File("copy.db")).ShouldBeFalse();
    }

    [Test]
    public void BackupTo_throws_and_keeps_the_old_backup_when_the_user_may_not_write_the_folder()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName != "root")
        {
            Assert.Ignore("Needs root on Linux, to become another user.");
            return;
        }

        using var folder = new TempFolder();
        SampleDatabase.Create(folder.File()).Dispose();
        const UnixFileMode ForAll = (UnixFileMode)0b111_111_111;
        File.SetUnixFileMode(folder.Path, ForAll);
        File.SetUnixFileMode(folder.File(), ForAll);
        var open = Directory.CreateDirectory(folder.File("open"), ForAll);
        File.SetUnixFileMode(open.FullName, ForAll);
        var shut = Directory.CreateDirectory(folder.File("shut"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(shut.FullName, "copy.db"), OldBackup);

        var allowed = WorkerProcess.Run("backup-as-nobody", folder.File(), Path.Combine(open.FullName, "copy.db"));
        if (allowed == "impossible")
        {
            Assert.Ignore("This process may not become the user nobody.");
        }

        allowed.ShouldBe("written");
        WorkerProcess.Run("backup-as-nobody", folder.File(), Path.Combine(shut.FullName, "copy.db")).ShouldStartWith(nameof(UnauthorizedAccessException));
        File.ReadAllText(Path.Combine(shut.FullName, "copy.db")).ShouldBe(OldBackup);
        Directory.GetFiles(shut.FullName).Length.ShouldBe(1);
    }

    [Test]
    public void BackupTo_throws_when_the_folder_cannot_be_written()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        using var mount = SmallDisk.MountOrSkip(megabytes: 1, "ro");

        Should.Throw<Exception>(() => source.BackupTo(mount.File("copy.db")))
            .ShouldSatisfyAllConditions(error => (error is IOException or UnauthorizedAccessException).ShouldBeTrue(error.ToString()));
    }

    [Test]
    public void BackupTo_keeps_the_old_backup_when_the_disk_is_full([Values] BackupMode mode, [Values] BackupCompression compression)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 30_000);
        using var disk = SmallDisk.MountOrSkip(megabytes: 2);
        File.WriteAllText(disk.File("copy.db"), OldBackup);

        Should.Throw<Exception>(() => source.BackupTo(disk.File("copy.db"), new BackupOptions { Mode = mode, Compression = compression }))
            .ShouldSatisfyAllConditions(
                error => (error is SqliteException { SqliteErrorCode: 13 } or IOException).ShouldBeTrue(error.ToString()));

        Directory.GetFiles(disk.Path).ShouldBe([disk.File("copy.db")]);
        File.ReadAllText(disk.File("copy.db")).ShouldBe(OldBackup);
    }

    [Test]
    public void BackupTo_keeps_the_old_backup_when_the_disk_is_full_only_for_the_encoded_one()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 10_000);
        using var disk = SmallDisk.MountOrSkip(megabytes: 2);
        source.BackupTo(disk.File("copy.db"), new BackupOptions { Checksum = false }).Bytes.ShouldBeInRange(1_100_000, 1_900_000);
        File.Move(disk.File("copy.db"), folder.File("old.db"));
        File.WriteAllText(disk.File("copy.db"), OldBackup);

        Should.Throw<IOException>(() => source.BackupTo(disk.File("copy.db"), new BackupOptions { Passphrase = "p", KeyIterations = 1 }));

        Directory.GetFiles(disk.Path).ShouldBe([disk.File("copy.db")]);
    }

    [Test]
    public void BackupTo_removes_what_a_killed_process_has_left_and_nothing_else()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        string? pending = null;
        source.BackupTo(folder.File("copy.db"), progress: new ProgressList(_ => pending = folder.Names().Single(name => name.EndsWith(".pending", StringComparison.Ordinal))));
        var own = $"-{Environment.ProcessId}-";
        // No process has this number: it is above the kernel's limit.
        var dead = pending!.Replace(own, "-999999999-", StringComparison.Ordinal);
        File.WriteAllText(folder.File(dead), "left");
        File.WriteAllText(folder.File(dead + "-journal"), "left");
        File.WriteAllText(folder.File(pending!), "of this process");
        File.WriteAllText(folder.File(dead.Replace("copy", "other", StringComparison.Ordinal)), "of another backup");

        source.BackupTo(folder.File("copy.db"));

        folder.Names().Where(name => name.Contains("pending", StringComparison.Ordinal))
            .ShouldBe([dead.Replace("copy", "other", StringComparison.Ordinal), pending!], ignoreOrder: true);
    }

    private static void Overwrite(string path, long offset, int count)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.Write(handle, Enumerable.Repeat((byte)0x5a, count).ToArray(), offset);
    }
}
