using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Engine;

public class MemoryJournalBugTests
{
    // The engine keeps this many pages in a whole number of pieces of its journal in memory.
    private const int Pages = 254;

    [TestCase(3_034_001, false)]
    [TestCase(3_035_000, true)]
    [TestCase(3_035_005, true)]
    [TestCase(3_037_001, true)]
    [TestCase(3_037_002, false)]
    [TestCase(3_040_001, false)]
    public void IsIn_knows_the_versions_that_have_it(int version, bool hasIt)
    {
        MemoryJournalBug.IsIn(version).ShouldBe(hasIt);
    }

    [Test]
    public void Savepoint_undoes_everything_whatever_ended_inside_it([Values] WalProfile profile)
    {
        for (var pages = Pages - 3; pages <= Pages + 3; pages++)
        {
            using var database = new TestDatabase($"Profile={profile}");
            using var connection = database.Open();
            UndoAfter(connection, pages).ShouldBe(0L);
        }
    }

    [Test]
    public void Savepoint_undoes_something_else_with_the_journal_in_memory()
    {
        Assume.That(MemoryJournalBug.IsInEngine);
        using var database = new TestDatabase("Temp Store=MEMORY");
        using var connection = database.Open();
        UndoAfter(connection, Pages).ShouldNotBe(0L);
    }

    [TestCase("", 0)]
    [TestCase("Temp Store=FILE", 0)]
    [TestCase("Temp Store=MEMORY", 1)]
    public void Open_warns_once_of_a_choice_that_brings_it_back(string keywords, int warnings)
    {
        Assume.That(MemoryJournalBug.IsInEngine);
        using var folder = new TempFolder();
        var log = new LogList();
        using var source = new WalDbDataSourceBuilder($"Data Source={folder.File()};{keywords}").UseLoggerFactory(log).Build();
        source.OpenConnection().Dispose();
        source.Clear();
        source.OpenConnection().Dispose();

        log.Events.Count(entry => entry.Id == 1105).ShouldBe(warnings);
    }

    /// <summary>How many rows are not what they were, after a savepoint was undone inside which another had ended.</summary>
    private static object? UndoAfter(WalDbConnection connection, int pages)
    {
        connection.Run(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a);"
            + "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT i, zeroblob(3000) FROM n");
        connection.Run(
            $"BEGIN; SAVEPOINT outside; UPDATE t SET a = CAST(x'01' || zeroblob(2999) AS BLOB) WHERE id <= {pages};"
            + "SAVEPOINT inside; UPDATE t SET a = CAST(x'02' || zeroblob(2999) AS BLOB) WHERE id < 10; ROLLBACK TO inside; RELEASE inside;"
            + "UPDATE t SET a = CAST(x'03' || zeroblob(2999) AS BLOB) WHERE id > 400; ROLLBACK TO outside; COMMIT");
        return connection.Ask("SELECT count(*) FROM t WHERE a <> zeroblob(3000)");
    }
}
