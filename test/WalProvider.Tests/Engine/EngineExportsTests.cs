using System.Text;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

/// <summary>Each call does through the export what it does through SQLitePCLRaw; run with both, see EngineChoiceTests.</summary>
[TestFixture]
public sealed class EngineExportsTests
{
    [TestCase("0")]
    [TestCase("9223372036854775807")]
    [TestCase("-9223372036854775808")]
    public void BindInt64_and_ColumnInt64_agree_with_raw(string value)
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT ?1");
        EngineExports.BindInt64(statement.Handle, 1, long.Parse(value)).ShouldBe(raw.SQLITE_OK);
        EngineExports.Step(statement.Handle).ShouldBe(raw.SQLITE_ROW);
        raw.sqlite3_column_int64(statement.Handle, 0).ShouldBe(long.Parse(value));
        EngineExports.ColumnInt64(statement.Handle, 0).ShouldBe(long.Parse(value));
        EngineExports.ColumnType(statement.Handle, 0).ShouldBe(raw.SQLITE_INTEGER);
        EngineExports.ColumnCount(statement.Handle).ShouldBe(1);
        EngineExports.Step(statement.Handle).ShouldBe(raw.SQLITE_DONE);
    }

    [TestCase(-0.0)]
    [TestCase(double.Epsilon)]
    [TestCase(double.NegativeInfinity)]
    public void BindDouble_and_ColumnDouble_keep_every_bit(double value)
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT ?1");
        EngineExports.BindDouble(statement.Handle, 1, value).ShouldBe(raw.SQLITE_OK);
        EngineExports.Step(statement.Handle).ShouldBe(raw.SQLITE_ROW);
        BitConverter.DoubleToInt64Bits(EngineExports.ColumnDouble(statement.Handle, 0)).ShouldBe(BitConverter.DoubleToInt64Bits(value));
        EngineExports.ColumnType(statement.Handle, 0).ShouldBe(raw.SQLITE_FLOAT);
    }

    [TestCase("")]
    [TestCase("a\0b")]
    [TestCase("日本語 😀")]
    public void BindText_and_ColumnText_agree_with_raw(string value)
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT ?1");
        EngineExports.BindText(statement.Handle, 1, Encoding.UTF8.GetBytes(value)).ShouldBe(raw.SQLITE_OK);
        EngineExports.Step(statement.Handle).ShouldBe(raw.SQLITE_ROW);
        EngineExports.ColumnType(statement.Handle, 0).ShouldBe(raw.SQLITE_TEXT);
        Encoding.UTF8.GetString(EngineExports.ColumnText(statement.Handle, 0)).ShouldBe(value);
        raw.sqlite3_column_bytes(statement.Handle, 0).ShouldBe(Encoding.UTF8.GetByteCount(value));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(5000)]
    public void BindBlob_and_ColumnBlob_agree_with_raw(int length)
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT ?1");
        var blob = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        EngineExports.BindBlob(statement.Handle, 1, blob).ShouldBe(raw.SQLITE_OK);
        EngineExports.Step(statement.Handle).ShouldBe(raw.SQLITE_ROW);
        EngineExports.ColumnType(statement.Handle, 0).ShouldBe(raw.SQLITE_BLOB);
        EngineExports.ColumnBlob(statement.Handle, 0).ToArray().ShouldBe(blob);
    }

    [Test]
    public void BindText_and_BindBlob_of_a_default_span_bind_an_empty_value_and_not_NULL()
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT ?1, ?2");
        EngineExports.BindText(statement.Handle, 1, default).ShouldBe(raw.SQLITE_OK);
        EngineExports.BindBlob(statement.Handle, 2, default).ShouldBe(raw.SQLITE_OK);
        EngineExports.Step(statement.Handle).ShouldBe(raw.SQLITE_ROW);
        EngineExports.ColumnType(statement.Handle, 0).ShouldBe(raw.SQLITE_TEXT);
        EngineExports.ColumnType(statement.Handle, 1).ShouldBe(raw.SQLITE_BLOB);
    }

    [Test]
    public void BindNull_and_ClearBindings_leave_NULL()
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT ?1, ?2");
        EngineExports.BindInt64(statement.Handle, 1, 1);
        EngineExports.BindNull(statement.Handle, 1).ShouldBe(raw.SQLITE_OK);
        EngineExports.BindInt64(statement.Handle, 2, 1);
        EngineExports.ClearBindings(statement.Handle).ShouldBe(raw.SQLITE_OK);
        EngineExports.Step(statement.Handle).ShouldBe(raw.SQLITE_ROW);
        EngineExports.ColumnType(statement.Handle, 0).ShouldBe(raw.SQLITE_NULL);
        EngineExports.ColumnType(statement.Handle, 1).ShouldBe(raw.SQLITE_NULL);
    }

    [Test]
    public void Bindings_out_of_range_give_the_engines_code()
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT ?1");
        EngineExports.BindInt64(statement.Handle, 2, 1).ShouldBe(raw.SQLITE_RANGE);
        EngineExports.BindText(statement.Handle, 0, "a"u8).ShouldBe(raw.SQLITE_RANGE);
    }

    [Test]
    public void Step_gives_the_engines_code_and_Reset_repeats_it()
    {
        using var engine = new OpenEngine();
        engine.Execute("CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES (1)");
        using var statement = engine.Compile("INSERT INTO t VALUES (1)");
        (EngineExports.Step(statement.Handle) & 0xff).ShouldBe(raw.SQLITE_CONSTRAINT);
        (EngineExports.Reset(statement.Handle) & 0xff).ShouldBe(raw.SQLITE_CONSTRAINT);
    }

    [Test]
    public void Changes_counts_the_rows_of_the_last_write()
    {
        using var engine = new OpenEngine();
        engine.Execute("CREATE TABLE t(a); INSERT INTO t VALUES (1), (2), (3)");
        EngineExports.Changes(engine.Inner.Handle!).ShouldBe(3);
    }

    [Test]
    public void IsAutocommit_and_IsWriting_tell_the_state_of_the_transaction()
    {
        using var engine = new OpenEngine();
        var db = engine.Inner.Handle!;
        engine.Execute("CREATE TABLE t(a)");
        (EngineExports.IsAutocommit(db), EngineExports.IsWriting(db)).ShouldBe((true, false));
        engine.Execute("BEGIN");
        EngineExports.IsAutocommit(db).ShouldBeFalse();
        if (EngineExports.AreReached)
            EngineExports.IsWriting(db).ShouldBeFalse();
        engine.Execute("INSERT INTO t VALUES (1)");
        (EngineExports.IsAutocommit(db), EngineExports.IsWriting(db)).ShouldBe((false, true));
        engine.Execute("COMMIT");
        (EngineExports.IsAutocommit(db), EngineExports.IsWriting(db)).ShouldBe((true, false));
    }

    [Test]
    public void HasMoved_sees_a_file_that_was_renamed_where_the_exports_are_reached()
    {
        using var folder = new TempFolder();
        using var inner = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.File()};Pooling=False");
        inner.Open();
        using (var command = inner.CreateCommand())
        {
            command.CommandText = "CREATE TABLE t(a)";
            command.ExecuteNonQuery();
        }

        EngineExports.HasMoved(inner.Handle!).ShouldBeFalse();
        File.Move(folder.File(), folder.File("moved.db"));
        EngineExports.HasMoved(inner.Handle!).ShouldBe(EngineExports.AreReached);
    }

    [Test]
    public void SetLastInsertRowid_sets_it_where_the_exports_are_reached()
    {
        using var engine = new OpenEngine();
        engine.Execute("CREATE TABLE t(a); INSERT INTO t VALUES (1)");
        EngineExports.SetLastInsertRowid(engine.Inner.Handle!, 0);
        raw.sqlite3_last_insert_rowid(engine.Inner.Handle!).ShouldBe(EngineExports.AreReached ? 0 : 1);
    }

    [Test]
    public void ResetAll_leaves_no_statement_in_the_middle_where_the_exports_are_reached()
    {
        using var engine = new OpenEngine();
        engine.Execute("CREATE TABLE t(a); INSERT INTO t VALUES (1), (2)");
        using var one = engine.Compile("SELECT a FROM t");
        using var two = engine.Compile("SELECT a + 1 FROM t");
        EngineExports.Step(one.Handle);
        EngineExports.Step(two.Handle);
        EngineExports.ResetAll(engine.Inner.Handle!);
        (raw.sqlite3_stmt_busy(one.Handle) + raw.sqlite3_stmt_busy(two.Handle)).ShouldBe(EngineExports.AreReached ? 0 : 2);
    }
}
