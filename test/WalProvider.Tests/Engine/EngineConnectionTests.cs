using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class EngineConnectionTests
{
    [Test]
    public void BeginImmediate_Commit_and_Rollback_give_the_engines_code_and_keep_the_truth()
    {
        using var folder = new TempFolder();
        using var inner = Open(folder);
        using var engine = new EngineConnection(inner);
        engine.InTransaction.ShouldBeFalse();
        engine.BeginImmediate().ShouldBe(raw.SQLITE_OK);
        (engine.InTransaction, engine.IsWriting).ShouldBe((true, true));
        engine.BeginImmediate().ShouldBe(raw.SQLITE_ERROR);
        engine.Commit().ShouldBe(raw.SQLITE_OK);
        engine.Commit().ShouldBe(raw.SQLITE_ERROR);
        engine.Rollback().ShouldBe(raw.SQLITE_OK);
        engine.BeginImmediate().ShouldBe(raw.SQLITE_OK);
        engine.Rollback().ShouldBe(raw.SQLITE_OK);
        engine.InTransaction.ShouldBeFalse();
    }

    [Test]
    public void BeginImmediate_is_worth_waiting_for_when_another_holds_the_lock()
    {
        using var folder = new TempFolder();
        using var first = Open(folder);
        using var second = Open(folder);
        using var holder = new EngineConnection(first);
        using var waiter = new EngineConnection(second);
        waiter.SetBusyTimeout(TimeSpan.Zero);
        holder.BeginImmediate().ShouldBe(raw.SQLITE_OK);

        var result = waiter.BeginImmediate();

        (result & 0xff).ShouldBe(raw.SQLITE_BUSY);
        waiter.IsWorthWaiting(result).ShouldBeTrue();
        holder.Rollback().ShouldBe(raw.SQLITE_OK);
        waiter.BeginImmediate().ShouldBe(raw.SQLITE_OK);
    }

    [Test]
    public void IsWorthWaiting_is_false_when_the_snapshot_was_overtaken()
    {
        using var folder = new TempFolder();
        using var first = Open(folder);
        using var second = Open(folder);
        Execute(first, "PRAGMA journal_mode = WAL; CREATE TABLE t(a)");
        using var reader = new EngineConnection(second);
        Execute(second, "BEGIN; SELECT * FROM t");
        Execute(first, "INSERT INTO t VALUES (1)");
        reader.SetBusyTimeout(TimeSpan.Zero);
        raw.sqlite3_prepare_v2(reader.Db, "INSERT INTO t VALUES (2)", out var statement);
        using (statement)
        {
            var result = raw.sqlite3_step(statement);
            (result & 0xff).ShouldBe(raw.SQLITE_BUSY);
            reader.ExtendedErrorCode.ShouldBe(EngineConnection.BusySnapshot);
            reader.IsWorthWaiting(result).ShouldBeFalse();
        }
    }

    [TestCase(raw.SQLITE_OK)]
    [TestCase(raw.SQLITE_CONSTRAINT)]
    [TestCase(raw.SQLITE_FULL)]
    public void IsWorthWaiting_is_false_when_no_lock_is_the_reason(int code)
    {
        using var folder = new TempFolder();
        using var inner = Open(folder);
        using var engine = new EngineConnection(inner);
        engine.IsWorthWaiting(code).ShouldBeFalse();
    }

    [TestCase(0)]
    [TestCase(1234)]
    public void SetBusyTimeout_is_read_back(int milliseconds)
    {
        using var folder = new TempFolder();
        using var inner = Open(folder);
        using var engine = new EngineConnection(inner);
        engine.SetBusyTimeout(TimeSpan.FromMilliseconds(milliseconds));
        engine.ReadBusyTimeout().ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    private static SqliteConnection Open(TempFolder folder)
    {
        var inner = new SqliteConnection($"Data Source={folder.File()};Pooling=False");
        inner.Open();
        return inner;
    }

    private static void Execute(SqliteConnection inner, string sql)
    {
        using var command = inner.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
