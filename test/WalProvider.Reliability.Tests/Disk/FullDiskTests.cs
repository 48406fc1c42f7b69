using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[Row(7, "the disk full at an insert, a batch's commit, a transaction's commit, a checkpoint, a new database, a backup",
    "code 13; the same connection works when there is room again; nothing acknowledged is lost")]
public class FullDiskTests
{
    private const int Full = 13;
    private const int IoError = 10;

    // Larger than what the disk has left, or than the page cache that is allowed.
    private const string Large = "INSERT INTO t VALUES(zeroblob(3000000))";

    private static readonly (string Name, string Keywords, Action<WalDbConnection> Prepare, Action<WalDbConnection> Fails)[] Moments =
    [
        ("insert", "", Nothing, connection => connection.Run(Large)),
        ("insert that spills", "Cache Size=10", Nothing, connection => connection.Run(Large)),
        ("insert into a batch that spills", "Cache Size=10;Write Batch Size=100", Nothing, connection => connection.Run(Large)),
        ("commit of a batch", "Write Batch Size=100;Write Batch Interval=0", connection => connection.Run(Large), connection => connection.CommitBatch()),
        ("commit of a unit", "", Nothing, CompleteUnit),
        ("commit of a transaction", "", Nothing, CommitTransaction),
        ("checkpoint", "Wal Autocheckpoint=0", connection => connection.Run(Large), connection => connection.Checkpoint(CheckpointMode.Truncate)),
    ];

    private static IEnumerable<string> Names => Moments.Select(moment => moment.Name);

    [TestCaseSource(nameof(Names))]
    public void Full_disk_is_code_13_and_costs_nothing_else(string name)
    {
        var moment = Moments.Single(one => one.Name == name);
        using var disk = new FullDisk();
        using var connection = disk.Open(moment.Keywords);
        var isCheckpoint = name == "checkpoint";
        moment.Prepare(connection);
        disk.Fill();

        var error = Should.Throw<SqliteException>(() => moment.Fails(connection));

        error.SqliteErrorCode.ShouldBe(Full, error.ToString());
        (error is WriteBatchLostException).ShouldBe(name.Contains("batch", StringComparison.Ordinal) || name.Contains("unit", StringComparison.Ordinal));
        disk.Free();
        ShouldGoOn(connection, isCheckpoint ? 2 : 1);
    }

    [Test]
    public void Full_disk_is_code_13_where_the_number_of_pages_is_bounded([Values("", "Write Batch Size=100")] string keywords)
    {
        using var database = new TestDatabase("Max Page Count=20;" + keywords);
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES('first')");
        connection.CommitBatch();

        var error = Should.Throw<SqliteException>(() => connection.Run(Large));

        error.SqliteErrorCode.ShouldBe(Full, error.ToString());
        ShouldGoOn(connection, 1);
    }

    [Test]
    public void Full_disk_that_lets_nobody_open_costs_nothing()
    {
        using var disk = new FullDisk();
        using (var before = disk.Open())
            before.Checkpoint(CheckpointMode.Truncate);
        WalDbConnection.ClearPool(disk.Connect());
        disk.Fill();
        using var connection = disk.Connect();

        // There is no room for the -shm: that is an I/O error to SQLite.
        Should.Throw<SqliteException>(() =>
        {
            connection.Open();
            connection.Run(Large);
        }).SqliteErrorCode.ShouldBeOneOf(IoError, Full);

        disk.Free();
        connection.Open();
        ShouldGoOn(connection, 1);
    }

    [Test]
    public void Full_disk_leaves_no_half_of_a_new_database()
    {
        using var disk = new FullDisk();
        disk.Fill();
        using var connection = disk.Connect();

        Should.Throw<SqliteException>(connection.Open).SqliteErrorCode.ShouldBe(Full);

        Directory.GetFiles(disk.Path, "test.db*").ShouldBeEmpty();
        disk.Free();
        connection.Open();
        connection.Run("CREATE TABLE t(a); INSERT INTO t VALUES('first')");
        ShouldGoOn(connection, 1);
    }

    [Test]
    public void Full_disk_leaves_the_old_backup_and_nothing_of_the_new_one([Values] BackupMode mode)
    {
        using var disk = new FullDisk();
        using var connection = disk.Open();
        connection.BackupTo(disk.File("copy"));
        connection.Run("INSERT INTO t VALUES(zeroblob(200000))");
        var names = Copies(disk);
        disk.Fill();

        var error = Should.Throw<Exception>(() => connection.BackupTo(disk.File("copy"), new BackupOptions { Mode = mode }));
        (error is IOException or SqliteException { SqliteErrorCode: Full }).ShouldBeTrue(error.ToString());

        Copies(disk).ShouldBe(names);
        disk.Free();
        DatabaseBackup.Verify(disk.File("copy"));
        connection.BackupTo(disk.File("copy"), new BackupOptions { Mode = mode });
        DatabaseBackup.Verify(disk.File("copy"));
    }

    [OneTimeTearDown]
    public void Say()
    {
        var result = TestContext.CurrentContext.Result;
        Report.Figures($"{result.PassCount} moments held, {result.FailCount} did not, {result.SkipCount} could not be tried");
    }

    // Whatever is beside the database and is not its own.
    private static string[] Copies(FullDisk disk) => [.. Directory.GetFiles(disk.Path, "*copy*").Order()];

    private static void ShouldGoOn(WalDbConnection connection, long rows)
    {
        connection.Ask("SELECT a FROM t WHERE rowid = 1").ShouldBe("first");
        connection.Ask("SELECT count(*) FROM t").ShouldBe(rows);
        connection.Run("INSERT INTO t VALUES('afterwards')");
        connection.CommitBatch();
        connection.Checkpoint(CheckpointMode.Truncate).Completed.ShouldBeTrue();
        connection.Ask("PRAGMA integrity_check").ShouldBe("ok");
    }

    private static void Nothing(WalDbConnection connection)
    {
    }

    private static void CompleteUnit(WalDbConnection connection)
    {
        using var unit = connection.BeginBatchUnit();
        connection.Run(Large);
        unit.Complete();
    }

    private static void CommitTransaction(WalDbConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        connection.Run(Large);
        transaction.Commit();
    }
}
