using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WriteWaitTests
{
    [Test]
    public async Task One_budget_covers_the_waits_for_the_file_and_at_the_gate([Values] bool async)
    {
        var gate = new WriteGate();
        gate.TryEnter(new HandHolder()).ShouldBeTrue();
        var wait = new BusyWait();
        wait.Restart(TimeSpan.FromMilliseconds(5));
        while (!wait.IsSpent)
        {
            await wait.Nap(async, CancellationToken.None);
        }

        Should.Throw<WriteGateTimeoutException>(
            () => gate.Enter(new HandHolder(), wait, async, CancellationToken.None).AsTask().Within());
    }

    [Test]
    public async Task Holder_that_executes_on_this_very_thread_is_never_waited_for()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var second = database.Open();
        Exception? failure = null;
        connection.CreateFunction("write_elsewhere", () =>
        {
            using var command = second.CreateCommand();
            command.CommandText = "INSERT INTO t VALUES(2)";
            command.CommandTimeout = 0;
            failure = Should.Throw<WriteGateTimeoutException>(() => command.ExecuteNonQuery());
            return 1;
        });

        await Patience.OnThread(() => connection.Run("INSERT INTO t VALUES(write_elsewhere())")).Within();

        failure.ShouldBeOfType<WriteGateTimeoutException>().IsTransient.ShouldBeFalse();
        second.Run("INSERT INTO t VALUES(3)");
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Shared_cache_is_never_batched()
    {
        using var database = new TestDatabase("Write Batch Size=100;Cache=Shared");
        using var connection = database.OpenWithTable();

        connection.Run("INSERT INTO t VALUES(1)");

        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(1);
    }

    [TestCase("INSERT OR FAIL INTO t VALUES(1), (2), (1)", "")]
    [TestCase("INSERT OR FAIL INTO t VALUES(1), (2), (1)", "Write Batch Size=100;Write Batch Interval=0")]
    [TestCase("INSERT OR FAIL INTO t VALUES(1), (2), (1) RETURNING a", "")]
    [TestCase("INSERT OR FAIL INTO t VALUES(1), (2), (1) RETURNING a", "Write Batch Size=100;Write Batch Interval=0")]
    public void Rows_that_OR_FAIL_keeps_are_kept_as_in_autocommit(string sql, string keywords)
    {
        using var database = new TestDatabase(keywords);
        using (var connection = database.OpenWithTable())
        {
            connection.Run("CREATE UNIQUE INDEX u ON t(a)");
            connection.CommitBatch();
            Should.Throw<SqliteException>(() => connection.Run(sql)).SqliteErrorCode.ShouldBe(19);
            connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        }

        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Write_to_an_attached_database_is_part_of_the_batch()
    {
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=0");
        using var folder = new TempFolder();
        using var connection = database.OpenWithTable();
        connection.Run($"ATTACH '{folder.File()}' AS other");
        connection.Run("CREATE TABLE other.u(a)");
        connection.Run("INSERT INTO other.u VALUES(1)");
        connection.Run("INSERT INTO t VALUES(1)");
        connection.PendingWrites.ShouldBe(3);

        connection.RollbackBatch();
        connection.Ask("SELECT count(*) FROM other.sqlite_master").ShouldBe(0L);
        connection.Run("CREATE TABLE other.u(a)");
        connection.Close();

        using var attached = new WalDbConnection($"Data Source={folder.File()};Pooling=False");
        attached.Open();
        attached.Ask("SELECT count(*) FROM u").ShouldBe(0L);
    }
}
