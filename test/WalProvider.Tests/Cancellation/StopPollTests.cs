using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class StopPollTests
{
    private const string Long = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 100000) SELECT count(*) FROM n";

    [Test]
    public void Running_execution_is_asked_again_and_again_until_it_stops()
    {
        using var engine = new OpenEngine();
        using var poll = new StopPoll(engine.Inner.Handle!);
        var running = new StopAfter(3);
        poll.Running = running;

        Step(engine.Inner.Handle!, Long).ShouldBe(raw.SQLITE_INTERRUPT);

        running.Asked.ShouldBe(3);
        poll.End(engine.Inner.Handle!);
    }

    [Test]
    public void Statement_of_nobody_is_not_stopped()
    {
        using var engine = new OpenEngine();
        using var poll = new StopPoll(engine.Inner.Handle!);

        Step(engine.Inner.Handle!, Long).ShouldBe(raw.SQLITE_ROW);

        poll.End(engine.Inner.Handle!);
    }

    [Test]
    public void Short_statement_is_not_even_asked_for()
    {
        using var engine = new OpenEngine();
        using var poll = new StopPoll(engine.Inner.Handle!);
        poll.Running = new StopAfter(1);

        Step(engine.Inner.Handle!, "SELECT 1").ShouldBe(raw.SQLITE_ROW);

        poll.End(engine.Inner.Handle!);
    }

    [Test]
    public void End_takes_the_handler_away()
    {
        using var engine = new OpenEngine();
        var poll = new StopPoll(engine.Inner.Handle!) { Running = new StopAfter(1) };

        poll.End(engine.Inner.Handle!);
        poll.Dispose();

        Step(engine.Inner.Handle!, Long).ShouldBe(raw.SQLITE_ROW);
    }

    [Test]
    public void Command_is_stopped_by_its_token_and_by_its_request()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        using var source = new CancellationTokenSource();
        command.CommandText = LongSql.Query;

        connection.WhenBegun(command.Cancel);
        Should.Throw<OperationCanceledException>(command.ExecuteScalar);
        connection.WhenBegun(source.Cancel);
        Should.Throw<OperationCanceledException>(() => command.ExecuteScalarAsync(source.Token).GetAwaiter().GetResult()).CancellationToken.ShouldBe(source.Token);

        connection.Ask(Long).ShouldBe(100_000L);
    }

    private static int Step(sqlite3 db, string sql)
    {
        raw.sqlite3_prepare_v2(db, sql, out var statement).ShouldBe(raw.SQLITE_OK);
        using (statement)
            return EngineExports.Step(statement);
    }

    private sealed class StopAfter(int times) : IStoppable
    {
        public int Asked { get; private set; }

        public bool MustStop() => ++Asked >= times;
    }
}
