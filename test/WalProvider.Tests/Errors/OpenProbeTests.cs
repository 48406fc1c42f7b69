using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class OpenProbeTests
{
    [TestCase("only text", raw.SQLITE_NOTADB)]
    [TestCase("SQLite format 3\0 and then something else", raw.SQLITE_NOTADB)]
    public void ReadHeader_throws_when_the_file_is_no_database(string content, int code)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File(), content);
        using var connection = OpenDatabase.Open(WalSettings.Parse($"Data Source={folder.File()}"));

        Should.Throw<SqliteException>(() => OpenProbe.ReadHeader(connection)).SqliteErrorCode.ShouldBe(code);
    }

    [TestCase("Data Source=:memory:")]
    [TestCase("Data Source=")]
    public void ReadHeader_passes_where_there_is_no_file(string connectionString)
    {
        using var connection = OpenDatabase.Open(WalSettings.Parse(connectionString));
        Should.NotThrow(() => OpenProbe.ReadHeader(connection));
    }

    [Test]
    public void ReadHeader_passes_a_new_file_and_leaves_it_empty()
    {
        using var folder = new TempFolder();
        using var connection = OpenDatabase.Open(WalSettings.Parse($"Data Source={folder.File()}"));

        OpenProbe.ReadHeader(connection);

        new FileInfo(folder.File()).Length.ShouldBe(0);
    }

    [Test]
    public void ReadHeader_leaves_no_statement_and_no_transaction_open()
    {
        using var folder = new TempFolder();
        using var connection = OpenDatabase.Open(WalSettings.Parse($"Data Source={folder.File()}"));
        connection.Query("CREATE TABLE t(a)");

        OpenProbe.ReadHeader(connection);

        using var other = OpenDatabase.Open(WalSettings.Parse($"Data Source={folder.File()}"));
        Should.NotThrow(() => other.Query("BEGIN EXCLUSIVE"));
    }

    [Test]
    public void ReadHeader_throws_BUSY_when_it_is_not_to_wait()
    {
        using var folder = new TempFolder();
        using var writer = OpenDatabase.Open(WalSettings.Parse($"Data Source={folder.File()}"));
        writer.Query("CREATE TABLE t(a); BEGIN EXCLUSIVE");
        using var connection = OpenDatabase.Open(WalSettings.Parse($"Data Source={folder.File()}"));

        Should.Throw<SqliteException>(() => OpenProbe.ReadHeader(connection)).SqliteErrorCode.ShouldBe(raw.SQLITE_BUSY);
    }
}
