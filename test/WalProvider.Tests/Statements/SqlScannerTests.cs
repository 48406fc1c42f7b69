using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class SqlScannerTests
{
    [TestCase("SELECT 1", nameof(StatementKind.Dml))]
    [TestCase("select 1", nameof(StatementKind.Dml))]
    [TestCase("INSERT INTO t VALUES (1)", nameof(StatementKind.Dml))]
    [TestCase("Update t SET a = 1", nameof(StatementKind.Dml))]
    [TestCase("DELETE FROM t", nameof(StatementKind.Dml))]
    [TestCase("REPLACE INTO t VALUES (1)", nameof(StatementKind.Dml))]
    [TestCase("VALUES (1)", nameof(StatementKind.Dml))]
    [TestCase("WITH a AS (SELECT 1) SELECT * FROM a", nameof(StatementKind.Dml))]
    [TestCase("CREATE TABLE t(a)", nameof(StatementKind.Ddl))]
    [TestCase("DROP TABLE t", nameof(StatementKind.Ddl))]
    [TestCase("ALTER TABLE t RENAME TO u", nameof(StatementKind.Ddl))]
    [TestCase("REINDEX", nameof(StatementKind.Ddl))]
    [TestCase("ANALYZE", nameof(StatementKind.Ddl))]
    [TestCase("NONSENSE", nameof(StatementKind.Ddl))]
    [TestCase("", nameof(StatementKind.Ddl))]
    [TestCase("(SELECT 1)", nameof(StatementKind.Ddl))]
    [TestCase("SELECTED", nameof(StatementKind.Ddl))]
    [TestCase("EXPLAIN SELECT 1", nameof(StatementKind.Explain))]
    [TestCase("explain query plan DELETE FROM t", nameof(StatementKind.Explain))]
    [TestCase("BEGIN", nameof(StatementKind.Begin))]
    [TestCase("BEGIN;", nameof(StatementKind.Begin))]
    [TestCase("BEGIN TRANSACTION", nameof(StatementKind.Begin))]
    [TestCase("BEGIN DEFERRED TRANSACTION", nameof(StatementKind.Begin))]
    [TestCase("BEGIN IMMEDIATE", nameof(StatementKind.BeginWrite))]
    [TestCase("begin /* now */ exclusive transaction", nameof(StatementKind.BeginWrite))]
    [TestCase("COMMIT", nameof(StatementKind.Commit))]
    [TestCase("END TRANSACTION", nameof(StatementKind.Commit))]
    [TestCase("ROLLBACK", nameof(StatementKind.Rollback))]
    [TestCase("ROLLBACK TRANSACTION", nameof(StatementKind.Rollback))]
    [TestCase("ROLLBACK TO a", nameof(StatementKind.EndSavepoint))]
    [TestCase("ROLLBACK TRANSACTION TO SAVEPOINT a", nameof(StatementKind.EndSavepoint))]
    [TestCase("SAVEPOINT a", nameof(StatementKind.Savepoint))]
    [TestCase("RELEASE a", nameof(StatementKind.EndSavepoint))]
    [TestCase("PRAGMA foreign_keys = 0", nameof(StatementKind.Pragma))]
    [TestCase("ATTACH 'a' AS b", nameof(StatementKind.Attach))]
    [TestCase("DETACH b", nameof(StatementKind.Attach))]
    [TestCase("VACUUM INTO 'a'", nameof(StatementKind.Vacuum))]
    public void KindOf_tells_a_statement_by_its_first_words(string sql, string kind)
        => SqlScanner.KindOf(sql).ToString().ShouldBe(kind);

    [TestCase(" \t\r\n\fPRAGMA x")]
    [TestCase(";; ; PRAGMA x")]
    [TestCase("-- a comment\nPRAGMA x")]
    [TestCase("-- SELECT\r\n-- again\n  PRAGMA x")]
    [TestCase("/* SELECT */PRAGMA x")]
    [TestCase("/**/ /* ; */ -- x\nPRAGMA x")]
    [TestCase("--\nPRAGMA x")]
    [TestCase("/*/ SELECT */PRAGMA x")]
    [TestCase("\uFEFFPRAGMA x")]
    [TestCase("PRAGMA/**/x")]
    public void KindOf_passes_over_what_the_engine_passes_over(string sql)
        => SqlScanner.KindOf(sql).ShouldBe(StatementKind.Pragma);

    [TestCase("-- only a comment")]
    [TestCase("/* never closed PRAGMA")]
    [TestCase(";")]
    [TestCase("'PRAGMA'")]
    public void KindOf_finds_no_word_where_there_is_none(string sql) => SqlScanner.KindOf(sql).ShouldBe(StatementKind.Ddl);

    [TestCase("PRAGMA busy_timeout", "busy_timeout")]
    [TestCase("pragma Busy_Timeout=5", "Busy_Timeout")]
    [TestCase("PRAGMA main.busy_timeout = 5", "busy_timeout")]
    [TestCase("PRAGMA main /* x */ . journal_mode", "journal_mode")]
    [TestCase("PRAGMA cache_size(5)", "cache_size")]
    [TestCase("PRAGMA [main].[journal_mode]", "journal_mode")]
    [TestCase("PRAGMA \"\".journal_mode", "journal_mode")]
    [TestCase("PRAGMA \"never closed", "never closed")]
    [TestCase("PRAGMA \"a \"\" b\" = 5", "a \" b")]
    [TestCase("PRAGMA", "")]
    [TestCase("SELECT busy_timeout", "")]
    [TestCase("", "")]
    public void PragmaOf_gives_the_name_without_its_database(string sql, string name)
        => SqlScanner.PragmaOf(sql).ShouldBe(name);
}
