using System.Diagnostics;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

/// <summary>What a user without rights meets is tried in another process: test/WalProvider.Reliability.Tests/Inputs.</summary>
[TestFixture]
[Platform("Linux")]
public sealed class FileKindGuardTests
{
    [TestCase("")]
    [TestCase(";Mode=ReadOnly")]
    public void Check_refuses_a_pipe(string keywords)
    {
        using var folder = new TempFolder();
        Process.Start("mkfifo", [folder.File()]).WaitForExit();
        Refused($"Data Source={folder.File()}{keywords}").ShouldContain("is a pipe");
    }

    [TestCase("-wal")]
    [TestCase("-shm")]
    [TestCase("-journal")]
    public void Check_refuses_what_is_no_file_beside_the_database(string ending)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File() + ending);
        Refused($"Data Source={folder.File()}").ShouldContain($"'{folder.File()}{ending}' is a directory");
    }

    [TestCase("immutable=1")]
    [TestCase("nolock=1")]
    public void Check_refuses_a_missing_file_that_is_only_read(string parameter)
    {
        using var folder = new TempFolder();
        Refused($"Data Source=file:{folder.File()}?{parameter}").ShouldContain("does not exist");
    }

    [Test]
    public void Check_passes_a_database_and_what_is_beside_it()
    {
        using var folder = new TempFolder();
        using var connection = OpenDatabase.Open(WalSettings.Parse($"Data Source={folder.File()}"));
        connection.Query("PRAGMA journal_mode=WAL; CREATE TABLE t(a)");
        File.Exists(folder.File() + "-shm").ShouldBeTrue();
        Should.NotThrow(() => FileKindGuard.Check(WalSettings.Parse($"Data Source={folder.File()}")));
    }

    [TestCase("Data Source=:memory:;Mode=ReadOnly")]
    [TestCase("Data Source=")]
    [TestCase("Data Source=no such folder/a.db")]
    public void Check_passes_what_the_engine_judges(string connectionString)
        => Should.NotThrow(() => FileKindGuard.Check(WalSettings.Parse(connectionString)));

    private static string Refused(string connectionString)
    {
        var error = Should.Throw<SqliteException>(() => FileKindGuard.Check(WalSettings.Parse(connectionString)));
        error.SqliteErrorCode.ShouldBe(raw.SQLITE_CANTOPEN);
        return error.Message;
    }
}
