using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

public class RestoreFromTests
{
    [Test]
    public async Task RestoreFrom_replaces_the_content_when_the_backup_is_whole(
        [Values] bool async, [Values] bool isStream, [Values] BackupCompression compression)
    {
        using var folder = new TempFolder();
        using var live = SampleDatabase.Create(folder.File(), rows: 1_000);
        live.BackupTo(folder.File("backup"), new BackupOptions { Compression = compression });
        SampleDatabase.Execute(live, "DELETE FROM item; CREATE TABLE later(x)");
        using var stream = File.OpenRead(folder.File("backup"));

        var result = (async, isStream) switch
        {
            (true, true) => await live.RestoreFromAsync(stream),
            (true, false) => await live.RestoreFromAsync(folder.File("backup")),
            (false, true) => live.RestoreFrom(stream),
            (false, false) => live.RestoreFrom(folder.File("backup")),
        };

        SampleDatabase.Count(live).ShouldBe(1_000);
        result.Compression.ShouldBe(compression);
        Should.Throw<SqliteException>(() => SampleDatabase.Execute(live, "SELECT * FROM later"));
        Scalar(live, "PRAGMA journal_mode").ShouldBe("wal");
        Scalar(live, "PRAGMA integrity_check").ShouldBe("ok");
        folder.Names().Where(name => name.Contains("pending", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Test]
    public void RestoreFrom_lets_readers_finish_what_they_read_when_the_database_has_a_wal()
    {
        using var folder = new TempFolder();
        using var live = SampleDatabase.Create(folder.File(), rows: 100);
        live.BackupTo(folder.File("backup"));
        SampleDatabase.Insert(live, rows: 50);
        using var other = new WalDbConnection(live.ConnectionString);
        other.Open();
        using var command = other.CreateCommand();
        command.CommandText = "SELECT id FROM item";
        using var reader = command.ExecuteReader();
        reader.Read();

        live.RestoreFrom(folder.File("backup"));

        var rows = 1;
        while (reader.Read())
        {
            rows++;
        }

        rows.ShouldBe(150);
        reader.Close();
        SampleDatabase.Count(other).ShouldBe(100);
    }

    [Test]
    public void RestoreFrom_waits_in_vain_and_changes_nothing_when_a_reader_holds_a_rollback_journal_database()
    {
        using var folder = new TempFolder();
        using var live = SampleDatabase.Create(folder.File(), rows: 10, "Journal Mode=DELETE;Busy Timeout=20");
        live.BackupTo(folder.File("backup"));
        SampleDatabase.Insert(live, rows: 5);
        using var other = new WalDbConnection(live.ConnectionString);
        other.Open();
        using var command = other.CreateCommand();
        command.CommandText = "SELECT id FROM item";
        using (var reader = command.ExecuteReader())
        {
            reader.Read();
            Should.Throw<SqliteBusyException>(() => live.RestoreFrom(folder.File("backup")));
        }

        SampleDatabase.Count(live).ShouldBe(15);
        live.RestoreFrom(folder.File("backup"));
        SampleDatabase.Count(other).ShouldBe(10);
    }

    [Test]
    public void RestoreFrom_keeps_the_mode_of_the_database_when_the_backup_has_another([Values("WAL", "DELETE")] string mode, [Values] BackupJournalMode backup)
    {
        using var folder = new TempFolder();
        using var live = SampleDatabase.Create(folder.File(), rows: 10, $"Journal Mode={mode}");
        live.BackupTo(folder.File("backup"), new BackupOptions { JournalMode = backup });
        SampleDatabase.Insert(live, rows: 5);

        live.RestoreFrom(folder.File("backup"));

        Scalar(live, "PRAGMA journal_mode").ShouldBe(mode.ToLowerInvariant());
        SampleDatabase.Count(live).ShouldBe(10);
        File.Exists(folder.File("backup-wal")).ShouldBeFalse();
    }

    [Test]
    public void RestoreFrom_takes_over_the_page_size_when_nobody_else_has_the_database_open()
    {
        using var folder = new TempFolder();
        using (var small = SampleDatabase.Create(folder.File("small.db"), rows: 200, "Page Size=1024"))
        {
            small.BackupTo(folder.File("backup"));
        }

        using var live = SampleDatabase.Create(folder.File(), rows: 10);

        live.RestoreFrom(folder.File("backup"));

        SampleDatabase.Count(live).ShouldBe(200);
        Scalar(live, "PRAGMA page_size").ShouldBe("1024");
        Scalar(live, "PRAGMA journal_mode").ShouldBe("wal");
    }

    [Test]
    public void RestoreFrom_commits_the_pending_batch_of_this_connection_and_waits_for_others()
    {
        using var folder = new TempFolder();
        using var live = SampleDatabase.Create(folder.File(), rows: 10, "Write Batch Size=1000;Busy Timeout=50;Write Batch Interval=0");
        live.BackupTo(folder.File("backup"));
        SampleDatabase.Insert(live, rows: 1);
        live.RestoreFrom(folder.File("backup"));
        live.PendingWrites.ShouldBe(0);
        using var other = new WalDbConnection(live.ConnectionString);
        other.Open();
        using (var transaction = other.BeginTransaction())
        {
            Should.Throw<SqliteException>(() => live.RestoreFrom(folder.File("backup"))).SqliteErrorCode.ShouldBe(5);
            transaction.Rollback();
        }

        SampleDatabase.Insert(other, rows: 1);
        live.RestoreFrom(folder.File("backup"));
        SampleDatabase.Count(other).ShouldBe(10);
    }

    [Test]
    public void RestoreFrom_refuses_a_connection_in_use_and_changes_nothing()
    {
        using var folder = new TempFolder();
        using var live = SampleDatabase.Create(folder.File(), rows: 10);
        live.BackupTo(folder.File("backup"));
        SampleDatabase.Insert(live, rows: 5);

        using (live.BeginTransaction())
        {
            Should.Throw<InvalidOperationException>(() => live.RestoreFrom(folder.File("backup")));
        }

        using (var command = live.CreateCommand())
        {
            command.CommandText = "SELECT id FROM item";
            using var reader = command.ExecuteReader();
            Should.Throw<InvalidOperationException>(() => live.RestoreFrom(folder.File("backup")));
        }

        Should.Throw<ArgumentException>(() => live.RestoreFrom(folder.File()));
        SampleDatabase.Count(live).ShouldBe(15);
    }

    [Test]
    public void RestoreFrom_changes_nothing_when_the_backup_is_refused()
    {
        using var folder = new TempFolder();
        using var live = SampleDatabase.Create(folder.File(), rows: 3_000);
        live.BackupTo(folder.File("backup"), new BackupOptions { Checksum = false });
        using (var handle = File.OpenHandle(folder.File("backup"), FileMode.Open, FileAccess.Write))
        {
            RandomAccess.Write(handle, new byte[4096], 4096 * 10);
        }

        SampleDatabase.Insert(live, rows: 1);

        Should.Throw<BackupException>(() => live.RestoreFrom(folder.File("backup"))).Failure.ShouldBe(BackupFailure.Damaged);
        Should.Throw<FileNotFoundException>(() => live.RestoreFrom(folder.File("none")));

        SampleDatabase.Count(live).ShouldBe(3_001);
        folder.Names().ShouldBe(["backup", "test.db", "test.db-shm", "test.db-wal"]);
    }

    [Test]
    public void RestoreFrom_changes_nothing_when_it_is_cancelled_on_the_way()
    {
        using var folder = new TempFolder();
        using var live = SampleDatabase.Create(folder.File(), rows: 60_000);
        live.BackupTo(folder.File("backup"));
        SampleDatabase.Insert(live, rows: 1);
        using var cancellation = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(
            () => live.RestoreFrom(folder.File("backup"), null, new ProgressList(_ => cancellation.Cancel()), cancellation.Token));

        SampleDatabase.Count(live).ShouldBe(60_001);
        SampleDatabase.Insert(live, rows: 1);
    }

    [Test]
    public void RestoreTo_makes_a_new_file_and_never_replaces_one()
    {
        using var folder = new TempFolder();
        using var live = SampleDatabase.Create(folder.File(), rows: 10);
        live.BackupTo(folder.File("backup"));
        File.WriteAllText(folder.File("there.db"), "old");
        File.WriteAllText(folder.File("log.db-wal"), "old");

        DatabaseBackup.RestoreTo(folder.File("backup"), folder.File("new.db")).Pages.ShouldBeGreaterThan(1);

        SampleDatabase.CountIn(folder.File("new.db")).ShouldBe(10);
        Should.Throw<IOException>(() => DatabaseBackup.RestoreTo(folder.File("backup"), folder.File("there.db")));
        Should.Throw<IOException>(() => DatabaseBackup.RestoreTo(folder.File("backup"), folder.File("log.db")));
        File.ReadAllText(folder.File("there.db")).ShouldBe("old");
    }

    private static string? Scalar(WalDbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
