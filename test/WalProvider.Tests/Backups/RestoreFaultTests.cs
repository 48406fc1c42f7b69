using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests.Backups;

/// <summary>Restores that fail on their way: the database stays as it was, and nothing is left beside it.</summary>
public class RestoreFaultTests
{
    [Test]
    public async Task RestoreFromAsync_leaves_nothing_behind_when_a_target_fails_behind_the_end_of_the_database()
    {
        using var folder = new TempFolder();
        using var backups = new TempFolder();
        using var live = SampleDatabase.Create(folder.File(), rows: 10);
        var target = new TornTarget(new FileBackupTarget(backups.Path));
        await live.BackupToAsync(target, "app");
        SampleDatabase.Insert(live, rows: 1);

        await Should.ThrowAsync<IOException>(() => live.RestoreFromAsync(target, "app"));

        SampleDatabase.Count(live).ShouldBe(11);
        folder.Names().ShouldBe(["test.db", "test.db-shm", "test.db-wal"]);
    }

    [Test]
    public async Task RestoreTo_makes_no_file_when_it_is_cancelled_at_the_end_of_the_stream([Values] bool async)
    {
        using var folder = new TempFolder();
        using var live = SampleDatabase.Create(folder.File(), rows: 10);
        live.BackupTo(folder.File("backup"));
        using var cancellation = new CancellationTokenSource();
        using var stream = new OneWayStream(async, File.ReadAllBytes(folder.File("backup"))) { AtEnd = cancellation.Cancel };
        var options = new RestoreOptions { Verification = BackupVerification.None };

        await Should.ThrowAsync<OperationCanceledException>(async () => _ = async
            ? await DatabaseBackup.RestoreToAsync(stream, folder.File("new.db"), options, cancellation.Token)
            : DatabaseBackup.RestoreTo(stream, folder.File("new.db"), options, cancellation.Token));

        folder.Names().ShouldBe(["backup", "backup.sha256", "test.db", "test.db-shm", "test.db-wal"]);
    }

    [Test]
    public void CopyTo_throws_when_the_destination_reads_by_the_wrapped_provider()
    {
        using var source = SampleDatabase.Create(":memory:", rows: 10);
        using var wrapped = new SqliteConnection("Data Source=:memory:");
        wrapped.Open();
        wrapped.Run("CREATE TABLE t(a); INSERT INTO t VALUES (1), (2)");
        using (var reader = wrapped.Read("SELECT a FROM t"))
        {
            reader.Read();
            Should.Throw<SqliteException>(() => source.CopyTo(wrapped)).SqliteErrorCode.ShouldBe(raw.SQLITE_ERROR);
        }

        wrapped.Ask("SELECT count(*) FROM t").ShouldBe(2L);
    }

    [TestCase("-wal")]
    [TestCase("-journal")]
    public void Verify_refuses_a_file_that_is_not_whole_without_the_log_beside_it(string ending)
    {
        using var folder = new TempFolder();
        using var live = SampleDatabase.Create(folder.File(), rows: 10);
        live.BackupTo(folder.File("backup"));
        File.WriteAllText(folder.File("backup" + ending), "");
        DatabaseBackup.Verify(folder.File("backup")).HasChecksum.ShouldBeTrue();

        File.WriteAllText(folder.File("backup" + ending), "of another process");

        Should.Throw<BackupException>(() => DatabaseBackup.Verify(folder.File("backup"))).Failure.ShouldBe(BackupFailure.NotABackup);
        Should.Throw<BackupException>(() => live.RestoreFrom(folder.File("backup"))).Failure.ShouldBe(BackupFailure.NotABackup);
    }

    /// <summary>A target whose connection is cut when everything was sent.</summary>
    private sealed class TornTarget(IBackupTarget target) : IBackupTarget
    {
        public Task WriteAsync(string name, Func<Stream, CancellationToken, Task> writeContent, CancellationToken cancellationToken = default)
            => target.WriteAsync(name, writeContent, cancellationToken);

        public Task<IReadOnlyList<BackupItem>> ListAsync(string prefix, CancellationToken cancellationToken = default)
            => target.ListAsync(prefix, cancellationToken);

        public async Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken = default)
        {
            await using var stream = await target.OpenReadAsync(name, cancellationToken);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, cancellationToken);
            return name == "app" ? new TornStream(content.ToArray()) : new MemoryStream(content.ToArray());
        }

        public Task DeleteAsync(string name, CancellationToken cancellationToken = default) => target.DeleteAsync(name, cancellationToken);
    }

    /// <summary>Says once that it is at its end.</summary>
    private sealed class TornStream(byte[] content) : MemoryStream(content)
    {
        private bool _isAtEnd;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = Read(buffer.Span);
            if (count == 0 && _isAtEnd)
            {
                throw new IOException("The connection was cut.");
            }

            _isAtEnd = count == 0;
            return ValueTask.FromResult(count);
        }
    }
}
