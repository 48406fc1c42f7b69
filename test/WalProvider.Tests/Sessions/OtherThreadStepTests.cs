using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>
/// One thread is in the middle of a step while another, against the rule, uses the same connection. What the other ends waits for the
/// step: refused, it would stay open, and take with it what is written meanwhile.
/// </summary>
[TestFixture]
public sealed class OtherThreadStepTests
{
    [Test]
    public async Task End_waits_for_the_step_of_another_thread(
        [Values("returning", "rest", "commit", "rollback", "leave", "unit", "leave unit", "blob")] string what,
        [Values("", "Write Batch Size=9;Write Batch Interval=0")] string keywords)
    {
        using var database = new TestDatabase(keywords);
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(x'0102')");
        var end = Begin(connection, what);
        using var step = new HeldStep(connection);

        await step.ReleaseWhenAwaited(end);

        connection.Session.OpenResults.ShouldBe(0);
        connection.CommitBatch();
        connection.Session.Engine.InTransaction.ShouldBeFalse();
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        database.CommittedRows().ShouldBe(what switch { "rollback" or "leave" or "leave unit" or "blob" => 1, "rest" => 3, _ => 2 });
    }

    [Test]
    public async Task Commit_of_the_batch_waits_for_the_step_of_another_thread()
    {
        using var database = new TestDatabase("Write Batch Size=9;Write Batch Interval=0");
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(1)");
        using var step = new HeldStep(connection);

        await step.ReleaseWhenAwaited(connection.CommitBatch);

        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task Write_that_returned_stays_when_it_shares_the_transaction_of_a_result_that_closes_beside_a_step()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var returning = connection.Read("INSERT INTO t VALUES(1) RETURNING a");
        returning.Read().ShouldBeTrue();
        connection.Run("INSERT INTO t VALUES(2)");
        using (var step = new HeldStep(connection))
            await step.ReleaseWhenAwaited(returning.Dispose);
        connection.Run("INSERT INTO t VALUES(3)");

        connection.Close();

        database.CommittedRows().ShouldBe(3);
    }

    [Test]
    public async Task Close_of_the_connection_waits_for_the_step_and_gives_the_session_back()
    {
        using var database = new TestDatabase();
        var connection = database.OpenWithTable();
        connection.Read("INSERT INTO t VALUES(1) RETURNING a").Read().ShouldBeTrue();
        using var step = new HeldStep(connection);

        await step.ReleaseWhenAwaited(connection.Close);

        database.Source.Statistics.InUse.ShouldBe(0);
        database.CommittedRows().ShouldBe(1);
    }

    [Test]
    public async Task What_begins_beside_the_step_is_refused_and_leaves_nothing()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using (var step = new HeldStep(connection))
        {
            Should.Throw<InvalidOperationException>(() => connection.Run("INSERT INTO t VALUES(1)"));
            Should.Throw<InvalidOperationException>(() => connection.Ask("INSERT INTO t VALUES(1) RETURNING a"));
            Should.Throw<InvalidOperationException>(connection.BeginTransaction);
            await step.Release();
        }

        connection.Session.HasSomethingOpen.ShouldBeFalse();
        connection.Close();
        database.CommittedRows().ShouldBe(0);
    }

    [Test]
    public void Result_that_a_user_function_closes_stays_open_and_loses_nothing([Values] bool inStep, [Values("close", "next", "blob")] string what)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES(x'01')");
        var returning = connection.Read("INSERT INTO t VALUES(2) RETURNING a");
        returning.Read().ShouldBeTrue();
        using var blob = connection.OpenBlob("t", "a", 1);
        Exception? refused = null;
        connection.CreateFunction("inside", () =>
        {
            refused = Should.Throw<InvalidOperationException>(
                () => _ = what switch { "close" => Closed(returning), "next" => returning.NextResult(), _ => Closed(blob) });
            return 1;
        });

        using (var reader = connection.Read(inStep ? "SELECT 0 UNION ALL SELECT inside()" : "SELECT inside()"))
        {
            while (reader.Read())
            {
            }
        }

        refused.ShouldNotBeNull().Message.ShouldContain("from inside a user");
        blob.ReadByte().ShouldBe(1);
        blob.Dispose();
        returning.GetInt64(0).ShouldBe(2);
        returning.Dispose();
        connection.Session.HasSomethingOpen.ShouldBeFalse();
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        connection.Close();
        database.CommittedRows().ShouldBe(2);
    }

    [Test]
    public void Statement_inside_a_user_function_is_refused_after_it_has_read_a_row()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var outer = connection.Read("SELECT 1 UNION ALL SELECT 2");
        outer.Read().ShouldBeTrue();
        Exception? refused = null;
        connection.CreateFunction("inside", () =>
        {
            outer.Read().ShouldBeTrue();
            refused = Should.Throw<InvalidOperationException>(() => connection.Run("INSERT INTO t VALUES(1)"));
            return outer.GetInt64(0);
        });

        using (var reader = connection.Read("SELECT 0 UNION ALL SELECT inside()"))
        {
            reader.Read().ShouldBeTrue();
            reader.Read().ShouldBeTrue();
            reader.GetInt64(0).ShouldBe(2);
        }

        refused.ShouldNotBeNull();
        database.CommittedRows().ShouldBe(0);
    }

    [Test]
    public async Task Write_elsewhere_from_inside_a_step_of_the_gates_holder_is_refused_at_once()
    {
        using var database = new TestDatabase("Busy Timeout=2000000000");
        using var connection = database.OpenWithTable();
        using var second = database.Open();
        using var transaction = connection.BeginTransaction();
        Exception? refused = null;
        connection.CreateFunction("elsewhere", () =>
        {
            refused = Should.Throw<WriteGateTimeoutException>(() => second.Run("INSERT INTO t VALUES(1)"));
            return 1;
        });
        using var reader = connection.Read("SELECT 0 UNION ALL SELECT elsewhere()");
        reader.Read().ShouldBeTrue();

        (await Patience.OnThread(reader.Read).Within()).ShouldBeTrue();

        refused.ShouldNotBeNull().Message.ShouldContain("on this very thread");
    }

    private static bool Closed(IDisposable disposable)
    {
        disposable.Dispose();
        return true;
    }

    /// <summary>Begins something; what ends it.</summary>
    private static Action Begin(WalDbConnection connection, string what)
    {
        switch (what)
        {
            case "returning":
            case "rest":
                var reader = connection.Read("INSERT INTO t VALUES(1) RETURNING a" + (what == "rest" ? "; INSERT INTO t VALUES(2)" : ""));
                reader.Read().ShouldBeTrue();
                return reader.Dispose;
            case "commit" or "rollback" or "leave":
                var transaction = connection.BeginTransaction();
                connection.Run("INSERT INTO t VALUES(1)");
                return what == "commit" ? transaction.Commit : what == "rollback" ? transaction.Rollback : transaction.Dispose;
            case "unit" or "leave unit":
                var unit = connection.BeginBatchUnit();
                connection.Run("INSERT INTO t VALUES(1)");
                return what == "unit" ? unit.Complete : unit.Dispose;
            default:
                var blob = new WalDbBlob(connection, "t", "a", 1);
                blob.WriteByte(3);
                return blob.Dispose;
        }
    }
}
