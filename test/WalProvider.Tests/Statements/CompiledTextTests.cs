using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class CompiledTextTests
{
    [TestCase("SELECT 1", 1)]
    [TestCase("SELECT 1;", 1)]
    [TestCase("SELECT 1; SELECT 2", 2)]
    [TestCase("SELECT 1;;; -- nothing\n ; SELECT 2; /* nothing */ ", 2)]
    [TestCase("SELECT 'é;日本'; SELECT '😀'", 2)]
    [TestCase("", 0)]
    [TestCase("  -- nothing", 0)]
    [TestCase(";;", 0)]
    [TestCase("SELECT 1\0", 1)]
    [TestCase("SELECT 1;\0 SELECT 2", 1)]
    [TestCase("\0", 0)]
    public void Get_finds_every_statement(string sql, int count)
    {
        using var engine = new OpenEngine();
        using var text = new CompiledText(sql, stays: true);
        var found = 0;
        while (true)
        {
            text.Get(engine.Inner.Handle!, engine.Watch, found, out var statement).ShouldBe(raw.SQLITE_OK);
            if (statement is null)
                break;
            found++;
        }

        found.ShouldBe(count);
    }

    [Test]
    public void Get_compiles_a_statement_only_when_it_is_reached()
    {
        using var engine = new OpenEngine();
        using var text = new CompiledText("CREATE TABLE t(a); SELECT a FROM t", stays: true);
        text.Get(engine.Inner.Handle!, engine.Watch, 0, out var create).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_step(create!.Handle).ShouldBe(raw.SQLITE_DONE);
        text.Get(engine.Inner.Handle!, engine.Watch, 1, out var select).ShouldBe(raw.SQLITE_OK);
        select!.ColumnNames().ShouldBe(["a"]);
    }

    [Test]
    public void Get_gives_the_engines_code_when_a_statement_is_wrong_and_can_be_asked_again()
    {
        using var engine = new OpenEngine();
        using var text = new CompiledText("SELECT 1; SELECT a FROM late", stays: true);
        text.Get(engine.Inner.Handle!, engine.Watch, 0, out var first).ShouldBe(raw.SQLITE_OK);
        text.Get(engine.Inner.Handle!, engine.Watch, 1, out var second).ShouldBe(raw.SQLITE_ERROR);
        second.ShouldBeNull();
        text.IsKept.ShouldBeFalse();

        engine.Execute("CREATE TABLE late(a)");
        text.Get(engine.Inner.Handle!, engine.Watch, 1, out second).ShouldBe(raw.SQLITE_OK);
        text.Get(engine.Inner.Handle!, engine.Watch, 0, out var again).ShouldBe(raw.SQLITE_OK);
        second.ShouldNotBeNull();
        again.ShouldBeSameAs(first);
    }

    [Test]
    public void KindOf_tells_the_next_kind_before_it_is_compiled()
    {
        using var engine = new OpenEngine();
        using var text = new CompiledText("SELECT 'ä'; PRAGMA busy_timeout = 1; BEGIN", stays: true);
        text.KindOf(0).ShouldBe(StatementKind.Dml);
        text.IsBusyTimeoutNext.ShouldBeFalse();
        text.Get(engine.Inner.Handle!, engine.Watch, 0, out _);
        text.KindOf(0).ShouldBe(StatementKind.Dml);
        text.KindOf(1).ShouldBe(StatementKind.Pragma);
        text.IsBusyTimeoutNext.ShouldBeTrue();
        text.Get(engine.Inner.Handle!, engine.Watch, 1, out _);
        text.KindOf(2).ShouldBe(StatementKind.Begin);
    }

    [TestCase("SELECT 1", true)]
    [TestCase("BEGIN", true)]
    [TestCase("COMMIT", true)]
    [TestCase("SELECT 1; SELECT 2", true)]
    [TestCase("SELECT 1; PRAGMA user_version", false)]
    [TestCase("CREATE TABLE t(a)", false)]
    [TestCase("EXPLAIN SELECT 1", false)]
    [TestCase("", false)]
    public void IsKept_when_every_statement_may_be_used_again(string sql, bool expected)
    {
        using var engine = new OpenEngine();
        using var text = new CompiledText(sql, stays: true);
        text.Get(engine.Inner.Handle!, engine.Watch, 9, out _).ShouldBe(raw.SQLITE_OK);
        text.IsKept.ShouldBe(expected);
    }

    [Test]
    public void IsKept_is_false_before_the_end_was_compiled()
    {
        using var engine = new OpenEngine();
        using var text = new CompiledText("SELECT 1; SELECT 2", stays: true);
        text.Get(engine.Inner.Handle!, engine.Watch, 0, out _).ShouldBe(raw.SQLITE_OK);
        text.IsKept.ShouldBeFalse();
    }

    [TestCase("SELECT 1", false, false, true)]
    [TestCase("INSERT INTO t VALUES (1)", true, true, false)]
    [TestCase("INSERT INTO t VALUES (1) RETURNING a", true, true, true)]
    [TestCase("INSERT INTO tmp VALUES (1)", true, false, false)]
    [TestCase("EXPLAIN INSERT INTO t VALUES (1)", false, false, true)]
    [TestCase("CREATE TABLE u(a)", true, true, false)]
    [TestCase("CREATE TEMP TABLE u(a)", true, false, false)]
    [TestCase("DELETE FROM t WHERE a IN (SELECT a FROM tmp)", true, true, false)]
    public void Statements_know_whether_they_write_and_need_the_gate(string sql, bool isWrite, bool needsGate, bool hasColumns)
    {
        using var engine = new OpenEngine();
        engine.Execute("CREATE TABLE t(a); CREATE TEMP TABLE tmp(a)");
        using var statement = engine.Compile(sql);
        statement.IsWrite.ShouldBe(isWrite);
        statement.NeedsGate.ShouldBe(needsGate);
        statement.HasColumns.ShouldBe(hasColumns);
    }

    [Test]
    public void Clear_leaves_no_value_bound()
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT ?1");
        raw.sqlite3_bind_int(statement.Handle, 1, 5);
        raw.sqlite3_step(statement.Handle);
        statement.Clear();
        raw.sqlite3_step(statement.Handle);
        raw.sqlite3_column_type(statement.Handle, 0).ShouldBe(raw.SQLITE_NULL);
    }

    [Test]
    public void ColumnNames_follow_a_change_of_the_table()
    {
        using var engine = new OpenEngine();
        engine.Execute("CREATE TABLE t(a)");
        using var statement = engine.Compile("SELECT * FROM t");
        raw.sqlite3_step(statement.Handle);
        statement.ColumnNames().ShouldBe(["a"]);
        statement.Clear();
        engine.Execute("ALTER TABLE t ADD b");
        raw.sqlite3_step(statement.Handle);
        statement.ColumnNames().ShouldBe(["a", "b"]);
    }
}
