using System.Data;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>What a program can get wrong: a clear error each time, nothing that stays open and no file that is made.</summary>
[TestFixture]
public sealed class BadInputTests
{
    [Test]
    public void Open_says_so_when_the_folder_is_missing([Values] bool async)
    {
        using var folder = new TempFolder();
        ShouldNotOpen($"Data Source={folder.File("missing")}/a.db", 14, async).ShouldContain("does not exist");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Test]
    public void Open_says_so_when_it_is_a_directory([Values] bool async)
    {
        using var folder = new TempFolder();
        ShouldNotOpen($"Data Source={folder.Path}", 14, async).ShouldContain("is a directory");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [TestCase("ReadWrite")]
    [TestCase("ReadOnly")]
    public void Open_makes_no_file_when_the_mode_says_so(string mode)
    {
        using var folder = new TempFolder();
        ShouldNotOpen($"Data Source={folder.File()};Mode={mode}", 14).ShouldContain("does not exist");
        File.Exists(folder.File()).ShouldBeFalse();
    }

    [Test]
    public void Open_says_so_when_the_file_is_no_database()
    {
        using var folder = new TempFolder();
        var text = string.Join('\n', Enumerable.Repeat("This is a letter and no database.", 100));
        File.WriteAllText(folder.File(), text);
        ShouldNotOpen($"Data Source={folder.File()}", 26).ShouldContain("no SQLite database");
        File.ReadAllText(folder.File()).ShouldBe(text);
        Directory.GetFiles(folder.Path).ShouldBe([folder.File()]);
    }

    [TestCase(10, 26, "it has 10 bytes")]
    [TestCase(60, 11, "cut off (60 bytes)")]
    [TestCase(99, 11, "cut off (99 bytes)")]
    public void Open_says_so_when_the_header_is_cut_off(int length, int code, string fact)
    {
        using var folder = new TempFolder();
        MakeDatabase(folder);
        using (var file = File.OpenWrite(folder.File()))
            file.SetLength(length);
        ShouldNotOpen($"Data Source={folder.File()}", code).ShouldContain(fact);
        new FileInfo(folder.File()).Length.ShouldBe(length);
    }

    [Test]
    public void Open_says_so_when_the_file_is_cut_off()
    {
        using var folder = new TempFolder();
        MakeDatabase(folder);
        using (var file = File.OpenWrite(folder.File()))
            file.SetLength(1024);
        ShouldNotOpen($"Data Source={folder.File()}", 11).ShouldContain("cut off");
    }

    [Test]
    public void Open_takes_an_empty_file_for_a_new_database()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File(), []);
        using var source = Build($"Data Source={folder.File()}");
        using var connection = source.OpenConnection();
        connection.Run("CREATE TABLE t(a)");
    }

    [TestCase("Data Source={0};Mode=ReadOnly")]
    [TestCase("Data Source=file:{0}?mode=ro")]
    [TestCase("Data Source=file:{0}?immutable=1")]
    public void Write_is_refused_at_once_when_the_database_is_read_only(string format)
    {
        using var folder = new TempFolder();
        MakeDatabase(folder);
        using var source = Build(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, folder.File()));
        using (var connection = source.OpenConnection())
        {
            connection.Ask("SELECT count(*) FROM t").ShouldBe(1L);
            Should.Throw<SqliteException>(() => connection.Run("INSERT INTO t VALUES(2)")).SqliteErrorCode.ShouldBe(8);
            Should.Throw<SqliteException>(() => connection.Run("CREATE TABLE u(a)")).SqliteErrorCode.ShouldBe(8);
            connection.Ask("SELECT count(*) FROM t").ShouldBe(1L);
        }

        source.Statistics.InUse.ShouldBe(0);
        File.Exists(folder.File() + "-wal").ShouldBeFalse();
    }

    [Test]
    public void Write_is_refused_when_the_database_is_read_only_and_batched()
    {
        using var folder = new TempFolder();
        MakeDatabase(folder);
        using var source = Build($"Data Source={folder.File()};Mode=ReadOnly;Write Batch Size=10");
        using var connection = source.OpenConnection();
        Should.Throw<SqliteException>(() => connection.Run("INSERT INTO t VALUES(2)")).SqliteErrorCode.ShouldBe(8);
        connection.PendingWrites.ShouldBe(0);
        connection.Ask("SELECT count(*) FROM t").ShouldBe(1L);
    }

    [TestCase("with space.db")]
    [TestCase("semi;colon.db")]
    [TestCase("it's \"quoted\".db")]
    [TestCase("equals=sign.db")]
    [TestCase("question?.db")]
    [TestCase("hash#.db")]
    [TestCase("percent%20.db")]
    [TestCase("Überraschung-数据库-🙂.db")]
    [TestCase("new\nline.db")]
    [TestCase("file:looks-like-a-uri.db")]
    [TestCase("-dash.db")]
    public void Open_takes_any_name_literally(string name)
    {
        using var folder = new TempFolder();
        using (var source = Build(WalDbConnectionStringBuilder.ForPath(folder.File(name)).ConnectionString))
        {
            using (var connection = source.OpenConnection())
            {
                connection.Run("CREATE TABLE t(a)");
                connection.DataSource.ShouldBe(folder.File(name));
            }

            source.Statistics.InUse.ShouldBe(0);
        }

        Directory.GetFiles(folder.Path).ShouldBe([folder.File(name)]);
    }

    [TestCase("Data Source=a.db;No Such Keyword=1", "No Such Keyword")]
    [TestCase("Data Source=a.db;Profile=Fast", "Fast")]
    [TestCase("Data Source=a.db;Max Pool Size=0", "Max Pool Size")]
    [TestCase("Data Source=a.db;Max Pool Size=1;Min Pool Size=2", "Min Pool Size")]
    [TestCase("Data Source=a.db;Busy Timeout=soon", "soon")]
    [TestCase("Data Source=a.db;Write Batch Size=-1", "Write Batch Size")]
    [TestCase("Data Source=a.db;Pragmas=no equals sign", "Pragmas")]
    [TestCase("Data Source", "")]
    public void Connection_string_with_a_mistake_is_refused_when_it_is_set(string connectionString, string named)
    {
        Should.Throw<ArgumentException>(() => new WalDbConnection(connectionString)).Message.ShouldContain(named);
        using var connection = new WalDbConnection();
        Should.Throw<ArgumentException>(() => connection.ConnectionString = connectionString);
        connection.ConnectionString.ShouldBe("");
        Should.Throw<ArgumentException>(() => new WalDbDataSourceBuilder(connectionString).Build());
    }

    [Test]
    public void Open_refuses_a_pragma_that_the_engine_does_not_know_and_makes_no_file()
    {
        using var folder = new TempFolder();
        using var source = Build($"Data Source={folder.File()};Pragmas=no_such_pragma=1");
        Should.Throw<ArgumentException>(() => source.OpenConnection()).Message.ShouldContain("no_such_pragma");
        source.Statistics.ShouldBe(default);
        File.Exists(folder.File()).ShouldBeFalse();
    }

    [Test]
    public void Command_refuses_a_connection_that_is_closed_or_disposed([Values] bool disposed)
    {
        using var database = new TestDatabase();
        var connection = database.Open();
        var command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        if (disposed)
            connection.Dispose();
        else
            connection.Close();

        Should.Throw<InvalidOperationException>(() => command.ExecuteNonQuery());
        Should.Throw<InvalidOperationException>(() => command.ExecuteScalar());
        Should.Throw<InvalidOperationException>(() => command.ExecuteReader());
        Should.Throw<InvalidOperationException>(command.Prepare);
        Should.Throw<InvalidOperationException>(() => command.ExecuteNonQueryAsync());
        Should.Throw<InvalidOperationException>(() => connection.BeginTransaction());
        Should.Throw<InvalidOperationException>(connection.CommitBatch);
        connection.State.ShouldBe(ConnectionState.Closed);
        database.Source.Statistics.InUse.ShouldBe(0);
    }

    [Test]
    public void Command_refuses_to_run_without_a_connection()
    {
        using var command = new WalDbCommand("SELECT 1");
        Should.Throw<InvalidOperationException>(() => command.ExecuteNonQuery());
        Should.Throw<InvalidOperationException>(() => command.ExecuteReader());
        Should.Throw<InvalidOperationException>(() => command.ExecuteScalarAsync());
        Should.Throw<InvalidOperationException>(command.Prepare);
    }

    [Test]
    public void Command_refuses_to_run_without_a_text()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        Should.Throw<InvalidOperationException>(() => command.ExecuteNonQuery()).Message.ShouldContain("CommandText");
        Should.Throw<InvalidOperationException>(() => command.ExecuteReader());
    }

    [Test]
    public void Command_refuses_a_parameter_that_is_missing([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO t VALUES(@a + @b)";
        command.Parameters.AddWithValue("@a", 1);

        Should.Throw<InvalidOperationException>(async () => _ = async
            ? await command.ExecuteNonQueryAsync()
            : command.ExecuteNonQuery()).Message.ShouldContain("@b");

        command.Parameters.AddWithValue("@b", 1);
        command.ExecuteNonQuery().ShouldBe(1);
    }

    [Test]
    public void Command_refuses_a_parameter_without_a_value_or_of_a_type_that_has_no_form()
    {
        using var database = new TestDatabase("Write Batch Size=10;Write Batch Interval=0");
        using var connection = database.OpenWithTable();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO t VALUES(@a)";
        var parameter = command.Parameters.AddWithValue("@a", new object());
        Should.Throw<InvalidOperationException>(() => command.ExecuteNonQuery()).Message.ShouldContain("Object");
        parameter.Value = null;
        Should.Throw<InvalidOperationException>(() => command.ExecuteNonQuery());
        parameter.Value = double.NaN;
        Should.Throw<InvalidOperationException>(() => command.ExecuteNonQuery());

        connection.PendingWrites.ShouldBe(0);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        parameter.Value = 1;
        command.ExecuteNonQuery().ShouldBe(1);
    }

    [Test]
    public void Open_names_setting_and_value_when_the_pool_is_exhausted([Values] bool async)
    {
        using var database = new TestDatabase("Max Pool Size=2;Connection Timeout=0");
        using (database.Open())
        using (database.Open())
        using (var third = database.Source.CreateConnection())
        {
            var error = Should.Throw<InvalidOperationException>(() => third.StartOpen(async).Within());
            error.Message.ShouldContain("2 of 'Max Pool Size'");
            error.Message.ShouldContain(database.File);
            third.State.ShouldBe(ConnectionState.Closed);
        }

        database.Source.Statistics.ShouldBe(new WalPoolStatistics(2, 0, 2, 0, 2, 0));
    }

    [Test]
    public void ConnectionString_cannot_be_set_while_the_connection_is_open()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        Should.Throw<InvalidOperationException>(() => connection.ConnectionString = "Data Source=b.db");
        Should.Throw<NotSupportedException>(() => connection.ChangeDatabase("other"));
    }

    private static WalDbDataSource Build(string connectionString) => new WalDbDataSourceBuilder(connectionString).Build();

    private static string ShouldNotOpen(string connectionString, int code, bool async = false)
    {
        using var source = Build(connectionString);
        using var connection = source.CreateConnection();
        SqliteException? error = null;
        for (var round = 0; round < 2; round++)
        {
            error = Should.Throw<SqliteException>(() => connection.StartOpen(async).Within());
            error.SqliteErrorCode.ShouldBe(code);
            error.Message.ShouldStartWith($"SQLite Error {code}: ");
            error.Message.ShouldContain("Data Source '");
            connection.State.ShouldBe(ConnectionState.Closed);
            source.Statistics.ShouldBe(default);
        }

        return error!.Message;
    }

    private static void MakeDatabase(TempFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File()};Pooling=False");
        connection.Open();
        connection.Run("CREATE TABLE t(a); INSERT INTO t VALUES(1)");
    }
}
