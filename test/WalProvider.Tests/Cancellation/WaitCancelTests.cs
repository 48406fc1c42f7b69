using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Cancellation of what waits: at the gate, and for another process.</summary>
[TestFixture]
public sealed class WaitCancelTests
{
    [Test]
    public async Task Wait_at_the_gate_ends([Values] bool async, [Values] bool byToken, [Values] bool isFirst)
    {
        using var database = new TestDatabase("Busy Timeout=3600000");
        using var connection = database.OpenWithTable();
        using var holder = database.Open();
        using var transaction = holder.BeginTransaction();
        using var earlier = database.Open();
        var before = isFirst ? Task.CompletedTask : Patience.OnThread(() => earlier.Run("INSERT INTO t VALUES(1)"));
        var gate = connection.Session.File!.Gate;
        Patience.Until(() => gate.Waiting == (isFirst ? 0 : 1));
        using var waiting = new WaitingWrite(connection, async, byToken);
        Patience.Until(() => gate.Waiting == (isFirst ? 1 : 2));

        waiting.Cancel();

        var error = await Should.ThrowAsync<OperationCanceledException>(waiting.Task.Within());
        error.CancellationToken.ShouldBe(byToken ? waiting.Token : default);
        gate.Waiting.ShouldBe(isFirst ? 0 : 1);
        transaction.Rollback();
        await before.Within();
        connection.Run("INSERT INTO t VALUES(2)");
        database.CommittedRows().ShouldBe(isFirst ? 1 : 2);
    }

    [Test]
    public async Task Wait_for_another_process_ends([Values] bool async, [Values] bool byToken)
    {
        using var database = new TestDatabase("Busy Timeout=3600000");
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE");
        using var waiting = new WaitingWrite(connection, async, byToken);
        Patience.Until(() => connection.Session.WriteLock.IsHeld);

        waiting.Cancel();

        var error = await Should.ThrowAsync<OperationCanceledException>(waiting.Task.Within());
        error.CancellationToken.ShouldBe(byToken ? waiting.Token : default);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        elsewhere.Run("ROLLBACK");
        connection.Run("INSERT INTO t VALUES(2)");
        database.CommittedRows().ShouldBe(1);
    }

    /// <summary>A write that has to wait, by a thread or a task.</summary>
    private sealed class WaitingWrite : IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private readonly WalDbCommand _command;
        private readonly bool _byToken;

        public WaitingWrite(WalDbConnection connection, bool async, bool byToken)
        {
            _byToken = byToken;
            _command = connection.CreateCommand();
            _command.CommandText = "INSERT INTO t VALUES(1)";
            Token = byToken ? _source.Token : default;
            // The sync methods take no token; what they wait by is the same.
            Task = async || byToken ? Patience.OnThread(() => _command.ExecuteNonQueryAsync(Token)).Unwrap() : Patience.OnThread(_command.ExecuteNonQuery);
        }

        public CancellationToken Token { get; }

        public Task<int> Task { get; }

        public void Cancel()
        {
            if (_byToken)
                _source.Cancel();
            else
                _command.Cancel();
        }

        public void Dispose()
        {
            _command.Dispose();
            _source.Dispose();
        }
    }
}
