using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class SessionPoolFileTests
{
    [Test]
    public void ClearPool_releases_the_file()
    {
        using var folder = new TempFolder();
        using var connection = new WalDbConnection($"Data Source={folder.File()}");
        connection.Open();
        connection.Run("CREATE TABLE t(a)");
        connection.Close();

        WalDbConnection.ClearPool(connection);

        // The last connection takes the WAL with it.
        Directory.GetFiles(folder.Path).ShouldBe([folder.File()]);
        folder.Descriptors.ShouldBe(0);
    }

    [Test]
    public void ClearPool_closes_a_session_in_use_when_it_comes_back()
    {
        using var database = new TestDatabase();
        using (var connection = database.OpenWithTable())
        {
            database.Source.Clear();
            connection.Run("INSERT INTO t VALUES(1)");
        }

        database.Source.Statistics.Open.ShouldBe(0);
        database.Descriptors.ShouldBe(0);
    }

    [Test, NonParallelizable]
    public void ClearAllPools_releases_the_files_of_connections_and_data_sources()
    {
        using var database = new TestDatabase();
        database.Open().Dispose();
        using var folder = new TempFolder();
        using (var connection = new WalDbConnection($"Data Source={folder.File()}"))
            connection.Open();

        WalDbConnection.ClearAllPools();

        database.Source.Statistics.Open.ShouldBe(0);
        folder.Descriptors.ShouldBe(0);
    }

    [Test]
    public void Open_sees_the_file_that_was_put_in_place_after_ClearPool()
    {
        using var database = new TestDatabase();
        using (var connection = database.OpenWithTable())
            connection.Run("INSERT INTO t VALUES('old')");
        database.Source.Clear();

        File.Move(database.File, database.File + ".old");
        using (var fresh = database.OpenWithTable())
            fresh.Ask("SELECT count(*) FROM t").ShouldBe(0L);

        database.Source.Clear();
        File.Delete(database.File);
        File.Move(database.File + ".old", database.File);
        using var again = database.Open();
        again.Ask("SELECT a FROM t").ShouldBe("old");
    }

    [Test]
    public void Open_drops_the_sessions_of_a_file_that_was_deleted()
    {
        using var database = new TestDatabase();
        using (var connection = database.OpenWithTable())
        using (database.Open())
            connection.Run("INSERT INTO t VALUES(1)");
        foreach (var file in Directory.GetFiles(database.Folder))
            File.Delete(file);

        using var fresh = database.Open();

        fresh.Ask("SELECT count(*) FROM sqlite_master").ShouldBe(0L);
        database.Source.Statistics.ShouldBe(new WalPoolStatistics(1, 1, 0, 0, 3, 2));
    }

    [Test]
    public void Open_drops_the_sessions_of_a_file_that_was_replaced()
    {
        using var database = new TestDatabase();
        using (var connection = database.OpenWithTable())
            connection.Run("INSERT INTO t VALUES('old')");
        var other = Path.Combine(database.Folder, "other.db");
        using (var connection = new SqliteConnection($"Data Source={other};Pooling=False"))
        {
            connection.Open();
            connection.Run("CREATE TABLE t(a); INSERT INTO t VALUES('new')");
        }

        foreach (var file in Directory.GetFiles(database.Folder, "test.db*"))
            File.Delete(file);
        File.Move(other, database.File);

        using var fresh = database.Open();
        fresh.Ask("SELECT a FROM t").ShouldBe("new");
        database.Source.Statistics.Dropped.ShouldBe(1);
    }

    [Test]
    public async Task Open_drops_the_session_of_a_deleted_file_that_comes_back_while_somebody_waits([Values] bool async)
    {
        using var database = new TestDatabase("Max Pool Size=1");
        var holder = database.OpenWithTable();
        using var late = database.Source.CreateConnection();
        var opened = late.StartOpen(async);
        Patience.Until(() => database.Source.Statistics.Waiting == 1);

        foreach (var file in Directory.GetFiles(database.Folder))
            File.Delete(file);
        await holder.DisposeAsync();
        await opened.Within();

        late.Ask("SELECT count(*) FROM sqlite_master").ShouldBe(0L);
        database.Source.Statistics.ShouldBe(new WalPoolStatistics(1, 1, 0, 0, 2, 1));
    }
}
