using System.Data;
using NUnit.Framework;

namespace WalProvider.Conformance.Tests;

/// <summary>Connections closed and opened again with things of theirs left over, and transactions in the wrong order.</summary>
public sealed class ConnectionStateConformance(Variant variant) : Conformance(variant)
{
    [Test]
    public Task Reopened_connection_knows_nothing_of_what_it_left([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, "CREATE TABLE t(a); CREATE TEMP TABLE mine(a); PRAGMA user_version = 5");
        var transaction = await side.Begin(connection);
        var reader = await side.Reader(connection, "SELECT 1 UNION SELECT 2");
        await side.Close(connection);
        await side.Open(connection);
        side.Note(connection.CreateCommand().Transaction);
        side.Note(reader.IsClosed);
        side.Note(transaction.Connection);
        await side.Note(() => side.Read(reader));
        await side.Note(() => side.Rows(connection, "SELECT * FROM temp.mine"));
        await side.Note(() => side.Scalar(connection, "PRAGMA foreign_keys"));
        await side.Note(() => side.Scalar(connection, "PRAGMA user_version"));
        await side.Note(() => side.Execute(connection, "INSERT INTO t VALUES (1)"));
        await side.Note(async () =>
        {
            await using var next = await side.Begin(connection);
            await side.Commit(next);
        });
    });

    [Test]
    public Task Dispose_of_a_connection_that_was_never_opened_is_quiet([Values] bool async) => Agree(async, async side =>
    {
        var connection = side.CreateFor(null);
        var disposed = 0;
        connection.Disposed += (_, _) => disposed++;
        connection.StateChange += (_, change) => side.Note(change.CurrentState, "changed");
        await side.Note(() => side.Close(connection));
        await side.Note(() => side.Dispose(connection));
        await side.Note(() => side.Dispose(connection));
        side.Note(disposed);
        side.Note(connection.State);
        side.Note(() => connection.ConnectionString);
    });

    [TestCase("commit", "commit")]
    [TestCase("commit", "rollback")]
    [TestCase("rollback", "commit")]
    [TestCase("rollback", "rollback")]
    [TestCase("dispose", "commit")]
    [TestCase("dispose", "rollback")]
    [TestCase("commit", "dispose")]
    public Task Transaction_that_is_over_refuses_the_next_end(string first, string second) => Agree(async: true, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, "CREATE TABLE t(a)");
        var transaction = await side.Begin(connection);
        await side.Execute(connection, "INSERT INTO t VALUES (1)");
        foreach (var step in new[] { first, second })
        {
            await side.Note(
                () => step switch
                {
                    "commit" => side.Commit(transaction),
                    "rollback" => side.Rollback(transaction),
                    _ => side.Dispose(transaction),
                },
                step);
            side.Note(transaction.Connection, step);
            side.Note(() => transaction.IsolationLevel, step);
        }

        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
    });

    [Test]
    public Task Events_see_the_state_that_they_tell_of([Values] bool async) => Agree(async, async side =>
    {
        var connection = side.Create();
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState != ConnectionState.Open)
                return;
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA foreign_keys";
            side.Note(() => command.ExecuteScalar(), "inside the event");
        };
        await side.Open(connection);
        side.Note(connection.State);
        await side.Close(connection);
    });
}
