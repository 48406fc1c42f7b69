using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

/// <summary>Our copy of the file system layer, which the engine of the packages needs and the system's does not.</summary>
[TestFixture]
[Platform(Exclude = "Win")]
public sealed unsafe class PreciseVfsTests
{
    private const int VfsName = 12;

    [Test]
    public void Engine_of_the_packages_naps_whole_seconds_and_so_gets_it()
    {
        PreciseVfs.Name.ShouldBe("walprovider");
    }

    [Test]
    public void File_of_a_session_is_opened_through_it()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();

        LayerOf(connection.Handle!).ShouldBe("walprovider");
        connection.Ask("PRAGMA journal_mode").ShouldBe("wal");
        connection.DataSource.ShouldBe(database.File);
        using var elsewhere = database.OpenElsewhere();
        LayerOf(elsewhere.Handle!).ShouldStartWith("unix");
    }

    [TestCase("a%41b.db")]
    [TestCase("what?.db")]
    [TestCase("a?mode=memory&vfs=none")]
    [TestCase("number#1.db")]
    [TestCase("a b & c=d;e.db")]
    [TestCase("naïve 数据 🙂.db")]
    [TestCase("it's \"quoted\".db")]
    public void Names_are_taken_to_the_letter(string name)
    {
        using var folder = new TempFolder();
        var path = folder.File(name);
        using (var connection = new WalDbConnection(WalDbConnectionStringBuilder.ForPath(path).ConnectionString + ";Pooling=False"))
        {
            connection.Open();
            connection.Run("CREATE TABLE t(a); INSERT INTO t VALUES(1)");
            LayerOf(connection.Handle!).ShouldBe("walprovider");
            raw.sqlite3_db_filename(connection.Handle, "main").utf8_to_string().ShouldBe(path);
            File.Exists(path).ShouldBeTrue();
            File.Exists(path + "-wal").ShouldBeTrue();
        }

        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Test]
    public void Path_that_begins_with_two_slashes_is_no_authority()
    {
        using var folder = new TempFolder();
        using var connection = new WalDbConnection($"Data Source=/{folder.File()};Pooling=False");
        connection.Open();
        connection.Run("CREATE TABLE t(a)");

        LayerOf(connection.Handle!).ShouldBe("walprovider");
        File.Exists(folder.File()).ShouldBeTrue();
    }

    [Test]
    public void Uri_of_the_users_own_is_left_alone()
    {
        using var folder = new TempFolder();
        using var connection = new WalDbConnection($"Data Source=file:{folder.File()}?vfs=unix-excl;Pooling=False");
        connection.Open();
        connection.Run("CREATE TABLE t(a)");

        LayerOf(connection.Handle!).ShouldBe("unix-excl");
    }

    [TestCase(":memory:")]
    [TestCase("vfs-test-shared;Mode=Memory;Cache=Shared")]
    [TestCase("")]
    public void Database_without_a_file_is_left_alone(string dataSource)
    {
        using var connection = new WalDbConnection($"Data Source={dataSource}");
        connection.Open();
        connection.Run("CREATE TABLE t(a)");

        LayerOf(connection.Handle!).ShouldNotBe("walprovider");
    }

    [Test]
    public void Locks_are_shared_with_connections_that_do_not_use_it()
    {
        using var database = new TestDatabase("Busy Timeout=0");
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE; INSERT INTO t VALUES(1)");
        Should.Throw<SqliteBusyException>(() => connection.Run("INSERT INTO t VALUES(2)"));
        elsewhere.Run("COMMIT");
        connection.Run("BEGIN IMMEDIATE; INSERT INTO t VALUES(3)");

        using var command = elsewhere.CreateCommand();
        command.CommandText = "INSERT INTO t VALUES(4)";
        command.CommandTimeout = -1;
        Should.Throw<SqliteException>(() => command.ExecuteNonQuery()).SqliteErrorCode.ShouldBe(5);

        connection.Run("COMMIT");
        elsewhere.Ask("SELECT count(*) FROM t").ShouldBe(2L);
    }

    [Test]
    public void Two_processes_and_both_layers_write_beside_each_other_without_an_error()
    {
        using var database = new TestDatabase();
        database.OpenWithTable().Dispose();
        using var first = WorkerProcess.Start("write", database.File, "2000");
        using var second = WorkerProcess.Start("write", database.File, "2000");
        using var connection = database.Open();
        for (var row = 0; row < 2000; row++)
        {
            connection.Run("INSERT INTO t VALUES(1)");
        }

        first.WaitForExit().ShouldBe(0);
        second.WaitForExit().ShouldBe(0);

        database.CommittedRows().ShouldBe(2000);
        WorkerProcess.Run("count", database.File, "written").ShouldBe("4000");
    }

    [Test]
    public void Engine_of_the_system_naps_precisely_and_so_gets_none()
    {
        if (!NativeLibrary.TryLoad("libsqlite3.so.0", out _))
        {
            Assert.Ignore("The system has no libsqlite3.so.0.");
        }

        using var folder = new TempFolder();

        var answer = WorkerProcess.Run("second-engine", folder.File()).Split(' ');

        answer[0].ShouldNotBe(raw.sqlite3_libversion().utf8_to_string());
        answer[1..].ShouldBe(["True", "False"]);
        WorkerProcess.Run("count", folder.File(), "written").ShouldBe("3");
    }

    /// <summary>The layer that a connection's main file is opened through; null where there is no file.</summary>
    private static string? LayerOf(sqlite3 db)
    {
        var export = NativeLibrary.GetExport(EngineLibrary.Handle, "sqlite3_file_control");
        var control = (delegate* unmanaged[Cdecl]<nint, byte*, int, nint*, int>)export;
        nint name = 0;
        var result = control(db.DangerousGetHandle(), null, VfsName, &name);
        GC.KeepAlive(db);
        return result == raw.SQLITE_OK ? Marshal.PtrToStringUTF8(name) : null;
    }
}
