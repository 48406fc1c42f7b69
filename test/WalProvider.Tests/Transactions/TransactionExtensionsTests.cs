using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Polly;
using Polly.Retry;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class TransactionExtensionsTests
{
    private const string Impatient = "Busy Timeout=0";
    private const string Insert = "INSERT INTO t VALUES(1)";

    [Test]
    public async Task Work_is_committed_and_its_result_given([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();

        (await InTransaction(connection, _ => connection.Run(Insert), null, async)).ShouldBe(1);

        database.CommittedRows().ShouldBe(1);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public async Task Work_without_a_result_is_committed_too([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        if (async)
        {
            await connection.InTransactionAsync(async _ => { await connection.RunAsync(Insert); });
        }
        else
        {
            connection.InTransaction(_ => { connection.Run(Insert); });
        }

        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task Waits_and_tries_again_until_another_process_lets_go([Values] bool async)
    {
        using var database = new TestDatabase(Impatient);
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE");
        var clock = new RetryClock(wait => { if (wait == 2) { elsewhere.Run("ROLLBACK"); } });
        var runs = 0;

        await InTransaction(
            connection,
            _ =>
            {
                runs++;
                return connection.Run(Insert);
            },
            new TransactionRetryOptions { TimeProvider = clock, MaxRetryAttempts = 20 },
            async);

        clock.Waits.Count.ShouldBe(2);
        runs.ShouldBe(1);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task Overtaken_snapshot_is_begun_again_from_the_start([Values] bool async)
    {
        using var database = new TestDatabase("Transaction Mode=Deferred");
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        var seen = new List<object?>();

        await InTransaction(
            connection,
            _ =>
            {
                seen.Add(connection.Ask("SELECT count(*) FROM t"));
                if (seen.Count == 1)
                {
                    elsewhere.Run(Insert);
                }

                return connection.Run("INSERT INTO t SELECT count(*) FROM t");
            },
            new TransactionRetryOptions { TimeProvider = new RetryClock() },
            async);

        seen.ShouldBe([0L, 1L]);
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public async Task Attempts_are_as_many_as_granted([Values] bool async, [Values(0, 1, 4)] int attempts)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var runs = 0;
        var options = new TransactionRetryOptions { TimeProvider = new RetryClock(), MaxRetryAttempts = attempts };

        await Should.ThrowAsync<SqliteBusyException>(() => InTransaction(
            connection,
            _ =>
            {
                runs++;
                return connection.Run(Insert) == 1 ? throw new SqliteBusyException("locked", 5, 5) : 0;
            },
            options,
            async));

        runs.ShouldBe(attempts + 1);
        database.CommittedRows().ShouldBe(0);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public async Task Waits_grow_and_are_never_longer_than_the_cap()
    {
        using var database = new TestDatabase(Impatient);
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE");
        var clock = new RetryClock();
        var cap = TimeSpan.FromSeconds(2);
        var options = new TransactionRetryOptions
        {
            TimeProvider = clock,
            MaxRetryAttempts = 30,
            Delay = TimeSpan.FromMilliseconds(100),
            MaxDelay = cap,
        };

        await Should.ThrowAsync<SqliteBusyException>(() => connection.InTransactionAsync(_ => Task.FromResult(connection.Run(Insert)), options));

        // A jittered wait may come to nothing, and is then left out.
        clock.Waits.Count.ShouldBeInRange(20, 30);
        clock.Waits.ShouldAllBe(wait => wait <= cap);
        clock.Waits[^1].ShouldBe(cap);
    }

    [Test]
    public async Task Failure_that_is_not_transient_is_thrown_at_once_and_undone([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("CREATE UNIQUE INDEX u ON t(a)");
        var clock = new RetryClock();

        (await Should.ThrowAsync<SqliteException>(() => InTransaction(
            connection,
            _ => connection.Run(Insert) + connection.Run(Insert),
            new TransactionRetryOptions { TimeProvider = clock },
            async))).SqliteErrorCode.ShouldBe(19);

        clock.Waits.ShouldBeEmpty();
        database.CommittedRows().ShouldBe(0);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public async Task Pipeline_of_the_users_own_decides_instead([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var runs = 0;

        await InTransaction(
            connection,
            _ =>
            {
                connection.Run(Insert);
                return ++runs < 3 ? throw new TimeZoneNotFoundException() : runs;
            },
            new TransactionRetryOptions { Pipeline = Retrying<TimeZoneNotFoundException>(), MaxRetryAttempts = 0 },
            async);

        runs.ShouldBe(3);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task Transaction_whose_commit_has_an_unknown_outcome_is_never_run_again([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        raw.sqlite3_commit_hook(connection.Handle, _ => 1, null);
        var runs = 0;

        (await Should.ThrowAsync<SqliteException>(() => InTransaction(
            connection,
            _ =>
            {
                runs++;
                return connection.Run(Insert);
            },
            new TransactionRetryOptions { Pipeline = Retrying<DbException>() },
            async))).SqliteExtendedErrorCode.ShouldBe(531);

        runs.ShouldBe(1);
    }

    [Test]
    public async Task Transaction_whose_commit_certainly_failed_may_be_run_again([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(p REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
        var runs = 0;

        await InTransaction(
            connection,
            _ => ++runs == 1 ? connection.Run("INSERT INTO c VALUES(1)") : connection.Run(Insert),
            new TransactionRetryOptions { Pipeline = Retrying<DbException>() },
            async);

        runs.ShouldBe(2);
        connection.Ask("SELECT count(*) FROM c").ShouldBe(0L);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task Nested_call_runs_once_and_the_outer_one_tries_again([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var (outer, inner) = (0, 0);
        var options = new TransactionRetryOptions { TimeProvider = new RetryClock() };

        await InTransaction(
            connection,
            _ =>
            {
                outer++;
                connection.Run(Insert);
                return connection.InTransaction(
                    _ => ++inner == 1 ? throw new SqliteBusyException("again", 5, 5) : connection.Run(Insert),
                    options);
            },
            options,
            async);

        (outer, inner).ShouldBe((2, 2));
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public async Task Cancellation_ends_the_wait_between_two_tries()
    {
        using var database = new TestDatabase(Impatient);
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE");
        using var cancellation = new CancellationTokenSource();
        var clock = new RetryClock(_ => cancellation.Cancel());

        await Should.ThrowAsync<OperationCanceledException>(() => connection.InTransactionAsync(
            _ => Task.FromResult(connection.Run(Insert)), new TransactionRetryOptions { TimeProvider = clock }, cancellation.Token).Within());

        clock.Waits.Count.ShouldBe(1);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public async Task Closed_connection_is_refused([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.Source.CreateConnection();

        await Should.ThrowAsync<InvalidOperationException>(() => InTransaction(connection, _ => 1, null, async));
    }

    [Test]
    public void Options_out_of_range_are_refused()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();

        foreach (var options in new TransactionRetryOptions[]
        {
            new() { MaxRetryAttempts = -1 },
            new() { Delay = TimeSpan.FromTicks(-1) },
            new() { MaxDelay = TimeSpan.FromTicks(-1) },
        })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => connection.InTransaction(_ => 1, options));
        }
    }

    private static Task<T> InTransaction<T>(
        WalDbConnection connection, Func<WalDbTransaction, T> work, TransactionRetryOptions? options, bool async)
        => async
            ? connection.InTransactionAsync(transaction => Task.FromResult(work(transaction)), options).Within()
            : Patience.OnThread(() => connection.InTransaction(work, options)).Within();

    private static ResiliencePipeline Retrying<TException>()
        where TException : Exception
        => new ResiliencePipelineBuilder { TimeProvider = new RetryClock() }
            .AddRetry(new RetryStrategyOptions { ShouldHandle = new PredicateBuilder().Handle<TException>(), MaxRetryAttempts = 5 })
            .Build();
}
