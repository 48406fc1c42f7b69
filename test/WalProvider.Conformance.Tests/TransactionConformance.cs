using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Conformance.Tests;

public sealed class TransactionConformance(Variant variant) : Conformance(variant)
{
    [Test]
    public Task Commit_and_Rollback_end_it([Values] bool async, [Values] bool commits) => Agree(async, async side =>
    {
        var connection = await Table(side);
        var transaction = await side.Begin(connection);
        side.Note(ReferenceEquals(transaction.Connection, connection));
        side.Note(transaction.IsolationLevel);
        side.Note(transaction.SupportsSavepoints);
        side.Note(ReferenceEquals(connection.CreateCommand().Transaction, transaction));
        await side.Execute(connection, "INSERT INTO t VALUES (1)");
        await (commits ? side.Commit(transaction) : side.Rollback(transaction));
        side.Note(transaction.Connection);
        side.Note(connection.CreateCommand().Transaction);
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
        await side.Note(() => side.Commit(transaction));
        await side.Note(() => side.Rollback(transaction));
        await side.Note(() => side.Save(transaction, "s"));
        await side.Note(() => side.Rollback(transaction, "s"));
        await side.Note(() => side.Release(transaction, "s"));
        await side.Note(() => side.Dispose(transaction));
        side.Note(transaction.IsolationLevel);
    });

    [Test]
    public Task Dispose_rolls_back([Values] bool async) => Agree(async, async side =>
    {
        var connection = await Table(side);
        var transaction = await side.Begin(connection);
        await side.Execute(connection, "INSERT INTO t VALUES (1)");
        await side.Dispose(transaction);
        side.Note(transaction.Connection);
        await side.Note(() => side.Dispose(transaction));
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
    });

    [Test]
    public Task Isolation_levels_are_taken_and_reported([Values] bool async, [Values] IsolationLevel level) => Agree(async, async side =>
    {
        var connection = await Table(side);
        await side.Note(async () =>
        {
            await using var transaction = await side.Begin(connection, level);
            return transaction.IsolationLevel;
        });
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
    });

    [Test]
    public Task Savepoints_are_saved_rolled_back_and_released([Values] bool async) => Agree(async, async side =>
    {
        var connection = await Table(side);
        await using var transaction = await side.Begin(connection);
        await side.Note(() => side.Save(transaction, "one"));
        await side.Execute(connection, "INSERT INTO t VALUES (1)");
        await side.Note(() => side.Save(transaction, "odd \"name"));
        await side.Execute(connection, "INSERT INTO t VALUES (2)");
        await side.Note(() => side.Rollback(transaction, "odd \"name"));
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
        await side.Note(() => side.Release(transaction, "odd \"name"));
        await side.Note(() => side.Rollback(transaction, "odd \"name"));
        await side.Note(() => side.Release(transaction, "missing"));
        await side.Note(() => side.Save(transaction, ""));
        await side.Note(() => side.Save(transaction, null!));
        await side.Note(() => side.Rollback(transaction, (string)null!));
        await side.Note(() => side.Release(transaction, null!));
        await side.Note(() => side.Rollback(transaction, "ONE"));
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
        await side.Note(() => side.Commit(transaction));
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
    });

    [Test]
    public async Task Commands_need_no_transaction_of_their_own([Values] bool async)
    {
        var ours = await Differ(Listed.NoTransactionRequired, async, async side =>
        {
            var connection = await Table(side);
            await using var transaction = await side.Begin(connection);
            var command = side.Command(connection, "INSERT INTO t VALUES (1)");
            command.Transaction = null;
            await side.Note(() => side.Execute(command));
            await side.Rollback(transaction);
            await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
        });
        ours[0].ShouldEndWith("System.Int32 1");
        ours[1].ShouldEndWith("[]");
    }

    [Test]
    public async Task Commands_may_keep_a_transaction_that_is_over([Values] bool async)
    {
        var ours = await Differ(Listed.StaleTransaction, async, async side =>
        {
            var connection = await Table(side);
            var command = side.Command(connection, "INSERT INTO t VALUES (1)");
            await using (var transaction = await side.Begin(connection))
            {
                command.Transaction = transaction;
                await side.Commit(transaction);
            }

            await side.Note(() => side.Execute(command));
        });
        ours.ShouldHaveSingleItem().ShouldEndWith("System.Int32 1");
    }

    [Test]
    public Task Commands_refuse_a_transaction_of_another_connection([Values] bool async) => Agree(async, async side =>
    {
        var connection = await Table(side);
        var other = side.CreateFor("Data Source=:memory:");
        await side.Open(other);
        await using var transaction = await side.Begin(other);
        var command = side.Command(connection, "INSERT INTO t VALUES (1)");
        command.Transaction = transaction;
        await side.Note(() => side.Execute(command));
        await side.Note(() => side.Scalar(command));
        await side.Note(() => side.Rows(command));
    });

    [Test]
    public async Task Begin_inside_a_transaction_begins_a_savepoint([Values] bool async)
    {
        var ours = await Differ(Listed.NestedTransactions, async, async side =>
        {
            var connection = await Table(side);
            await using var outer = await side.Begin(connection);
            await side.Execute(connection, "INSERT INTO t VALUES (1)");
            await side.Note(async () =>
            {
                await using var inner = await side.Begin(connection);
                await side.Execute(connection, "INSERT INTO t VALUES (2)");
                await side.Rollback(inner);
            });
            await side.Commit(outer);
            await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
        });
        ours[0].ShouldEndWith("\"done\"");
        ours[1].ShouldEndWith("[[System.Int64 1]]");
    }

    [TestCase("ROLLBACK")]
    [TestCase("INSERT OR ROLLBACK INTO t VALUES (1)")]
    public Task Rollback_from_outside_is_noticed(string sql) => Agree(async: true, async side =>
    {
        var connection = await Table(side);
        await side.Execute(connection, "INSERT INTO t VALUES (1)");
        var transaction = await side.Begin(connection);
        await side.Execute(connection, "INSERT INTO t VALUES (2)");
        // NB: what the wrapped provider counts for ROLLBACK is the statement before.
        await side.Note(() => (Task)side.Execute(connection, sql));
        await side.Note(() => side.Execute(connection, "INSERT INTO t VALUES (3)"));
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
        await side.Note(() => side.Commit(transaction));
        side.Note(transaction.Connection is null);
        await side.Note(() => side.Rollback(transaction));
        side.Note(transaction.Connection is null);
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
        await side.Note(() => side.Execute(connection, "INSERT INTO t VALUES (4)"));
    });

    [Test]
    public async Task Commit_as_text_ends_the_transaction([Values] bool async)
    {
        var ours = await Differ(Listed.TypedCommit, async, async side =>
        {
            // NB: the wrapped provider's connection cannot even be closed after this, so it gets none that is kept.
            var connection = side.CreateFor("Data Source=:memory:");
            await side.Open(connection);
            await side.Execute(connection, "CREATE TABLE t(a)");
            var transaction = await side.Begin(connection);
            await side.Execute(connection, "INSERT INTO t VALUES (1)");
            await side.Note(() => side.Execute(connection, "COMMIT"));
            await side.Note(() => side.Execute(connection, "INSERT INTO t VALUES (2)"));
            await side.Note(() => side.Dispose(transaction));
            await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
            await side.Execute(connection, side.IsOurs ? "SELECT 1" : "BEGIN");
            await side.Dispose(transaction);
        });
        ours[2].ShouldEndWith("\"done\"");
        ours[3].ShouldEndWith("[[System.Int64 1]; [System.Int64 2]]");
    }

    [Test]
    public Task Typed_transactions_work([Values] bool async) => Agree(async, async side =>
    {
        var connection = await Table(side);
        foreach (var sql in new[]
        {
            "BEGIN DEFERRED", "INSERT INTO t VALUES (1)", "COMMIT", "BEGIN IMMEDIATE", "INSERT INTO t VALUES (2)", "ROLLBACK", "BEGIN EXCLUSIVE",
            "SAVEPOINT s", "INSERT INTO t VALUES (3)", "ROLLBACK TO s", "RELEASE s", "END", "SAVEPOINT outermost", "INSERT INTO t VALUES (4)",
            "RELEASE outermost", "BEGIN", "BEGIN", "COMMIT", "COMMIT",
        })
        {
            await side.Note(async () =>
            {
                await side.Execute(connection, sql);
            }, sql);
            await side.Note(() => side.Rows(connection, "SELECT * FROM t"), sql);
        }
    });

    [Test]
    public Task Commit_that_violates_a_deferred_key_leaves_the_transaction_open([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, "CREATE TABLE p(a PRIMARY KEY); CREATE TABLE c(a REFERENCES p(a) DEFERRABLE INITIALLY DEFERRED)");
        await using var transaction = await side.Begin(connection);
        await side.Execute(connection, "INSERT INTO c VALUES (1)");
        await side.Note(() => side.Commit(transaction));
        side.Note(transaction.Connection is null);
        await side.Execute(connection, "INSERT INTO p VALUES (1)");
        await side.Note(() => side.Commit(transaction));
        await side.Note(() => side.Rows(connection, "SELECT * FROM c"));
    });

    [Test]
    public async Task Lock_of_another_connection_is_a_transient_error([Values] bool async)
    {
        var ours = await Differ(Listed.BusyIsTransient, async, async side =>
        {
            // The lock is held past our gate, as another process would hold it.
            var one = await Table(side);
            await using var holder = new SqliteConnection($"Data Source={side.File()};Pooling=False");
            holder.Open();
            await using var held = holder.BeginTransaction();
            var command = side.Command(one, "INSERT INTO t VALUES (1)");
            command.CommandTimeout = side.IsOurs ? -1 : 1;
            await side.Note(() => side.Execute(command));
            await side.Note(() => Facts(() => side.Execute(command)));
        });
        ours[0].ShouldContain("SQLite Error 5: 'database is locked'.");
        ours[1].ShouldContain("caught 5 transient True");

        static async Task<string> Facts(Func<Task> call)
        {
            try
            {
                await call();
                return "none";
            }
            catch (SqliteException error)
            {
                return $"caught {error.SqliteErrorCode} transient {error.IsTransient}";
            }
        }
    }

    private static async Task<DbConnection> Table(Side side)
    {
        var connection = await side.Open();
        await side.Execute(connection, "CREATE TABLE t(a UNIQUE)");
        return connection;
    }
}
