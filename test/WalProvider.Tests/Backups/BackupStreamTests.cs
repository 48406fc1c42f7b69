using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

/// <summary>How the streams of others are used.</summary>
public class BackupStreamTests
{
    [Test]
    public async Task Streams_of_others_are_used_in_the_way_that_was_called(
        [Values] bool async, [Values] BackupCompression compression, [Values(null, "p")] string? passphrase, [Values] bool isCopy)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 3_000);
        var options = new BackupOptions
        {
            Compression = compression,
            Passphrase = passphrase,
            KeyIterations = 1,
            TemporaryFolder = isCopy ? folder.Path : null,
        };
        var restore = new RestoreOptions { Passphrase = passphrase };
        using var stream = new OneWayStream(async);

        var written = async ? await source.BackupToAsync(stream, options) : source.BackupTo(stream, options);
        using var first = new OneWayStream(async, stream.ToArray());
        using var second = new OneWayStream(async, stream.ToArray());
        SampleDatabase.Execute(source, "DELETE FROM item");
        var made = async
            ? await DatabaseBackup.RestoreToAsync(first, folder.File("new.db"), restore)
            : DatabaseBackup.RestoreTo(first, folder.File("new.db"), restore);
        var restored = async ? await source.RestoreFromAsync(second, restore) : source.RestoreFrom(second, restore);

        SampleDatabase.CountIn(folder.File("new.db")).ShouldBe(3_000);
        SampleDatabase.Count(source).ShouldBe(3_000);
        (made.Pages, restored.Pages).ShouldBe((written.Pages, written.Pages));
        (made.PageSize, restored.PageSize).ShouldBe((4096, 4096));
    }

    [Test]
    public async Task BackupTo_stops_sending_a_copy_when_it_is_cancelled([Values] bool async)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 5_000);
        using var cancellation = new CancellationTokenSource();
        using var stream = new OneWayStream(async) { Written = cancellation.Cancel };
        var options = new BackupOptions { TemporaryFolder = folder.Path };

        await Should.ThrowAsync<OperationCanceledException>(async () => _ = async
            ? await source.BackupToAsync(stream, options, null, cancellation.Token)
            : source.BackupTo(stream, options, null, cancellation.Token));

        folder.Names().ShouldBe(["test.db", "test.db-shm", "test.db-wal"]);
    }

    [Test]
    public void Streams_say_what_they_can_do()
    {
        using var reader = new HashingReader(Stream.Null);
        using var writer = new MeasuringStream(Stream.Null, isHashed: false);

        foreach (var stream in new Stream[] { reader, writer })
        {
            stream.CanRead.ShouldBe(stream == reader);
            stream.CanWrite.ShouldBe(stream == writer);
            stream.CanSeek.ShouldBeFalse();
            stream.CanTimeout.ShouldBeFalse();
        }
    }

    [Test]
    public void BackupTo_keeps_no_more_in_memory_than_a_step_of_a_stream()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 1);
        SampleDatabase.Execute(source, "CREATE TABLE large AS SELECT zeroblob(30000000) AS a");
        source.BackupTo(Stream.Null).Bytes.ShouldBeGreaterThan(30_000_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        source.BackupTo(Stream.Null);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(15_000_000);
    }

    [Test]
    public void Result_tells_pages_of_every_size([Values(512, 4096, 65536)] int pageSize)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 3_000, $"Page Size={pageSize}");
        var written = source.BackupTo(folder.File("backup"));

        var found = DatabaseBackup.Verify(folder.File("backup"));

        found.PageSize.ShouldBe(pageSize);
        found.Pages.ShouldBe(written.Pages);
        found.DatabaseBytes.ShouldBe(new FileInfo(folder.File("backup")).Length);
    }

    [TestCase(0, 0, 1.0)]
    [TestCase(0, 10, 0.0)]
    [TestCase(5, 10, 0.5)]
    [TestCase(10, 10, 1.0)]
    [TestCase(12, 10, 1.0)]
    public void Fraction_says_how_much_is_done(long done, long total, double fraction)
        => new BackupProgress(done, total, 0, TimeSpan.Zero).Fraction.ShouldBe(fraction);

    [Test]
    public async Task Asynchronous_methods_leave_the_thread_of_the_caller_at_once(
        [Values("file", "stream", "target", "rotation", "restore", "restore stream", "restore target", "copy")] string way)
    {
        using var folder = new TempFolder();
        using var backups = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 100);
        using var memory = new WalDbConnection("Data Source=:memory:");
        memory.Open();
        var target = new FileBackupTarget(backups.Path);
        await source.BackupToAsync(target, "app");
        var stream = new MemoryStream(File.ReadAllBytes(backups.File("app")));
        var threads = new List<int>();
        var progress = new ProgressList(_ => threads.Add(Environment.CurrentManagedThreadId));
        var caller = 0;

        await Patience.OnThread(() =>
        {
            caller = Environment.CurrentManagedThreadId;
            // The thread is this call's own, so nothing that goes on elsewhere can come back to it.
            Task work = way switch
            {
                "file" => source.BackupToAsync(folder.File("copy"), progress: progress),
                "stream" => source.BackupToAsync(Stream.Null, progress: progress),
                "target" => source.BackupToAsync(new OtherTarget(target), "other", progress: progress),
                "rotation" => source.BackupToAsync(new BackupRotation(target, "turn"), progress: progress),
                "restore" => source.RestoreFromAsync(backups.File("app"), progress: progress),
                "restore stream" => source.RestoreFromAsync(stream, progress: progress),
                "restore target" => source.RestoreFromAsync(target, "app", progress: progress),
                _ => source.CopyToAsync(memory, progress),
            };
            work.Wait(Patience.Limit).ShouldBeTrue();
        }).Within();

        threads.ShouldNotBeEmpty();
        threads.ShouldNotContain(caller);
    }

    [Test]
    public void Methods_name_the_argument_that_is_missing()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 1);
        var target = new FileBackupTarget(folder.Path);

        Should.Throw<ArgumentNullException>(() => source.BackupTo((Stream)null!)).ParamName.ShouldBe("destination");
        Should.Throw<ArgumentException>(() => source.BackupTo(new MemoryStream([], writable: false))).ParamName.ShouldBe("destination");
        Should.Throw<ArgumentNullException>(() => source.BackupToAsync((IBackupTarget)null!, "app")).ParamName.ShouldBe("target");
        Should.Throw<ArgumentException>(() => source.BackupToAsync(target, " ")).ParamName.ShouldBe("name");
        Should.Throw<ArgumentNullException>(() => source.BackupToAsync((BackupRotation)null!)).ParamName.ShouldBe("rotation");
        Should.Throw<ArgumentNullException>(() => source.RestoreFrom((Stream)null!)).ParamName.ShouldBe("source");
        Should.Throw<ArgumentException>(() => source.RestoreFrom(" ")).ParamName.ShouldBe("path");
        Should.Throw<ArgumentNullException>(() => source.RestoreFromAsync(null!, "app")).ParamName.ShouldBe("target");
        Should.Throw<ArgumentException>(() => source.RestoreFromAsync(target, " ")).ParamName.ShouldBe("name");
        Should.Throw<ArgumentNullException>(() => DatabaseBackup.RestoreTo((Stream)null!, folder.File("new"))).ParamName.ShouldBe("source");
        Should.Throw<ArgumentException>(() => DatabaseBackup.RestoreTo(" ", folder.File("new"))).ParamName.ShouldBe("path");
        Should.Throw<ArgumentException>(() => DatabaseBackup.Verify(" ")).ParamName.ShouldBe("path");
        Should.Throw<ArgumentException>(() => new FileBackupTarget(" ")).ParamName.ShouldBe("folder");
        Should.Throw<ArgumentNullException>(() => new BackupRotation(null!, "app")).ParamName.ShouldBe("target");
        Should.Throw<ArgumentNullException>(() => target.WriteAsync("app", null!)).ParamName.ShouldBe("writeContent");
        Should.Throw<ArgumentNullException>(() => target.ListAsync(null!)).ParamName.ShouldBe("prefix");
    }
}
