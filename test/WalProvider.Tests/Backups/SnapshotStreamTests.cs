using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

public class SnapshotStreamTests
{
    [Test]
    public async Task BackupTo_sends_a_stream_the_very_bytes_of_the_file(
        [Values(512, 4096, 65536)] int pageSize, [Values(1, 7, 1024)] int pagesPerStep, [Values] bool async)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 3_000, $"Page Size={pageSize}");
        source.Checkpoint(CheckpointMode.Truncate);
        SampleDatabase.Execute(source, "UPDATE item SET size = 0 WHERE id % 7 = 0; CREATE TABLE later(x); DELETE FROM item WHERE id > 2500");
        using var stream = new MemoryStream();
        var options = new BackupOptions { PagesPerStep = pagesPerStep };

        var result = async ? await source.BackupToAsync(stream, options) : source.BackupTo(stream, options);

        var file = source.BackupTo(folder.File("copy.db"));
        stream.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(folder.File("copy.db"))).ShouldBeTrue();
        (result with { Path = file.Path, Elapsed = file.Elapsed }).ShouldBe(file);
    }

    [Test]
    public void BackupTo_makes_no_file_when_it_sends_a_stream([Values] BackupCompression compression, [Values] bool isEncrypted)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 5_000);
        var before = Left();
        var seen = new List<string>();
        var options = new BackupOptions { PagesPerStep = 10, Compression = compression, Passphrase = isEncrypted ? "p" : null, KeyIterations = 1 };
        using var stream = new MemoryStream();

        source.BackupTo(stream, options, new ProgressList(_ => seen.AddRange(Left().Concat(folder.Names()))));

        seen.Except(before).Except(["test.db", "test.db-shm", "test.db-wal"]).ShouldBeEmpty();
        stream.Position = 0;
        DatabaseBackup.RestoreTo(stream, folder.File("restored.db"), new RestoreOptions { Passphrase = "p" });
        File.ReadAllBytes(folder.File("restored.db")).ShouldBe(BytesOfFileBackup(source, folder));

        static string[] Left() => [.. Directory.GetFiles(Path.GetTempPath(), $".walprovider-backup.*-{Environment.ProcessId}-*")];
    }

    [Test]
    public void BackupTo_sends_one_moment_when_another_connection_writes_between_all_steps()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 3_000);
        var expected = BytesOfFileBackup(source, folder);
        using var writer = new WalDbConnection(source.ConnectionString);
        writer.Open();
        var steps = new ProgressList(_ =>
        {
            SampleDatabase.Insert(writer, rows: 10);
            SampleDatabase.Execute(writer, "CREATE TABLE IF NOT EXISTS other(x)");
            writer.Checkpoint(CheckpointMode.Passive);
        });
        using var stream = new MemoryStream();

        source.BackupTo(stream, new BackupOptions { PagesPerStep = 5 }, steps);

        steps.Count.ShouldBeGreaterThan(10);
        stream.ToArray().ShouldBe(expected);
    }

    [Test]
    public void BackupTo_sends_nothing_and_names_the_pages_when_the_database_is_damaged()
    {
        using var folder = new TempFolder();
        SampleDatabase.Create(folder.File(), rows: 5_000, "Pooling=False").Dispose();
        using (var handle = File.OpenHandle(folder.File(), FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.Write(handle, Enumerable.Repeat((byte)0x5a, 4096).ToArray(), 4096 * 20);
        }

        using var source = new WalDbConnection($"Data Source={folder.File()};Pooling=False");
        source.Open();
        using var stream = new MemoryStream();

        var error = Should.Throw<BackupException>(() => source.BackupTo(stream));

        error.Failure.ShouldBe(BackupFailure.SourceDamaged);
        error.Message.ShouldContain("page 21");
        stream.Length.ShouldBe(0);
        source.BackupTo(stream, new BackupOptions { Verification = BackupVerification.None }).Bytes.ShouldBe(stream.Length);
    }

    [Test]
    public async Task BackupTo_throws_what_the_stream_throws_and_holds_nothing_afterwards([Values] bool async)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 5_000);
        using var full = new FullStream(100_000);

        await Should.ThrowAsync<IOException>(async () => _ = async ? await source.BackupToAsync(full) : source.BackupTo(full));

        // A snapshot that were still pinned would keep the WAL from being emptied.
        SampleDatabase.Insert(source, rows: 1);
        source.Checkpoint(CheckpointMode.Truncate, TimeSpan.Zero).Completed.ShouldBeTrue();
        new FileInfo(folder.File() + "-wal").Length.ShouldBe(0);
    }

    [Test]
    public async Task BackupTo_stops_a_stream_when_it_is_cancelled([Values(0.0, 0.5, 0.99)] double at, [Values] bool async)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 5_000);
        using var cancellation = new CancellationTokenSource();
        var steps = new ProgressList(report =>
        {
            if (report.Fraction >= at)
            {
                cancellation.Cancel();
            }
        });
        using var stream = new MemoryStream();
        var options = new BackupOptions { PagesPerStep = 1 };

        await Should.ThrowAsync<OperationCanceledException>(async () => _ = async
            ? await source.BackupToAsync(stream, options, steps, cancellation.Token)
            : source.BackupTo(stream, options, steps, cancellation.Token));

        SampleDatabase.Insert(source, rows: 1);
        source.Checkpoint(CheckpointMode.Truncate, TimeSpan.Zero).Completed.ShouldBeTrue();
    }

    [Test]
    public void BackupTo_reports_the_steps_of_a_stream_behind_what_was_written()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 5_000);
        using var stream = new MemoryStream();
        var written = new List<long>();
        var reports = new ProgressList(_ => written.Add(stream.Length));

        var result = source.BackupTo(stream, new BackupOptions { PagesPerStep = 10 }, reports);

        reports[^1].PagesDone.ShouldBe(result.Pages);
        reports[^1].Bytes.ShouldBe(result.DatabaseBytes);
        written[^1].ShouldBe(result.Bytes);
        written.ShouldBeInOrder();
        written[written.Count / 2].ShouldBeInRange(result.Bytes / 3, result.Bytes * 2 / 3);
    }

    [Test]
    public void BackupTo_sends_what_cannot_be_pinned_by_way_of_a_temporary_file(
        [Values("file", "memory", "vacuum", "rollback")] string kind)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(
            kind == "memory" ? ":memory:" : folder.File(), rows: 500, kind == "rollback" ? "Journal Mode=DELETE" : "");
        using var stream = new MemoryStream();
        var mode = kind == "vacuum" ? BackupMode.VacuumInto : BackupMode.Online;

        source.BackupTo(stream, new BackupOptions { Mode = mode, TemporaryFolder = kind == "file" ? folder.Path : null });

        stream.Position = 0;
        DatabaseBackup.RestoreTo(stream, folder.File("restored.db"));
        SampleDatabase.CountIn(folder.File("restored.db")).ShouldBe(500);
    }

    [Test]
    public void BackupTo_sends_the_very_bytes_when_the_engine_is_another()
    {
        if (!System.Runtime.InteropServices.NativeLibrary.TryLoad("libsqlite3.so.0", out _))
        {
            Assert.Ignore("There is no second SQLite library on this machine.");
        }

        using var folder = new TempFolder();
        SampleDatabase.Create(folder.File(), rows: 3_000).Dispose();

        var answer = WorkerProcess.Run("second-engine-stream", folder.File()).Split(' ');

        answer[1..].ShouldBe(["True", "True"]);
    }

    [Test]
    public void Layer_opens_nothing_but_our_own_databases_when_somebody_else_names_it()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        source.BackupTo(Stream.Null);
        using var foreign = new SqliteConnection("Data Source=file:anything?vfs=walprovider-sink;Pooling=False");
        foreign.Open();
        using var command = foreign.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = OFF";
        command.ExecuteScalar();
        command.CommandText = "CREATE TABLE t(x)";

        Should.Throw<SqliteException>(() => command.ExecuteNonQuery());
    }

    [Test]
    public void Layer_opens_no_journal()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        source.BackupTo(Stream.Null);
        using var foreign = new SqliteConnection("Data Source=file:anything?vfs=walprovider-sink;Pooling=False");
        foreign.Open();

        Should.Throw<SqliteException>(() => foreign.Run("CREATE TABLE t(x)")).SqliteErrorCode.ShouldBe(SQLitePCL.raw.SQLITE_CANTOPEN);
    }

    [Test]
    public void Attach_leaves_a_database_of_another_layer_alone()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        source.BackupTo(Stream.Null);

        SinkVfs.Attach(source.Session.Engine.Db, default).ShouldBeFalse();
    }

    private static byte[] BytesOfFileBackup(WalDbConnection source, TempFolder folder)
    {
        source.BackupTo(folder.File("expected.bak"), new BackupOptions { Checksum = false });
        var bytes = File.ReadAllBytes(folder.File("expected.bak"));
        File.Delete(folder.File("expected.bak"));
        return bytes;
    }

    private sealed class FullStream(int room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => Take(buffer.Length);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Take(buffer.Length);
            return default;
        }

        private void Take(int count)
        {
            if ((room -= count) < 0)
            {
                throw new IOException("No room is left.");
            }
        }
    }
}
