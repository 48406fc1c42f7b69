using System.Buffers.Binary;
using System.IO.Compression;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

public class BackupFormatTests
{
    private const string Passphrase = "correct horse";
    private const int HeaderBytes = 64;

    [Test]
    public async Task RestoreTo_gives_the_same_database_when_it_was_encoded(
        [Values] BackupCompression compression, [Values(null, Passphrase)] string? passphrase, [Values] bool async)
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 3_000);
        var plain = source.BackupTo(folder.File("plain.db"));
        var options = Options(compression, passphrase, BackupVerification.Full);
        var restore = new RestoreOptions { Passphrase = passphrase, Verification = BackupVerification.Full };

        var result = async ? await source.BackupToAsync(folder.File("backup"), options) : source.BackupTo(folder.File("backup"), options);
        var found = async
            ? await DatabaseBackup.RestoreToAsync(folder.File("backup"), folder.File("restored.db"), restore)
            : DatabaseBackup.RestoreTo(folder.File("backup"), folder.File("restored.db"), restore);

        ChecksumFile.Compute(folder.File("restored.db"), CancellationToken.None).ShouldBe(plain.Sha256);
        ChecksumFile.Compute(folder.File("backup"), CancellationToken.None).ShouldBe(result.Sha256);
        result.Bytes.ShouldBe(new FileInfo(folder.File("backup")).Length);
        found.ShouldSatisfyAllConditions(
            it => it.Compression.ShouldBe(compression),
            it => it.IsEncrypted.ShouldBe(passphrase is not null),
            it => it.HasChecksum.ShouldBeTrue(),
            it => it.DatabaseBytes.ShouldBe(plain.Bytes));
    }

    [Test]
    public void BackupTo_writes_an_ordinary_gzip_file_when_it_is_not_encrypted()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        source.BackupTo(folder.File("copy.db.gz"), Options(BackupCompression.Gzip, null));

        using (var gzip = new GZipStream(File.OpenRead(folder.File("copy.db.gz")), CompressionMode.Decompress))
        using (var file = File.Create(folder.File("copy.db")))
        {
            gzip.CopyTo(file);
        }

        SampleDatabase.CountIn(folder.File("copy.db")).ShouldBe(100);
    }

    [Test]
    public void BackupTo_leaves_no_plain_text_when_it_is_encrypted()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());

        source.BackupTo(folder.File("backup"), Options(BackupCompression.None, Passphrase));

        File.ReadAllBytes(folder.File("backup")).AsSpan().IndexOf("CREATE TABLE"u8).ShouldBe(-1);
        folder.Names().ShouldBe(["backup", "backup.sha256", "test.db", "test.db-shm", "test.db-wal"]);
    }

    [Test]
    public void Verify_tells_a_missing_passphrase_from_a_wrong_one()
    {
        using var folder = new TempFolder();
        var backup = Encoded(folder, BackupCompression.None, Passphrase);

        Failure(backup, null).ShouldBe(BackupFailure.PassphraseMissing);
        Failure(backup, "wrong").ShouldBe(BackupFailure.PassphraseWrong);
        Failure(backup, Passphrase).ShouldBeNull();
    }

    [Test]
    public void Verify_finds_a_flipped_bit_wherever_it_is([Values] BackupCompression compression, [Values(null, Passphrase)] string? passphrase)
    {
        using var folder = new TempFolder();
        var backup = Encoded(folder, compression, passphrase);
        var isContainer = passphrase is not null || compression == BackupCompression.Brotli;
        // gzip and plain files say nothing of all their bytes by themselves: there the checksum beside them does.
        File.WriteAllText(folder.File("damaged.sha256"), File.ReadAllText(folder.File("backup.sha256")).Replace("backup", "damaged", StringComparison.Ordinal));
        var random = new Random(7);

        foreach (var position in Enumerable.Range(0, isContainer ? HeaderBytes + 8 : 4).Concat(Enumerable.Range(0, 25).Select(_ => random.Next(backup.Length))))
        {
            var damaged = (byte[])backup.Clone();
            damaged[position] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(folder.File("damaged"), damaged);
            Should.Throw<BackupException>(
                () => DatabaseBackup.Verify(folder.File("damaged"), new RestoreOptions { Passphrase = passphrase }), $"byte {position}");
            if (isContainer)
            {
                Failure(damaged, passphrase).ShouldNotBeNull($"byte {position}");
            }
        }
    }

    [Test]
    public void Verify_finds_a_backup_that_is_cut_off([Values] BackupCompression compression, [Values(null, Passphrase)] string? passphrase)
    {
        using var folder = new TempFolder();
        var backup = Encoded(folder, compression, passphrase);

        foreach (var length in new[] { 0, 1, 15, 16, 63, 64, 70, backup.Length / 2, backup.Length - 4096, backup.Length - 40, backup.Length - 1 }.Where(length => length >= 0 && length < backup.Length))
        {
            Failure(backup[..length], passphrase).ShouldNotBeNull($"{length} of {backup.Length} bytes");
        }
    }

    [Test]
    public void Verify_finds_chunks_that_were_moved_dropped_or_taken_from_another_backup()
    {
        using var folder = new TempFolder();
        var backup = Encoded(folder, BackupCompression.None, Passphrase);
        var other = Encoded(folder, BackupCompression.None, Passphrase);
        var chunks = Chunks(backup);
        var others = Chunks(other);
        chunks.Count.ShouldBeGreaterThan(3);

        Failure(Join(backup, [chunks[1], chunks[0], .. chunks[2..]]), Passphrase).ShouldBe(BackupFailure.Damaged);
        Failure(Join(backup, [chunks[0], .. chunks[2..]]), Passphrase).ShouldBe(BackupFailure.Damaged);
        Failure(Join(backup, [chunks[0], chunks[0], .. chunks[1..]]), Passphrase).ShouldBe(BackupFailure.Damaged);
        Failure(Join(backup, [others[0], .. chunks[1..]]), Passphrase).ShouldBe(BackupFailure.Damaged);
        Failure(Join(backup, [.. chunks[..^1]]), Passphrase).ShouldBe(BackupFailure.Damaged);
        Failure(Join(backup, [.. chunks, chunks[^1]]), Passphrase).ShouldBe(BackupFailure.Damaged);
        Failure(Join(backup, [.. chunks]), Passphrase).ShouldBeNull();
    }

    [Test]
    public void Verify_refuses_a_format_that_is_newer()
    {
        using var folder = new TempFolder();
        var backup = Encoded(folder, BackupCompression.Brotli, null);
        BinaryPrimitives.WriteUInt16LittleEndian(backup.AsSpan(8), 2);

        Failure(backup, null).ShouldBe(BackupFailure.NewerFormat);
    }

    [TestCase("some text that is no database, and long enough to have a header of a hundred bytes or more, if it were one, which it is not")]
    [TestCase("")]
    public void Verify_refuses_what_is_no_backup(string content)
    {
        Failure(System.Text.Encoding.UTF8.GetBytes(content), null).ShouldBe(BackupFailure.NotABackup);
    }

    [Test]
    public void Verify_refuses_gzip_of_something_else()
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("hello"u8);
        }

        Failure(stream.ToArray(), null).ShouldBe(BackupFailure.NotABackup);
    }

    [Test]
    public void Verify_refuses_a_database_with_a_log_beside_it()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());

        Should.Throw<BackupException>(() => DatabaseBackup.Verify(folder.File())).Failure.ShouldBe(BackupFailure.NotABackup);
    }

    [Test]
    public void Verify_accepts_the_new_backup_and_the_old_when_a_crash_came_between_the_renames()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File());
        source.BackupTo(folder.File("old"));
        SampleDatabase.Insert(source, rows: 10);
        source.BackupTo(folder.File("new"));
        var both = folder.Names().Where(name => name.EndsWith(".sha256", StringComparison.Ordinal))
            .Select(name => File.ReadAllText(folder.File(name))[..64] + "  backup\n");
        File.WriteAllText(folder.File("backup.sha256"), string.Concat(both));

        foreach (var name in new[] { "old", "new" })
        {
            File.Copy(folder.File(name), folder.File("backup"), overwrite: true);
            DatabaseBackup.Verify(folder.File("backup")).HasChecksum.ShouldBeTrue();
        }

        source.BackupTo(folder.File("backup"));
        File.ReadAllLines(folder.File("backup.sha256")).Length.ShouldBe(1);
    }

    private static BackupOptions Options(BackupCompression compression, string? passphrase, BackupVerification verification = BackupVerification.Quick)
        => new() { Compression = compression, Passphrase = passphrase, Verification = verification, KeyIterations = 2 };

    private static byte[] Encoded(TempFolder folder, BackupCompression compression, string? passphrase)
    {
        using var source = new WalDbConnection($"Data Source={folder.File()}");
        if (!File.Exists(folder.File()))
        {
            SampleDatabase.Create(folder.File(), rows: 3_000).Dispose();
        }

        source.Open();
        source.BackupTo(folder.File("backup"), Options(compression, passphrase));
        return File.ReadAllBytes(folder.File("backup"));
    }

    // Without the checksum beside it: the format must find the damage by itself.
    private static BackupFailure? Failure(byte[] backup, string? passphrase)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("backup"), backup);
        try
        {
            DatabaseBackup.Verify(folder.File("backup"), new RestoreOptions { Passphrase = passphrase });
            return null;
        }
        catch (BackupException error)
        {
            return error.Failure;
        }
    }

    private static List<byte[]> Chunks(byte[] backup)
    {
        var chunks = new List<byte[]>();
        for (var position = HeaderBytes; position < backup.Length;)
        {
            var length = 4 + (int)(BinaryPrimitives.ReadUInt32LittleEndian(backup.AsSpan(position)) & int.MaxValue) + 16;
            chunks.Add(backup[position..(position + length)]);
            position += length;
        }

        return chunks;
    }

    private static byte[] Join(byte[] backup, IEnumerable<byte[]> chunks) => [.. backup[..HeaderBytes], .. chunks.SelectMany(chunk => chunk)];
}
