using System.Transactions;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>What a stopped statement takes with it, and what it must not.</summary>
[TestFixture]
public sealed class TransactionCancelTests
{
    private const string Batching = "Write Batch Size=1000;Write Batch Interval=0";

    [Test]
    public void Write_takes_its_transaction_along_and_says_so([Values] bool async, [Values] bool isNested)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var transaction = connection.BeginTransaction();
        using var nested = isNested ? connection.BeginTransaction() : null;
        connection.Run("INSERT INTO t VALUES(1)");

        var error = Should.Throw<OperationCanceledException>(() => Cancel(connection, LongSql.Insert, async));

        error.Message.ShouldContain("rolled back the whole transaction");
        Should.Throw<InvalidOperationException>(() => connection.Run("INSERT INTO t VALUES(2)"));
        Should.Throw<InvalidOperationException>(transaction.Commit);
        transaction.Dispose();
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        connection.Run("INSERT INTO t VALUES(3)");
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Query_leaves_its_transaction_as_it_was([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var transaction = connection.BeginTransaction();
        connection.Run("INSERT INTO t VALUES(1)");

        var error = Should.Throw<OperationCanceledException>(() => Cancel(connection, LongSql.Query, async));

        error.Message.ShouldNotContain("rolled back");
        connection.Run("INSERT INTO t VALUES(2)");
        transaction.Commit();
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Write_outside_of_a_transaction_leaves_nothing_behind([Values] bool async, [Values("", " RETURNING a")] string returning)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1)");

        var error = Should.Throw<OperationCanceledException>(() => Cancel(connection, LongSql.Insert + returning, async));

        error.Message.ShouldNotContain("rolled back");
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        connection.Session.OpenWrites.ShouldBe(0);
        database.CommittedRows().ShouldBe(1);
        connection.Run("INSERT INTO t VALUES(2)");
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Write_in_a_typed_transaction_ends_it_and_says_so()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("BEGIN; INSERT INTO t VALUES(1)");

        var error = Should.Throw<OperationCanceledException>(() => Cancel(connection, LongSql.Insert, async: false));

        error.Message.ShouldContain("rolled back the whole transaction");
        connection.Session.Engine.InTransaction.ShouldBeFalse();
        database.CommittedRows().ShouldBe(0);
    }

    [Test]
    public void Write_in_a_scope_ends_its_transaction_and_nothing_is_written_outside_of_it()
    {
        using var database = new TestDatabase();
        database.OpenWithTable().Dispose();
        using (var scope = new TransactionScope())
        {
            using (var connection = new WalDbConnection(database.ConnectionString))
            {
                connection.Open();
                connection.Run("INSERT INTO t VALUES(1)");
                Should.Throw<OperationCanceledException>(() => Cancel(connection, LongSql.Insert, async: false));
                Should.Throw<InvalidOperationException>(() => connection.Run("INSERT INTO t VALUES(2)"));
            }

            scope.Complete();
            Should.Throw<TransactionAbortedException>(scope.Dispose);
        }

        database.CommittedRows().ShouldBe(0);
    }

    [Test]
    public void Write_is_not_cancelled_while_other_writes_are_pending([Values] bool async)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1)");

        Cancel(connection, LongSql.Insert, async).ShouldBe(2999);

        connection.PendingWrites.ShouldBe(2);
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(3000);
    }

    [Test]
    public void Statements_after_a_write_that_is_not_cancelled_are_not_begun([Values] bool async)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1)");

        Should.Throw<OperationCanceledException>(() => Cancel(connection, $"{LongSql.Insert}; INSERT INTO t VALUES(2)", async));

        connection.PendingWrites.ShouldBe(2);
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(3000);
    }

    [Test]
    public void First_write_of_a_batch_is_cancelled_and_leaves_nothing([Values] bool async)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();

        var error = Should.Throw<OperationCanceledException>(() => Cancel(connection, LongSql.Insert, async));

        error.Message.ShouldNotContain("rolled back");
        connection.PendingWrites.ShouldBe(0);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        connection.Run("INSERT INTO t VALUES(1)");
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Query_leaves_the_batch_as_it_was([Values] bool async)
    {
        using var database = new TestDatabase(Batching);
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1)");

        Should.Throw<OperationCanceledException>(() => Cancel(connection, LongSql.Query, async));

        connection.PendingWrites.ShouldBe(1);
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void First_write_of_a_unit_takes_the_unit_along_and_says_so([Values("", Batching)] string keywords)
    {
        using var database = new TestDatabase(keywords);
        using var connection = database.OpenWithTable();
        using (var unit = connection.BeginBatchUnit())
        {
            var error = Should.Throw<OperationCanceledException>(() => Cancel(connection, LongSql.Insert, async: false));

            error.Message.ShouldContain("rolled back the batch unit");
            Should.Throw<InvalidOperationException>(() => connection.Run("INSERT INTO t VALUES(2)"));
            Should.Throw<InvalidOperationException>(unit.Complete);
        }

        connection.Run("INSERT INTO t VALUES(3)");
        connection.CommitBatch();
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public void Later_write_of_a_unit_is_not_cancelled([Values("", Batching)] string keywords)
    {
        using var database = new TestDatabase(keywords);
        using var connection = database.OpenWithTable();
        using (var unit = connection.BeginBatchUnit())
        {
            connection.Run("INSERT INTO t VALUES(1)");
            Cancel(connection, LongSql.Insert, async: false).ShouldBe(2999);
            unit.Complete();
        }

        connection.CommitBatch();
        database.CommittedRows().ShouldBe(3000);
    }

    [Test]
    public void Write_beside_a_reader_of_another_write_is_not_cancelled([Values("", Batching)] string keywords)
    {
        using var database = new TestDatabase(keywords);
        using var connection = database.OpenWithTable();
        using (var reader = connection.Read("INSERT INTO t VALUES(1), (2) RETURNING a"))
        {
            reader.Read().ShouldBeTrue();
            Cancel(connection, LongSql.Insert, async: false).ShouldBe(2999);
            reader.Read().ShouldBeTrue();
        }

        connection.CommitBatch();
        database.CommittedRows().ShouldBe(3001);
    }

    [Test]
    public void Rows_of_a_write_are_read_to_their_end_after_Cancel([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO t WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 5000) SELECT x FROM n RETURNING a";
        var rows = 0;
        using (var reader = command.ExecuteReader())
        {
            command.Cancel();
            while (async ? reader.ReadAsync().Result : reader.Read())
                rows++;
        }

        rows.ShouldBe(5000);
        database.CommittedRows().ShouldBe(5000);
    }

    [Test]
    public void Batch_of_commands_is_rolled_back_whole([Values] bool async, [Values] bool byToken)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var source = new CancellationTokenSource();
        using var batch = connection.CreateBatch();
        connection.WhenBegun(byToken ? source.Cancel : batch.Cancel);
        foreach (var sql in new[] { "INSERT INTO t VALUES(1)", LongSql.Insert, "INSERT INTO t VALUES(2)" })
            batch.BatchCommands.Add(new WalDbBatchCommand(sql));

        Should.Throw<OperationCanceledException>(
            () => async || byToken ? batch.ExecuteNonQueryAsync(source.Token) : Task.FromResult(batch.ExecuteNonQuery()));

        connection.Session.Engine.InTransaction.ShouldBeFalse();
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        database.CommittedRows().ShouldBe(0);
    }

    [Test]
    public async Task Unit_of_the_write_queue_cancels_its_queries_and_never_its_writes()
    {
        using var database = new TestDatabase();
        database.OpenWithTable().Dispose();
        await using var queue = database.Source.CreateWriteQueue();

        var first = queue.WriteAsync(connection => connection.Run("INSERT INTO t VALUES(1)"));
        var reading = queue.WriteAsync(connection => Cancel(connection, LongSql.Query, async: false));
        var writing = queue.WriteAsync(connection => Cancel(connection, LongSql.Insert, async: false));

        (await first.Within()).ShouldBe(1);
        await Should.ThrowAsync<OperationCanceledException>(reading.Within());
        (await writing.Within()).ShouldBe(2999);
        database.CommittedRows().ShouldBe(3000);
    }

    [Test]
    public void Retried_transaction_is_not_tried_again_when_it_was_cancelled()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var tries = 0;

        Should.Throw<OperationCanceledException>(() => connection.InTransaction(_ =>
        {
            tries++;
            Cancel(connection, LongSql.Insert, async: false);
        }));

        tries.ShouldBe(1);
        connection.Run("INSERT INTO t VALUES(1)");
        database.CommittedRows().ShouldBe(1);
    }

    private static int Cancel(WalDbConnection connection, string sql, bool async)
    {
        using var command = connection.CreateCommand();
        connection.WhenBegun(command.Cancel);
        command.CommandText = sql;
        return async ? command.ExecuteNonQueryAsync().GetAwaiter().GetResult() : command.ExecuteNonQuery();
    }
}
