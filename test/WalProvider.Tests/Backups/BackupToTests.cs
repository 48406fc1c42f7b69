using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

public class BackupToTests
{
    [Test]
    public async Task BackupTo_writes_one_plain_database_when_asked_for_nothing_else([Values] bool async)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 5_000);
        var destination = folder.File("copy.db");

        var result = async ? await source.BackupToAsync(destination) : source.BackupTo(destination);

        SampleDatabase.CountIn(destination).ShouldBe(5_000);
        result.Path.ShouldBe(destination);
        result.DatabaseBytes.ShouldBe(new FileInfo(destination).Length);
        result.Bytes.ShouldBe(result.DatabaseBytes);
        result.Verification.ShouldBe(BackupVerification.Quick);
        folder.Names().ShouldBe(["copy.db", "copy.db.sha256", "test.db", "test.db-shm", "test.db-wal"]);
    }

    [Test]
    public void BackupTo_writes_the_checksum_as_sha256sum_does()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        var destination = folder.File("copy.db");

        var result = source.BackupTo(destination);

        result.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(destination))));
        File.ReadAllText(destination + ".sha256").ShouldBe($"{result.Sha256}  copy.db\n");
    }

    [Test]
    public void BackupTo_reports_every_step_when_progress_is_given()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 5_000);
        var reports = new ProgressList();

        var result = source.BackupTo(folder.File("copy.db"), new BackupOptions { PagesPerStep = 10 }, reports);

        reports.Count.ShouldBeInRange((int)result.Pages / 10, ((int)result.Pages / 10) + 2);
        reports[^1].PagesDone.ShouldBe(result.Pages);
        reports[^1].PagesTotal.ShouldBe(result.Pages);
        reports[^1].Bytes.ShouldBe(result.DatabaseBytes);
        reports[^1].Fraction.ShouldBe(1);
        reports.Select(report => report.PagesDone).ShouldBeInOrder();
    }

    [Test]
    public void BackupTo_takes_one_moment_in_one_pass_when_another_connection_writes_between_all_steps()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 5_000);
        using var writer = new WalDbConnection(source.ConnectionString);
        writer.Open();
        var written = 0;
        var steps = new ProgressList(_ =>
        {
            SampleDatabase.Insert(writer, rows: 10);
            written += 10;
        });

        source.BackupTo(folder.File("copy.db"), new BackupOptions { PagesPerStep = 5 }, steps);

        steps.Select(report => report.PagesDone).ShouldBeInOrder();
        written.ShouldBeGreaterThan(100);
        SampleDatabase.CountIn(folder.File("copy.db")).ShouldBe(5_000);
    }

    [Test]
    public void BackupTo_works_on_a_connection_of_the_wrapped_provider()
    {
        using var folder = new TempFolder();
        SampleDatabase.Create(folder.File(), rows: 7).Dispose();
        using var source = new SqliteConnection($"Data Source={folder.File()};Pooling=False");
        source.Open();

        source.BackupTo(folder.File("copy.db"));

        SampleDatabase.CountIn(folder.File("copy.db")).ShouldBe(7);
    }

    [Test]
    public void BackupTo_takes_the_permissions_of_the_database([Values] BackupCompression compression)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no such permissions.");
            return;
        }

        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        File.SetUnixFileMode(folder.File(), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        source.BackupTo(folder.File("copy.db"), new BackupOptions { Compression = compression });

        File.GetUnixFileMode(folder.File("copy.db")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
    }

    [Test]
    public void BackupTo_contains_the_pending_batch_when_it_is_committed_first([Values] bool commit)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 3, "Write Batch Size=1000");
        source.CommitBatch();
        SampleDatabase.Insert(source, rows: 1);

        source.BackupTo(folder.File("copy.db"), new BackupOptions { CommitPendingBatch = commit });

        SampleDatabase.CountIn(folder.File("copy.db")).ShouldBe(commit ? 4 : 3);
        source.PendingWrites.ShouldBe(commit ? 0 : 1);
    }

    [Test]
    public void BackupTo_leaves_out_what_an_open_transaction_has_written()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 3);
        using var transaction = source.BeginTransaction();
        SampleDatabase.Insert(source, rows: 1);

        source.BackupTo(folder.File("copy.db"));

        SampleDatabase.CountIn(folder.File("copy.db")).ShouldBe(3);
        transaction.Commit();
    }

    [Test]
    public void BackupTo_sets_the_journal_mode_that_was_asked_for([Values] BackupJournalMode wanted, [Values] BackupMode mode)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());

        source.BackupTo(folder.File("copy.db"), new BackupOptions { JournalMode = wanted, Mode = mode, Verification = BackupVerification.Full });

        File.ReadAllBytes(folder.File("copy.db"))[18..20].ShouldBe(wanted == BackupJournalMode.Wal ? [2, 2] : [1, 1]);
        folder.Names().ShouldNotContain("copy.db-wal");
        SampleDatabase.CountIn(folder.File("copy.db")).ShouldBe(100);
    }

    [Test]
    public void BackupTo_compacts_when_it_vacuums()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 5_000);
        SampleDatabase.Execute(source, "DELETE FROM item WHERE id > 100");
        var reports = new ProgressList();

        var online = source.BackupTo(folder.File("online.db"));
        var compact = source.BackupTo(folder.File("compact.db"), new BackupOptions { Mode = BackupMode.VacuumInto }, reports);

        compact.Pages.ShouldBeLessThan(online.Pages / 10);
        compact.DatabaseBytes.ShouldBe(new FileInfo(folder.File("compact.db")).Length);
        SampleDatabase.CountIn(folder.File("compact.db")).ShouldBe(100);
        reports[^1].PagesDone.ShouldBe(compact.Pages);
    }

    [Test]
    public void BackupTo_backs_up_a_database_in_memory([Values] bool isShared, [Values] BackupMode mode)
    {
        using var folder = new TempFolder();
        using var source = isShared
            ? new WalDbConnection($"Data Source={folder.Path};Mode=Memory;Cache=Shared")
            : new WalDbConnection("Data Source=:memory:");
        source.Open();
        SampleDatabase.Execute(source, "CREATE TABLE item(id INTEGER PRIMARY KEY, text TEXT, size REAL)");
        SampleDatabase.Insert(source, rows: 1_000);

        source.BackupTo(folder.File("copy.db"), new BackupOptions { Mode = mode });

        SampleDatabase.CountIn(folder.File("copy.db")).ShouldBe(1_000);
    }

    [Test]
    public void BackupTo_refuses_a_database_in_memory_when_its_writes_are_not_final()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(":memory:");
        using var transaction = source.BeginTransaction();

        Should.Throw<InvalidOperationException>(() => source.BackupTo(folder.File("copy.db")));

        folder.Names().ShouldBeEmpty();
    }

    [Test]
    public void BackupTo_backs_up_an_empty_database([Values("WAL", "DELETE")] string journalMode)
    {
        using var folder = new TempFolder();
        using var source = new WalDbConnection($"Data Source={folder.File()};Journal Mode={journalMode}");
        source.Open();

        source.BackupTo(folder.File("copy.db"));

        DatabaseBackup.Verify(folder.File("copy.db")).HasChecksum.ShouldBeTrue();
    }

    [Test]
    public void BackupTo_backs_up_a_database_with_a_rollback_journal()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 500, "Journal Mode=DELETE");

        source.BackupTo(folder.File("copy.db"));

        SampleDatabase.CountIn(folder.File("copy.db")).ShouldBe(500);
    }

    [Test]
    public void BackupTo_works_when_the_path_is_strange([Values("a b", "quote'd", "per%cent", "ha#sh", "que?stion", "semi;colon", "ümläut", "-")] string name)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        var path = folder.File(name);

        foreach (var mode in Enum.GetValues<BackupMode>())
        {
            var written = source.BackupTo(path, new BackupOptions { Mode = mode });

            var found = DatabaseBackup.Verify(path);
            found.HasChecksum.ShouldBeTrue();
            found.Pages.ShouldBeGreaterThan(1);
            found.Pages.ShouldBe(written.Pages);
        }

        folder.Names().ShouldBe([name, name + ".sha256", "test.db", "test.db-shm", "test.db-wal"], ignoreOrder: true);
    }

    [Test]
    public void BackupTo_replaces_the_file_behind_a_link()
    {
        Assume.That(!OperatingSystem.IsWindows());
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 9);
        File.WriteAllText(folder.File("real.db"), "old");
        File.CreateSymbolicLink(folder.File("link.db"), folder.File("real.db"));

        source.BackupTo(folder.File("link.db"));

        new FileInfo(folder.File("link.db")).LinkTarget.ShouldNotBeNull();
        SampleDatabase.CountIn(folder.File("real.db")).ShouldBe(9);
    }

    [Test]
    public async Task BackupTo_writes_the_same_to_a_stream([Values] bool async, [Values] BackupCompression compression)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 500);
        using var stream = new MemoryStream();
        var options = new BackupOptions { Compression = compression, TemporaryFolder = folder.Path };

        var result = async ? await source.BackupToAsync(stream, options) : source.BackupTo(stream, options);

        result.Path.ShouldBeNull();
        result.Bytes.ShouldBe(stream.Length);
        result.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(stream.ToArray())));
        stream.Position = 0;
        DatabaseBackup.RestoreTo(stream, folder.File("restored.db"));
        SampleDatabase.CountIn(folder.File("restored.db")).ShouldBe(500);
        folder.Names().Where(name => name.Contains("pending", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Test]
    public void BackupTo_refuses_options_out_of_range()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());

        Should.Throw<ArgumentOutOfRangeException>(() => source.BackupTo(folder.File("c"), new BackupOptions { PagesPerStep = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => source.BackupTo(folder.File("c"), new BackupOptions { Pause = TimeSpan.FromTicks(-1) }));
        Should.Throw<ArgumentException>(() => source.BackupTo(folder.File("c"), new BackupOptions { Passphrase = "" }));
        Should.Throw<DirectoryNotFoundException>(
            () => source.BackupTo(Stream.Null, new BackupOptions { TemporaryFolder = folder.File("none") })).Message.ShouldContain("temporary folder");
    }

    [Test]
    public void BackupTo_refuses_a_connection_that_is_closed()
    {
        using var ours = new WalDbConnection("Data Source=:memory:");
        using var wrapped = new SqliteConnection("Data Source=:memory:");

        Should.Throw<InvalidOperationException>(() => ours.BackupTo("copy.db"));
        Should.Throw<InvalidOperationException>(() => wrapped.BackupTo("copy.db"));
    }

    [Test]
    public async Task BackupTo_rests_between_steps_when_there_is_a_pause([Values] bool async)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        var options = new BackupOptions { PagesPerStep = 5, Pause = TimeSpan.FromMilliseconds(1) };

        var result = async ? await source.BackupToAsync(folder.File("copy.db"), options) : source.BackupTo(folder.File("copy.db"), options);

        result.Elapsed.ShouldBeGreaterThan(options.Pause);
        SampleDatabase.CountIn(folder.File("copy.db")).ShouldBe(100);
    }
}
