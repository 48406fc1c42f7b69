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
}
