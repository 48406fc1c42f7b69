using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using WalProvider.Tests.Changes;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalDbConnectionChangedHandlerTests
{
    private const string Insert = "INSERT INTO t VALUES(1)";
    private const string Batching = "Write Batch Size=3;Write Batch Interval=500";

    [Test]
    public void Commit_by_a_timer_is_told_on_another_thread()
    {
        var clock = new HandClock();
        using var database = new TestDatabase(Batching, clock);
        using var connection = database.OpenWithTable();
        var watch = new ChangeWatch(connection);
        connection.Run(Insert);

        clock.Advance(TimeSpan.FromSeconds(1));

        Patience.Until(() => watch.Count == 1);
        watch.Take().ShouldBe("+t1");
    }

    [Test]
    public void Commit_for_another_writer_does_not_make_that_one_wait_for_the_handler()
    {
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=0");
        using var connection = database.OpenWithTable();
        using var other = new WalDbConnection($"Data Source={database.File}");
        other.Open();
        using var mayReturn = new ManualResetEventSlim();
        using var isTold = new ManualResetEventSlim();
        connection.Changed += (_, _) =>
        {
            isTold.Set();
            mayReturn.Wait(Patience.Limit);
        };
        connection.Run(Insert);

        other.Run(Insert);

        isTold.Wait(Patience.Limit).ShouldBeTrue();
        mayReturn.Set();
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Close_commits_the_batch_and_tells_it_when_it_is_closed([Values] bool closesAgain)
    {
        using var database = new TestDatabase("Write Batch Size=100;Write Batch Interval=0");
        var connection = database.OpenWithTable();
        var watch = new ChangeWatch(connection);
        var state = System.Data.ConnectionState.Broken;
        connection.Changed += (_, _) =>
        {
            state = connection.State;
            if (closesAgain)
                connection.Close();
        };
        connection.Run(Insert);

        connection.Close();

        watch.Take().ShouldBe("+t1");
        state.ShouldBe(System.Data.ConnectionState.Closed);
        database.Source.Statistics.ShouldSatisfyAllConditions(s => s.Idle.ShouldBe(1), s => s.InUse.ShouldBe(0));
    }

    [Test]
    public void Handler_may_use_the_connection_and_what_it_changes_is_told_afterwards([Values] bool inTransaction)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("CREATE TABLE log(of)");
        var depth = 0;
        var told = new List<string>();
        connection.Changed += (_, change) =>
        {
            depth++.ShouldBe(0);
            told.Add(change.Table + change.RowId);
            if (change.Table == "t")
            {
                using var transaction = connection.BeginTransaction();
                connection.Run($"INSERT INTO log VALUES({change.RowId})");
                transaction.Commit();
            }

            depth--;
        };

        if (inTransaction)
        {
            using var transaction = connection.BeginTransaction();
            connection.Run("INSERT INTO t VALUES(1), (2)");
            transaction.Commit();
        }
        else
        {
            connection.Run("INSERT INTO t VALUES(1), (2)");
        }

        told.ShouldBe(["t1", "t2", "log1", "log2"]);
        connection.CurrentTransaction.ShouldBeNull();
        connection.Ask("SELECT count(*) FROM log").ShouldBe(2L);
    }

    [Test]
    public async Task Handler_that_throws_undoes_nothing_and_the_call_that_committed_throws([Values(0, 1, 2, 3)] int call, [Values] bool async)
    {
        using var database = new TestDatabase(call >= 2 ? Batching : "", new HandClock());
        using var connection = database.OpenWithTable();
        connection.Changed += (_, change) => throw new NotSupportedException(change.Table);
        var watch = new ChangeWatch(connection);

        var error = await Should.ThrowAsync<AggregateException>(async () =>
        {
            if (call == 0)
            {
                await connection.Run("INSERT INTO t VALUES(1), (2)", async);
                return;
            }

            using var transaction = call == 1 ? connection.BeginTransaction() : null;
            await connection.Run("INSERT INTO t VALUES(1), (2)", async);
            if (call == 1)
                await transaction!.CommitAsync();
            else if (call == 2)
                await connection.CommitBatchAsync();
            else
                await connection.CloseAsync();
        });

        error.InnerExceptions.Count.ShouldBe(1);
        error.InnerException.ShouldBeOfType<NotSupportedException>();
        watch.Take().ShouldBe("+t1 +t2");
        database.CommittedRows().ShouldBe(2);
        connection.CurrentTransaction.ShouldBeNull();
        if (call < 3)
            connection.Ask("SELECT count(*) FROM t").ShouldBe(2L);
    }

    [Test]
    public void What_a_handler_throws_on_another_thread_is_thrown_by_the_next_command_before_it_runs()
    {
        var clock = new HandClock();
        using var database = new TestDatabase(Batching, clock);
        using var connection = database.OpenWithTable();
        var watch = new ChangeWatch(connection);
        connection.Changed += (_, _) => throw new NotSupportedException();
        connection.Changed += new ChangeWatchEnd(out var end).Note;
        connection.Run(Insert);
        clock.Advance(TimeSpan.FromSeconds(1));
        end.Wait(Patience.Limit).ShouldBeTrue();

        Should.Throw<AggregateException>(() => connection.Run(Insert)).InnerException.ShouldBeOfType<NotSupportedException>();

        watch.Take().ShouldBe("+t1");
        connection.PendingWrites.ShouldBe(0);
        connection.Run(Insert);
        connection.PendingWrites.ShouldBe(1);
        connection.RollbackBatch();
    }

    [Test]
    public void Session_goes_back_clean_and_its_next_user_is_not_listened_to()
    {
        using var database = new TestDatabase();
        WalDbConnection first;
        ChangeWatch watch;
        using (first = database.OpenWithTable())
        {
            watch = new ChangeWatch(first);
            first.Run(Insert);
        }

        watch.Take().ShouldBe("+t1");
        using (var second = database.Open())
        {
            second.Run("DELETE FROM t");
            second.Run(Insert);
            second.Session.Engine.Changes.ShouldBeNull();
        }

        watch.Count.ShouldBe(0);
        first.Open();
        first.Run(Insert);
        watch.Take().ShouldBe("+t2");
        database.Source.Statistics.Created.ShouldBe(1);
        first.Close();
    }

    [Test]
    public void Handler_that_is_removed_is_told_no_more([Values] bool inTransaction)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var told = 0;
        void Count(object? sender, WalChangedEventArgs change) => told++;
        connection.Changed += Count;
        using (var transaction = inTransaction ? connection.BeginTransaction() : null)
        {
            connection.Run(Insert);
            connection.Changed -= Count;
            connection.Changed -= Count;
            transaction?.Commit();
        }

        connection.Run(Insert);

        told.ShouldBe(inTransaction ? 0 : 1);
        connection.Session.Engine.Changes.ShouldBeNull();
    }

    [Test]
    public void Handler_that_is_added_in_a_transaction_is_told_what_comes_after()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var transaction = connection.BeginTransaction();
        connection.Run(Insert);
        transaction.Save("s");
        var watch = new ChangeWatch(connection);
        connection.Run(Insert);
        transaction.Rollback("s");
        connection.Run("INSERT INTO t(rowid) VALUES(7)");

        transaction.Commit();

        watch.Take().ShouldBe("+t7");
    }

    [Test]
    public void Handler_may_be_added_while_rows_are_read()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1), (2), (3)");
        using var reader = connection.Read("SELECT a FROM t ORDER BY a");
        reader.Read().ShouldBeTrue();

        var watch = new ChangeWatch(connection);

        reader.Read().ShouldBeTrue();
        reader.GetInt64(0).ShouldBe(2);
        connection.Run(Insert);
        watch.Take().ShouldBe("+t4");
        reader.Read().ShouldBeTrue();
    }

    [Test]
    public void Subscribing_and_writing_from_inside_a_function_is_refused()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.CreateFunction("listen", () =>
        {
            connection.Changed += (_, _) => { };
            return 1;
        });

        Should.Throw<SqliteException>(() => connection.Ask("SELECT listen()"));

        connection.Ask("SELECT 1").ShouldBe(1L);
    }
}
