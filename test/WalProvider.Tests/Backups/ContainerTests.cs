using System.Buffers.Binary;
using System.Security.Cryptography;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

/// <summary>Containers that somebody has made wrong with care, so that one check alone stands in the way.</summary>
public class ContainerTests
{
    private const string Passphrase = "correct horse";
    private const int HeadBytes = 4;
    private const int TagBytes = 16;

    [Test]
    public void Verify_finds_a_change_of_the_content_whose_checksum_was_changed_with_it()
    {
        using var folder = new TempFolder();
        var plain = Make(folder, null);
        var backup = Make(folder, Passphrase);
        // What the cipher adds to the bytes does not depend on them, so both can be changed by who knows the content.
        var changed = (byte[])plain.Clone();
        // The last bytes of a page of rows: no check of SQLite looks at them.
        var position = (2 * 4096) - 2;
        changed[position] ^= 1;
        backup[ContainerHeader.Length + HeadBytes + position] ^= 1;
        var trailer = backup.Length - TagBytes - SHA256.HashSizeInBytes;
        foreach (var (index, (before, after)) in SHA256.HashData(plain).Zip(SHA256.HashData(changed)).Index())
        {
            backup[trailer + index] ^= (byte)(before ^ after);
        }

        Failure(folder, backup).ShouldBe(BackupFailure.Damaged);
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(BackupKey.MostIterations + 1)]
    [TestCase(int.MaxValue)]
    public void Verify_refuses_a_header_that_asks_for_endless_work_or_none(int iterations)
    {
        using var folder = new TempFolder();
        var backup = Make(folder, Passphrase);
        BinaryPrimitives.WriteInt32LittleEndian(backup.AsSpan(16), iterations);
        Seal(backup);

        Failure(folder, backup).ShouldBe(BackupFailure.Damaged);
    }

    [TestCase(10, 3)]
    [TestCase(11, 2)]
    [TestCase(12, 1)]
    public void Verify_refuses_a_header_that_says_what_no_header_says(int offset, byte value)
    {
        using var folder = new TempFolder();
        var backup = Make(folder, Passphrase);
        backup[offset] = value;
        Seal(backup);

        Failure(folder, backup).ShouldBe(BackupFailure.Damaged);
    }

    [Test]
    public void Verify_accepts_a_header_that_was_sealed_anew()
    {
        using var folder = new TempFolder();
        var backup = Make(folder, Passphrase);
        Seal(backup);

        Failure(folder, backup).ShouldBeNull();
    }

    [TestCase(0)]
    [TestCase(16)]
    [TestCase(99)]
    [TestCase(100)]
    [TestCase(4096)]
    public void Verify_finds_a_plain_backup_that_is_cut_off_even_where_SQLite_is_not_asked(int length)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("cut"), Make(folder, null)[..length]);

        Should.Throw<BackupException>(
            () => DatabaseBackup.Verify(folder.File("cut"), new RestoreOptions { Verification = BackupVerification.None }));
    }

    private static byte[] Make(TempFolder folder, string? passphrase)
    {
        if (!File.Exists(folder.File()))
        {
            SampleDatabase.Create(folder.File(), rows: 1_000).Dispose();
        }

        using var source = new WalDbConnection($"Data Source={folder.File()}");
        source.Open();
        source.BackupTo(folder.File("backup"), new BackupOptions { Passphrase = passphrase, KeyIterations = 2 });
        return File.ReadAllBytes(folder.File("backup"));
    }

    // The last bytes of a header are a checksum of the others.
    private static void Seal(byte[] backup)
    {
        const int CheckOffset = 52;
        SHA256.HashData(backup.AsSpan(0, CheckOffset)).AsSpan(0, ContainerHeader.Length - CheckOffset).CopyTo(backup.AsSpan(CheckOffset));
    }

    private static BackupFailure? Failure(TempFolder folder, byte[] backup)
    {
        File.WriteAllBytes(folder.File("changed"), backup);
        try
        {
            DatabaseBackup.Verify(folder.File("changed"), new RestoreOptions { Passphrase = Passphrase });
            return null;
        }
        catch (BackupException error)
        {
            return error.Failure;
        }
    }
}
