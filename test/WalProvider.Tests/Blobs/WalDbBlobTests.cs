using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Blobs;

[TestFixture]
public sealed class WalDbBlobTests
{
    [Test]
    public async Task Blob_is_committed_when_it_is_closed([Values] bool async, [Values("", "Write Gate=False")] string keywords)
    {
        using var database = new TestDatabase(keywords);
        using var connection = WithBlob(database, "x'0000'");
        var blob = await Open(connection, async);
        blob.Write([1, 2]);
        Committed(database).ShouldBe("0000");
        connection.Session.WriteLock.IsHeld.ShouldBe(keywords.Length == 0);

        await Close(blob, async);

        Committed(database).ShouldBe("0102");
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        connection.Session.OpenResults.ShouldBe(0);
    }

    [Test]
    public async Task Blob_is_written_in_the_batch_and_counts_one_when_it_is_closed([Values] bool async)
    {
        using var database = new TestDatabase("Write Batch Size=3;Write Batch Interval=0");
        using var connection = WithBlob(database, "x'0000'");
        connection.CommitBatch();
        connection.Run("INSERT INTO t VALUES (1)");
        var blob = await Open(connection, async);
        blob.Write([1]);
        blob.Write([2]);
        connection.PendingWrites.ShouldBe(1);
        await Close(blob, async);
        connection.PendingWrites.ShouldBe(2);
        Committed(database).ShouldBe("0000");

        connection.Run("INSERT INTO t VALUES (2)");

        connection.PendingWrites.ShouldBe(0);
        Committed(database).ShouldBe("0102");
    }

    [Test]
    public void Batch_that_is_full_waits_for_the_blob_to_be_closed([Values] bool readOnly)
    {
        using var database = new TestDatabase("Write Batch Size=2;Write Batch Interval=0");
        using var connection = WithBlob(database, "x'0000'");
        connection.CommitBatch();
        var blob = connection.OpenBlob("t", "a", 1, readOnly);
        connection.Run("INSERT INTO t VALUES (1); INSERT INTO t VALUES (2); INSERT INTO t VALUES (3)");
        connection.PendingWrites.ShouldBe(3);
        database.CommittedRows().ShouldBe(1);

        blob.Dispose();

        connection.PendingWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(4);
    }

    [Test]
    public void Batch_of_a_blob_that_was_not_written_is_not_left_open([Values] bool async, [Values("", "Write Batch Size=10")] string keywords)
    {
        using var database = new TestDatabase(keywords);
        using var connection = WithBlob(database, "x'0000'");
        connection.CommitBatch();
        connection.OpenBlob("t", "a", 1).Dispose();
        connection.Session.Batch.IsOpen.ShouldBeFalse();
        Should.Throw<SqliteException>(() => connection.OpenBlob("t", "a", 99)).Message.ShouldContain("no such rowid: 99");
        connection.Session.Batch.IsOpen.ShouldBeFalse();
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [TestCase("")]
    [TestCase("Write Batch Size=10")]
    public void Commit_beside_a_blob_that_is_written_is_refused_and_says_so(string keywords)
    {
        using var database = new TestDatabase(keywords);
        using var connection = WithBlob(database, "x'0000'");
        using var transaction = connection.BeginTransaction();
        var blob = connection.OpenBlob("t", "a", 1);
        blob.WriteByte(1);
        Should.Throw<SqliteBusyException>(transaction.Commit).Message.ShouldContain("blob");
        blob.Dispose();

        transaction.Commit();

        Committed(database).ShouldBe("0100");
    }

    [Test]
    public void CommitBatch_beside_a_blob_that_is_written_is_refused_and_says_so()
    {
        using var database = new TestDatabase("Write Batch Size=10");
        using var connection = WithBlob(database, "x'0000'");
        using var blob = connection.OpenBlob("t", "a", 1);
        Should.Throw<InvalidOperationException>(connection.CommitBatch).Message.ShouldContain("blob");
        Should.Throw<InvalidOperationException>(connection.BeginBatchUnit).Message.ShouldContain("blob");
    }

    [Test]
    public void Commit_beside_a_blob_that_is_read_leaves_it_alone()
    {
        using var database = new TestDatabase();
        using var connection = WithBlob(database, "x'0506'");
        using var blob = connection.OpenBlob("t", "a", 1, readOnly: true);
        using (var transaction = connection.BeginTransaction())
        {
            connection.Run("INSERT INTO t VALUES (1)");
            transaction.Commit();
        }

        blob.ReadByte().ShouldBe(5);
    }

    [TestCase("UPDATE t SET a = x'01'", false)]
    [TestCase("DELETE FROM t", false)]
    [TestCase("DELETE FROM t", true)]
    [TestCase("DROP TABLE t", true)]
    public void Blob_whose_row_was_changed_says_so(string sql, bool readOnly)
    {
        using var database = new TestDatabase();
        using var connection = WithBlob(database, "x'0506'");
        var blob = connection.OpenBlob("t", "a", 1, readOnly);
        if (sql[1] == 'R')
        {
            Should.Throw<SqliteBusyException>(() => connection.Run(sql)).SqliteErrorCode.ShouldBe(6);
            blob.ReadByte().ShouldBe(5);
            blob.Dispose();
            return;
        }

        connection.Run(sql);
        for (var i = 0; i < 2; i++)
        {
            var error = Should.Throw<SqliteException>(() => blob.ReadByte());
            error.SqliteErrorCode.ShouldBe(4);
            error.Message.ShouldContain("blob main.t.a, row 1");
        }

        blob.Dispose();
        connection.Session.OpenResults.ShouldBe(0);
        connection.Ask("SELECT count(*) FROM t WHERE a = x'0506'").ShouldBe(0L);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public void Blob_of_a_transaction_that_was_rolled_back_says_so()
    {
        using var database = new TestDatabase();
        using var connection = WithBlob(database, "x'0506'");
        using var transaction = connection.BeginTransaction();
        var blob = connection.OpenBlob("t", "a", 1);
        blob.WriteByte(1);
        transaction.Rollback();
        Should.Throw<SqliteException>(() => blob.WriteByte(2)).SqliteErrorCode.ShouldBe(4);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        blob.Dispose();

        connection.Run("INSERT INTO t VALUES (1)");
        Committed(database).ShouldBe("0506");
    }

    [TestCase("")]
    [TestCase("Write Batch Size=10")]
    public async Task Close_of_the_connection_closes_its_blobs_and_keeps_the_session(string keywords)
    {
        using var database = new TestDatabase(keywords);
        using (WithBlob(database, "x'0000'"))
        {
        }

        var connection = database.Open();
        var written = connection.OpenBlob("t", "a", 1);
        var read = connection.OpenBlob("t", "a", 1, readOnly: true);
        written.WriteByte(7);
        await connection.CloseAsync();

        Should.Throw<ObjectDisposedException>(() => read.ReadByte());
        Should.Throw<ObjectDisposedException>(() => written.WriteByte(1));
        written.Dispose();
        Committed(database).ShouldBe("0700");
        database.Source.Statistics.Idle.ShouldBe(1);
        database.Source.Statistics.Dropped.ShouldBe(0);
    }

    [Test]
    public void Close_of_the_connection_rolls_back_a_blob_in_a_transaction()
    {
        using var database = new TestDatabase();
        var connection = WithBlob(database, "x'0000'");
        connection.BeginTransaction();
        connection.OpenBlob("t", "a", 1).WriteByte(7);
        connection.Close();
        Committed(database).ShouldBe("0000");
    }

    [Test]
    public async Task Blob_that_is_written_makes_other_writers_wait([Values] bool async)
    {
        using var database = new TestDatabase();
        using var first = WithBlob(database, "x'0000'");
        using var second = database.Open();
        var blob = await Open(first, async);
        blob.WriteByte(1);
        var waiting = Task.Run(() => second.Run("UPDATE t SET a = a || x'09'", async));
        Patience.Until(() => first.Session.WriteLock.HasWaiters);

        await Close(blob, async);

        await waiting.Within();
        Committed(database).ShouldBe("010009");
    }

    [Test]
    public async Task Blob_waits_for_the_gate_and_can_be_cancelled([Values] bool async)
    {
        using var database = new TestDatabase(async ? "" : "Busy Timeout=50");
        using var first = WithBlob(database, "x'0000'");
        using var second = database.Open();
        using (first.BeginTransaction())
        {
            if (async)
            {
                using var cancellation = new CancellationTokenSource();
                var waiting = Task.Run(() => second.OpenBlobAsync("t", "a", 1, cancellationToken: cancellation.Token));
                Patience.Until(() => first.Session.WriteLock.HasWaiters);
                await cancellation.CancelAsync();
                await Should.ThrowAsync<OperationCanceledException>(waiting);
            }
            else
            {
                Should.Throw<WriteGateTimeoutException>(() => second.OpenBlob("t", "a", 1));
            }
        }

        using var blob = await Open(second, async);
        blob.WriteByte(1);
    }

    [Test]
    public void Blob_that_is_read_is_seen_as_a_reader()
    {
        using var database = new TestDatabase("Application Name=who reads");
        using var writer = WithBlob(database, "x'0000'");
        using var reader = database.Open();
        using var blob = reader.OpenBlob("t", "a", 1, readOnly: true);
        var oldest = reader.Session.File!.OldestReader();
        oldest.ShouldNotBeNull();
        oldest.Sql.ShouldBe("blob main.t.a, row 1");

        writer.Run("UPDATE t SET a = x'01'");

        blob.ReadByte().ShouldBe(0);
        writer.Checkpoint(CheckpointMode.Truncate, TimeSpan.FromMilliseconds(10)).Busy.ShouldBeTrue();
    }

    [Test]
    public void Blob_of_a_temporary_table_needs_no_gate()
    {
        using var database = new TestDatabase();
        using var holder = WithBlob(database, "x'0000'");
        using var connection = database.Open();
        connection.Run("CREATE TEMP TABLE own(a); INSERT INTO own VALUES (zeroblob(2))");
        using (holder.BeginTransaction())
        {
            using (var blob = connection.OpenBlob("temp", "own", "a", 1))
            {
                blob.Write([3, 4]);
            }

            connection.Ask("SELECT hex(a) FROM own").ShouldBe("0304");
        }
    }

    [Test]
    public void Blob_is_not_opened_from_inside_a_function()
    {
        using var database = new TestDatabase();
        using var connection = WithBlob(database, "x'0000'");
        connection.CreateFunction("inside", () => connection.OpenBlob("t", "a", 1).Length);
        Should.Throw<SqliteException>(() => connection.Ask("SELECT inside()"));
    }

    [Test]
    public void Blob_in_a_rollback_journal_is_committed_once_the_readers_are_gone()
    {
        using var database = new TestDatabase("Journal Mode=Delete;Busy Timeout=60");
        using var connection = WithBlob(database, "x'0000'");
        using var elsewhere = database.OpenElsewhere();
        var blob = connection.OpenBlob("t", "a", 1);
        blob.WriteByte(1);
        using (var reader = elsewhere.Read("SELECT * FROM t"))
        {
            reader.Read().ShouldBeTrue();
            Should.Throw<SqliteBusyException>(blob.Dispose);
        }

        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        connection.Run("UPDATE t SET a = a || x'02'");
        Committed(database).ShouldBe("000002");
    }

    [Test]
    public void Two_blobs_that_are_written_share_one_transaction()
    {
        using var database = new TestDatabase();
        using var connection = WithBlob(database, "x'0000'");
        connection.Run("INSERT INTO t VALUES (x'00')");
        var first = connection.OpenBlob("t", "a", 1);
        var second = connection.OpenBlob("t", "a", 2);
        first.WriteByte(1);
        second.WriteByte(2);
        first.Dispose();
        Committed(database).ShouldBe("0000");
        second.Dispose();
        Committed(database).ShouldBe("0100");
        connection.Session.Engine.InTransaction.ShouldBeFalse();
    }

    [TestCase("")]
    [TestCase("Write Batch Size=10")]
    public void Damage_in_the_value_ends_the_blob_and_undoes_what_it_wrote(string keywords)
    {
        using var database = new TestDatabase(keywords);
        using (var connection = WithBlob(database, "zeroblob(100000)"))
            connection.Checkpoint(CheckpointMode.Truncate);
        WalDbConnection.ClearPool(database.Source.CreateConnection());
        using (var file = new FileStream(database.File, FileMode.Open))
        {
            file.Position = 10 * 4096;
            file.Write(Enumerable.Repeat((byte)0xFF, 4096).ToArray());
        }

        using var damaged = database.Open();
        var blob = damaged.OpenBlob("t", "a", 1);
        blob.Write([1, 2, 3]);
        blob.Position = 90_000;

        Should.Throw<SqliteException>(() => blob.Write([4])).SqliteErrorCode.ShouldBe(11);

        damaged.Session.OpenResults.ShouldBe(0);
        Should.Throw<ObjectDisposedException>(() => blob.Write([4]));
        blob.Dispose();
        damaged.PendingWrites.ShouldBe(keywords.Length > 0 ? 1 : 0);
        damaged.RollbackBatch();
        damaged.Session.WriteLock.IsHeld.ShouldBeFalse();
        using var again = damaged.OpenBlob("t", "a", 1, readOnly: true);
        again.ReadByte().ShouldBe(0);
    }

    private static WalDbConnection WithBlob(TestDatabase database, string value)
    {
        var connection = database.OpenWithTable();
        connection.Run($"INSERT INTO t VALUES ({value})");
        connection.CommitBatch();
        return connection;
    }

    private static string? Committed(TestDatabase database)
    {
        using var elsewhere = database.OpenElsewhere();
        return (string?)elsewhere.Ask("SELECT hex(a) FROM t WHERE rowid = 1");
    }

    private static async Task<WalDbBlob> Open(WalDbConnection connection, bool async)
        => async ? await connection.OpenBlobAsync("t", "a", 1) : connection.OpenBlob("t", "a", 1);

    private static async Task Close(WalDbBlob blob, bool async)
    {
        if (async)
            await blob.DisposeAsync();
        else
            blob.Dispose();
    }
}
