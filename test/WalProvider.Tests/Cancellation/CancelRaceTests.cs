using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>
/// Stops that come while their statement ends: whichever wins, the next command runs as if there had been none. A flag of
/// the connection's, or sqlite3_interrupt, fails here.
/// </summary>
[TestFixture]
public sealed class CancelRaceTests
{
    private const int Rounds = 10_000;
    private const string Query = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT $n) SELECT count(*) FROM n";
    private const string Write = "INSERT INTO t WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT $n) SELECT x FROM n; DELETE FROM t";

    [Test]
    public void Late_token_never_reaches_the_next_command()
        => Race("", (command, start) =>
        {
            var source = new CancellationTokenSource();
            start(source.Cancel);
            command.ExecuteScalarAsync(source.Token).GetAwaiter().GetResult();
        });

    [Test]
    public void Late_Cancel_never_reaches_the_next_command()
        => Race("", (command, start) =>
        {
            start(command.Cancel);
            command.ExecuteScalar();
        });

    [Test]
    public void Query_Timeout_never_reaches_the_next_command()
    {
        var clock = new HandClock();
        Race(
            "Query Timeout=1000",
            (command, start) =>
            {
                start(() => clock.Advance(TimeSpan.FromSeconds(2)));
                command.ExecuteScalar();
            },
            clock);
    }

    private static void Race(string keywords, Action<WalDbCommand, Action<Action>> execute, TimeProvider? clock = null)
    {
        using var database = new TestDatabase(keywords, clock);
        var stopped = 0;
        using (var connection = database.OpenWithTable())
        using (var canceller = new Canceller())
        {
            var random = new Random(1);
            for (var round = 0; round < Rounds; round++)
            {
                // Of few thousand operations, so that it ends about when it is to be stopped.
                using var command = connection.CreateCommand();
                command.CommandText = round % 4 == 3 ? Write : Query;
                command.Parameters.AddWithValue("$n", random.Next(50, 2000));
                stopped += TryExecute(execute, command, canceller.Start) ? 0 : 1;
                if (clock is not null)
                    // Time that passes later is the next command's own.
                    canceller.Wait();
                connection.Ask("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 300) SELECT count(*) FROM n").ShouldBe(300L);
                if (clock is null)
                    canceller.Wait();
            }

            connection.Session.OpenResults.ShouldBe(0);
            connection.Session.Engine.InTransaction.ShouldBeFalse();
            connection.Session.WriteLock.IsHeld.ShouldBeFalse();
            connection.Ask("SELECT count(*) FROM t WHERE a = 0").ShouldBe(0L);
        }

        TestContext.Out.WriteLine($"{stopped} of {Rounds} were stopped");
        database.Source.Statistics.InUse.ShouldBe(0);
        database.Source.Statistics.Created.ShouldBe(1);
    }

    private static bool TryExecute(Action<WalDbCommand, Action<Action>> execute, WalDbCommand command, Action<Action> start)
    {
        try
        {
            execute(command, start);
            return true;
        }
        catch (Exception error) when (error is OperationCanceledException or QueryTimeoutException)
        {
            return false;
        }
    }

    /// <summary>A thread that stops what it is given, a random moment after it was told to.</summary>
    private sealed class Canceller : IDisposable
    {
        private readonly SemaphoreSlim _given = new(0);
        private readonly SemaphoreSlim _done = new(0);
        private readonly Random _random = new(2);
        private readonly Task _task;
        private Action? _cancel;

        public Canceller() => _task = Patience.OnThread(Run);

        public void Start(Action cancel)
        {
            _cancel = cancel;
            _given.Release();
        }

        public void Wait() => _done.Wait(Patience.Limit).ShouldBeTrue();

        public void Dispose()
        {
            Start(null!);
            _task.Wait(Patience.Limit);
            _given.Dispose();
            _done.Dispose();
        }

        private void Run()
        {
            while (true)
            {
                _given.Wait();
                if (Volatile.Read(ref _cancel) is not { } cancel)
                    return;
                for (var turns = _random.Next(20_000); turns > 0; turns--)
                    Volatile.Read(ref _cancel);
                cancel();
                _done.Release();
            }
        }
    }
}
