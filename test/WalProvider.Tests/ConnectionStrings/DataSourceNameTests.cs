using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

/// <summary>Each reading of a name is held against what the engine does with it.</summary>
[TestFixture]
public sealed class DataSourceNameTests
{
    [TestCase(":memory:", "ReadWriteCreate", "Default", false)]
    [TestCase(":memory:", "ReadWriteCreate", "Shared", false)]
    [TestCase(":memory:", "Memory", "Default", false)]
    [TestCase("", "ReadWriteCreate", "Default", false)]
    [TestCase("", "Memory", "Shared", false)]
    [TestCase("name1", "Memory", "Default", false)]
    [TestCase("name2", "Memory", "Private", false)]
    [TestCase("name3", "Memory", "Shared", true)]
    [TestCase(":memory:", "Memory", "Shared", true)]
    [TestCase("name4?cache=shared", "Memory", "Default", true)]
    [TestCase("file::memory:", "ReadWriteCreate", "Default", false)]
    [TestCase("file::memory:?cache=shared", "ReadWriteCreate", "Default", true)]
    [TestCase("file:name5?mode=memory", "ReadWriteCreate", "Default", false)]
    [TestCase("file:name6?mode=memory&cache=shared", "ReadWriteCreate", "Default", true)]
    [TestCase("file:name7?mode=%6Demory", "ReadWriteCreate", "Shared", true)]
    [TestCase("file:name8?mode=memory&cache=private", "ReadWriteCreate", "Shared", false)]
    [TestCase("file:name9", "Memory", "Shared", true)]
    public void Database_without_a_file_is_shared_or_private_as_in_the_engine(string name, string mode, string cache, bool isShared)
    {
        var settings = WalSettings.Parse(new WalDbConnectionStringBuilder { ["Data Source"] = name, ["Mode"] = mode, ["Cache"] = cache }.ConnectionString);
        using var one = Open(settings);
        using var other = Open(settings);
        Execute(one, "CREATE TABLE seen(a)");

        settings.IsFileless.ShouldBeTrue();
        settings.ResolveFilePath().ShouldBeNull();
        raw.sqlite3_db_filename(one.Handle!, "main").utf8_to_string().ShouldBeNullOrEmpty();
        settings.IsSharedMemory.ShouldBe(isShared);
        settings.IsPrivateMemory.ShouldBe(!isShared);
        Execute(other, "SELECT count(*) FROM sqlite_master").ShouldBe(isShared ? 1L : 0L);
    }

    [TestCase("app.db")]
    [TestCase("a b;c=d'e\"f.db")]
    [TestCase("ünï?#%41.db")]
    [TestCase("FILE:x.db")]
    [TestCase(":MEMORY:")]
    public void File_of_a_path_is_the_one_that_the_engine_opens(string name)
    {
        using var folder = new TempFolder();
        ShouldBeWhatTheEngineOpens(folder.File(name));
    }

    [TestCase("file:{0}/app.db")]
    [TestCase("file://{0}/app.db")]
    [TestCase("file://localhost{0}/app.db")]
    [TestCase("file:{0}/a%20b%3F%23.db?mode=rwc")]
    [TestCase("file:{0}/app.db?cache=shared&x=y#fragment")]
    [TestCase("file:{0}/app.db?mode=rwc&mode=rwc&psow")]
    public void File_of_a_URI_is_the_one_that_the_engine_opens(string uri)
    {
        using var folder = new TempFolder();
        ShouldBeWhatTheEngineOpens(string.Format(uri, folder.Path));
    }

    [Test]
    public void URI_that_names_a_mode_goes_before_Mode_Memory()
    {
        using var folder = new TempFolder();
        ShouldBeWhatTheEngineOpens($"file:{folder.File()}?mode=rwc", SqliteOpenMode.Memory);
    }

    [TestCase("file:a.db?mode=ro", true)]
    [TestCase("file:a.db?immutable=1", true)]
    [TestCase("file:a.db?immutable=TRUE", true)]
    [TestCase("file:a.db?nolock=1", true)]
    [TestCase("file:a.db?nolock=on", true)]
    [TestCase("file:a.db?nolock=0&immutable=0", false)]
    [TestCase("file:a.db?mode=rw", false)]
    [TestCase("file:a.db", false)]
    [TestCase("a.db?mode=ro", false)]
    public void URI_that_must_not_be_written_is_read_only(string dataSource, bool expected) =>
        WalSettings.Parse(new WalDbConnectionStringBuilder { DataSource = dataSource }.ConnectionString).IsReadOnly.ShouldBe(expected);

    private static void ShouldBeWhatTheEngineOpens(string dataSource, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        var settings = WalSettings.Parse(new WalDbConnectionStringBuilder { DataSource = dataSource, Mode = mode }.ConnectionString);
        using var connection = Open(settings);
        settings.IsFileless.ShouldBeFalse();
        settings.ResolveFilePath().ShouldBe(raw.sqlite3_db_filename(connection.Handle!, "main").utf8_to_string());
    }

    private static SqliteConnection Open(WalSettings settings)
    {
        var connection = new SqliteConnection(settings.InnerConnectionString);
        connection.Open();
        return connection;
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
