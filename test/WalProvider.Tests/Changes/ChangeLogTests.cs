using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Changes;

/// <summary>What is told is what has become of the tables, whatever was undone on the way.</summary>
[TestFixture]
public sealed class ChangeLogTests
{
    [Test]
    public void Events_are_the_difference_that_a_commit_has_made([Values("", "Write Batch Size=4;Write Batch Interval=0")] string keywords)
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(120),
            Prop.ForAll(ArbMap.Default.ArbFor<uint[]>(), numbers => Follow(numbers, keywords)));
    }

    [Test]
    public void Rows_beyond_the_limit_are_told_as_many_of_their_table([Values(0, 1)] int beyond)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("CREATE TABLE u(a)");
        var watch = new ChangeWatch(connection);

        using (var transaction = connection.BeginTransaction())
        {
            connection.Run(Rows("u", 2));
            connection.Run(Rows("t", ChangeLog.MostRows - 2 + beyond * 3));
            connection.Run(Rows("u", 2 * beyond));
            transaction.Commit();
        }

        var told = watch.TakeAll();
        told.Length.ShouldBe(ChangeLog.MostRows + beyond * 2);
        told.Where(change => change.Kind == ChangeKind.Many).Select(change => (change.Table, change.RowId))
            .ShouldBe(beyond == 0 ? [] : [("t", (long?)null), ("u", null)]);
        connection.Run("INSERT INTO t VALUES(1)");
        watch.Count.ShouldBe(1);
    }

    [Test]
    public void Many_is_undone_with_its_savepoint()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var watch = new ChangeWatch(connection);
        using var transaction = connection.BeginTransaction();
        connection.Run(Rows("t", ChangeLog.MostRows - 1));
        connection.Run("SAVEPOINT x");
        connection.Run(Rows("t", 10));
        connection.Run("ROLLBACK TO x");
        connection.Run(Rows("t", 1));

        transaction.Commit();

        watch.TakeAll().Select(change => change.RowId).ShouldBe(Enumerable.Range(1, ChangeLog.MostRows).Select(row => (long?)row));
    }

    private static string Rows(string table, int count)
        => $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) INSERT INTO {table} SELECT i FROM n WHERE {count} > 0";

    private static void Follow(uint[] numbers, string keywords)
    {
        using var database = new TestDatabase(keywords);
        using var connection = database.Open();
        connection.Run(RandomWork.Schema);
        connection.CommitBatch();
        using var elsewhere = database.OpenElsewhere();
        var watch = new ChangeWatch(connection);
        var work = new RandomWork(connection);
        var before = Content(elsewhere);
        foreach (var number in numbers.Select(number => number * 2654435761 >> 3))
        {
            work.Do(number);
            before = Compare(before, Content(elsewhere), watch.TakeAll());
        }

        work.End();
        connection.Close();
        Compare(before, Content(elsewhere), watch.TakeAll());
    }

    private static Dictionary<string, object> Compare(
        Dictionary<string, object> before, Dictionary<string, object> after, WalChangedEventArgs[] told)
    {
        var rows = before.Keys.ToHashSet();
        var touched = new HashSet<string>();
        foreach (var change in told)
        {
            var row = $"{change.Table}{change.RowId}";
            touched.Add(row);
            (change.Kind switch
            {
                ChangeKind.Insert => rows.Add(row),
                ChangeKind.Delete => rows.Remove(row),
                _ => rows.Contains(row),
            }).ShouldBeTrue($"{change.Kind} {row}");
        }

        rows.ShouldBe(after.Keys, ignoreOrder: true);
        after.Where(row => before.TryGetValue(row.Key, out var old) && !old.Equals(row.Value)).Select(row => row.Key)
            .ShouldBeSubsetOf(touched);
        return after;
    }

    private static Dictionary<string, object> Content(SqliteConnection connection)
    {
        var rows = new Dictionary<string, object>();
        using var reader = connection.Read("SELECT 't' || id, a FROM t UNION ALL SELECT 'u' || id, a FROM u");
        while (reader.Read())
            rows.Add(reader.GetString(0), reader.GetValue(1));
        return rows;
    }
}
