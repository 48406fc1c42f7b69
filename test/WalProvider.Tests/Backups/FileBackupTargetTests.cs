using System.Text;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

public class FileBackupTargetTests
{
    [Test]
    public async Task Target_gives_back_what_was_written()
    {
        using var folder = new TempFolder();
        var target = new FileBackupTarget(folder.Path);

        await target.WriteAsync("one", (stream, token) => stream.WriteAsync("content"u8.ToArray(), token).AsTask());

        using var reader = new StreamReader(await target.OpenReadAsync("one"), Encoding.UTF8);
        (await reader.ReadToEndAsync()).ShouldBe("content");
        (await target.ListAsync("o")).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            item => item.Name.ShouldBe("one"), item => item.Bytes.ShouldBe(7));
        (await target.ListAsync("x")).ShouldBeEmpty();
        await target.DeleteAsync("one");
        await target.DeleteAsync("one");
        Should.Throw<FileNotFoundException>(() => target.OpenReadAsync("one"));
    }

    [Test]
    public void Target_keeps_the_old_item_when_the_content_throws()
    {
        using var folder = new TempFolder();
        var target = new FileBackupTarget(folder.Path);
        File.WriteAllText(folder.File("one"), "old");

        Should.Throw<NotImplementedException>(() => target.WriteAsync("one", async (stream, token) =>
        {
            await stream.WriteAsync("new"u8.ToArray(), token);
            throw new NotImplementedException();
        }));

        folder.Names().ShouldBe(["one"]);
        File.ReadAllText(folder.File("one")).ShouldBe("old");
    }

    [TestCase("a/b")]
    [TestCase("..")]
    [TestCase("")]
    public void Target_refuses_a_name_that_leaves_its_folder(string name)
    {
        using var folder = new TempFolder();

        Should.Throw<ArgumentException>(() => new FileBackupTarget(folder.Path).DeleteAsync(name));
    }

    [Test]
    public async Task Backup_to_a_target_is_restored_from_it([Values] bool isFolder, [Values] BackupCompression compression)
    {
        using var folder = new TempFolder();
        using var backups = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 100);
        var files = new FileBackupTarget(backups.Path);
        IBackupTarget target = isFolder ? files : new OtherTarget(files);

        var result = await source.BackupToAsync(target, "app", new BackupOptions { Compression = compression });
        SampleDatabase.Insert(source, rows: 5);
        var restored = await source.RestoreFromAsync(target, "app");

        SampleDatabase.Count(source).ShouldBe(100);
        restored.HasChecksum.ShouldBeTrue();
        File.ReadAllText(backups.File("app.sha256")).ShouldBe($"{result.Sha256}  app\n");
    }

    [Test]
    public async Task Restore_from_a_target_refuses_what_its_checksum_does_not_vouch_for()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 100);
        var target = new OtherTarget(new FileBackupTarget(folder.Path));
        await source.BackupToAsync(target, "app");
        using (var handle = File.OpenHandle(folder.File("app"), FileMode.Open, FileAccess.Write))
        {
            // The last bytes of a page of rows: no check of SQLite looks at them.
            RandomAccess.Write(handle, "x"u8, (2 * 4096) - 2);
        }

        (await Should.ThrowAsync<BackupException>(() => source.RestoreFromAsync(target, "app"))).Failure.ShouldBe(BackupFailure.Damaged);
    }
}
