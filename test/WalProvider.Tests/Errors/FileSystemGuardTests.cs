using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class FileSystemGuardTests
{
    private const uint Nfs = 0x6969;
    private const uint Ext4 = 0xEF53;
    private const uint Fuse = 0x65735546;

    [TestCase(0x6969u, "NFS")]
    [TestCase(0x517Bu, "SMB")]
    [TestCase(0xFF534D42u, "CIFS")]
    [TestCase(0xFE534D42u, "SMB2")]
    [TestCase(0x01021997u, "9p")]
    [TestCase(0x5346414Fu, "AFS")]
    [TestCase(0x6B414653u, "AFS")]
    [TestCase(0x73757245u, "Coda")]
    [TestCase(0x00C36400u, "Ceph")]
    public void Check_refuses_WAL_on_a_network_file_system(uint type, string name)
    {
        var error = Should.Throw<SqliteException>(() => FileSystemGuard.Check(WalSettings.Parse("Data Source=a.db"), _ => type));
        error.SqliteErrorCode.ShouldBe(raw.SQLITE_CANTOPEN);
        foreach (var fact in new[] { name, "'a.db'", "Journal Mode", "Allow Network File System" })
            error.Message.ShouldContain(fact);
    }

    [TestCase(0xEF53u)]
    [TestCase(0x01021994u)]
    [TestCase(0x65735546u)]
    [TestCase(0x794C7630u)]
    [TestCase(0u)]
    public void Check_passes_any_other_file_system(uint type) =>
        Should.NotThrow(() => FileSystemGuard.Check(WalSettings.Parse("Data Source=a.db"), _ => type));

    [TestCase(Fuse, "", true)]
    [TestCase(Fuse, ";Journal Mode=DELETE", false)]
    [TestCase(Fuse, ";Allow Network File System=True", false)]
    [TestCase(Ext4, "", false)]
    public void Check_doubts_FUSE_where_there_is_WAL(uint type, string keywords, bool isDoubtful) =>
        FileSystemGuard.Check(WalSettings.Parse("Data Source=a.db" + keywords), _ => type).ShouldBe(isDoubtful);

    [TestCase("Data Source=a.db;Allow Network File System=True")]
    [TestCase("Data Source=a.db;Journal Mode=DELETE")]
    [TestCase("Data Source=a.db;Profile=None")]
    [TestCase("Data Source=a.db;Mode=ReadOnly")]
    [TestCase("Data Source=:memory:")]
    public void Check_passes_when_there_is_no_WAL_or_it_is_allowed(string connectionString) =>
        Should.NotThrow(() => FileSystemGuard.Check(WalSettings.Parse(connectionString), _ => Nfs));

    [Test]
    public void Check_passes_when_nobody_knows_the_file_system() =>
        Should.NotThrow(() => FileSystemGuard.Check(WalSettings.Parse("Data Source=a.db"), _ => null));

    [Test]
    public void Check_asks_the_folder_when_the_file_is_not_there_yet()
    {
        using var folder = new TempFolder();
        var asked = new List<string>();
        Should.Throw<SqliteException>(() => FileSystemGuard.Check(WalSettings.Parse($"Data Source={folder.File()}"), path =>
        {
            asked.Add(path);
            return path == folder.Path ? Nfs : null;
        }));
        asked.ShouldBe([folder.File(), folder.Path]);
    }

    [Test]
    public void Check_goes_by_the_file_when_it_is_elsewhere_than_its_folder() =>
        Should.NotThrow(() => FileSystemGuard.Check(
            WalSettings.Parse("Data Source=a.db"), path => path.EndsWith("a.db", StringComparison.Ordinal) ? Ext4 : Nfs));

    [Test]
    [Platform("Linux")]
    public void TypeOf_asks_the_kernel()
    {
        // Every Linux has it, whatever the disk is.
        FileSystemGuard.TypeOf("/proc").ShouldBe(0x9FA0u);
        FileSystemGuard.TypeOf("/proc/no such file").ShouldBeNull();
    }

    [Test]
    public void Check_passes_a_local_folder()
    {
        using var folder = new TempFolder();
        Should.NotThrow(() => FileSystemGuard.Check(WalSettings.Parse($"Data Source={folder.File()}")));
    }
}
