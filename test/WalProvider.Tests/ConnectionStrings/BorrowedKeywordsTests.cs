using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class BorrowedKeywordsTests
{
    private static readonly string[] Whole =
    [
        "Data Source=c:\\mydb.db;Version=3;",
        "Data Source=c:\\mydb.db;Version=3;New=True;",
        "Data Source=:memory:;Version=3;New=True;",
        "Data Source=c:\\mydb.db;Version=3;UseUTF16Encoding=False;",
        "Data Source=c:\\mydb.db;Version=3;Legacy Format=True;",
        "Data Source=c:\\mydb.db;Version=3;Pooling=True;Max Pool Size=100;",
        "Data Source=c:\\mydb.db;Version=3;Read Only=True;",
        "Data Source=c:\\mydb.db;Version=3;DateTimeFormat=ISO8601;BinaryGUID=False;",
        "Data Source=c:\\mydb.db;Version=3;Cache Size=2000;Page Size=1024;Max Page Count=5000;",
        "Data Source=c:\\mydb.db;Version=3;FailIfMissing=True;Journal Mode=Off;Synchronous=Full;",
        "URI=file:c:\\mydb.db;Default IsolationLevel=ReadCommitted;Flags=Default;ToFullPath=True;PrepareRetries=3",
    ];

    [TestCaseSource(nameof(Whole))]
    public void Connection_string_of_SystemDataSQLite_is_taken(string connectionString) =>
        Should.NotThrow(() => WalSettings.Parse(connectionString));

    [TestCase("Version=3", "")]
    [TestCase("Read Only=True", "Mode=ReadOnly")]
    [TestCase("ReadOnly=1", "Mode=ReadOnly")]
    [TestCase("Read Only=False", "")]
    [TestCase("Mode=Memory;Read Only=False", "Mode=Memory")]
    [TestCase("FailIfMissing=True", "Mode=ReadWrite")]
    [TestCase("FailIfMissing=False", "")]
    [TestCase("Read Only=True;FailIfMissing=True", "Mode=ReadOnly")]
    [TestCase("FailIfMissing=True;Read Only=True", "Mode=ReadOnly")]
    [TestCase("Mode=ReadWriteCreate;FailIfMissing=True", "Mode=ReadWriteCreate")]
    [TestCase("BusyTimeout=500", "\"Busy Timeout\"=500")]
    [TestCase("Default Timeout=7", "\"Default Timeout\"=7")]
    [TestCase("Journal Mode=Wal", "\"Journal Mode\"=WAL")]
    [TestCase("Journal Mode=Default", "")]
    [TestCase("Sync Mode=Full", "Synchronous=FULL")]
    [TestCase("Synchronous=Full", "Synchronous=FULL")]
    [TestCase("Page Size=1024", "\"Page Size\"=1024")]
    [TestCase("Cache Size=2000", "\"Cache Size\"=2000")]
    [TestCase("Max Page Count=5000", "\"Max Page Count\"=5000")]
    [TestCase("Foreign Keys=True", "\"Foreign Keys\"=True")]
    [TestCase("Enlist=N", "Enlist=False")]
    [TestCase("Uri=file:a.db", "\"Data Source\"=file:a.db")]
    [TestCase("FullUri=file:a.db?mode=ro", "\"Data Source\"=\"file:a.db?mode=ro\"")]
    [TestCase("Default IsolationLevel=Serializable", "\"Transaction Mode\"=Immediate")]
    [TestCase("Default Isolation Level=ReadCommitted", "\"Transaction Mode\"=Deferred")]
    [TestCase("New=True;UseUTF16Encoding=False;BinaryGUID=0;Flags=Default", "")]
    [TestCase("Legacy Format=True;ToFullPath=True;SetDefaults=True;NoDefaultFlags=True;NoSharedFlags=False", "")]
    [TestCase("BaseSchemaName=main;PrepareRetries=3;WaitTimeout=1;ProgressOps=0", "")]
    public void Setting_it_gives_our_own_keywords(string given, string expected)
    {
        // Compared as sets of keywords, since which names are quoted is the base class's affair.
        var builder = new WalDbConnectionStringBuilder(given);
        builder.EquivalentTo(new WalDbConnectionStringBuilder(expected.Replace("\"Data Source\"", "Data Source")
            .Replace("\"Busy Timeout\"", "Busy Timeout").Replace("\"", ""))).ShouldBeTrue(builder.ConnectionString);
    }

    [TestCase("Version=2", "Version")]
    [TestCase("Read Only=perhaps", "Read Only")]
    [TestCase("FailIfMissing=perhaps", "FailIfMissing")]
    [TestCase("Default IsolationLevel=Chaos", "Default IsolationLevel")]
    [TestCase("DateTimeFormat=Ticks", "DateTimeFormat")]
    [TestCase("DateTimeFormat=JulianDay", "DateTimeFormat")]
    [TestCase("DateTimeFormatString=yyyy", "DateTimeFormatString")]
    [TestCase("BinaryGUID=True", "BinaryGUID")]
    [TestCase("UseUTF16Encoding=True", "UseUTF16Encoding")]
    [TestCase("Flags=UseConnectionTypes", "Flags")]
    [TestCase("DefaultDbType=String", "DefaultDbType")]
    [TestCase("DefaultTypeName=TEXT", "DefaultTypeName")]
    [TestCase("VfsName=unix-none", "VfsName")]
    [TestCase("ZipVfsVersion=v3", "ZipVfsVersion")]
    [TestCase("PrepareRetries=often", "PrepareRetries")]
    [TestCase("Legacy Format=old", "Legacy Format")]
    public void Setting_it_is_an_error_when_it_cannot_be_honoured(string given, string keyword)
    {
        var error = Should.Throw<ArgumentException>(() => new WalDbConnectionStringBuilder(given));
        error.Message.ShouldContain($"'{keyword}'");
        error.Message.ShouldContain($"'{given[(given.IndexOf('=') + 1)..]}'");
        error.Message.ShouldContain(BorrowedKeywords.Find(keyword)!.Text);
    }

    [Test]
    public void Password_that_is_refused_is_not_shown()
    {
        var error = Should.Throw<ArgumentException>(() => new WalDbConnectionStringBuilder("HexPassword=00ff"));
        error.Message.ShouldContain("'HexPassword'");
        error.Message.ShouldNotContain("00ff");
    }

    [Test]
    public void Reading_it_is_an_error_that_says_so()
    {
        var builder = new WalDbConnectionStringBuilder { ["Read Only"] = true };

        Should.Throw<ArgumentException>(() => builder["Read Only"]).Message.ShouldContain("Read Only");
        builder.ContainsKey("Read Only").ShouldBeFalse();
        builder.TryGetValue("Read Only", out _).ShouldBeFalse();
        builder.Mode.ShouldBe(SqliteOpenMode.ReadOnly);
    }
}
