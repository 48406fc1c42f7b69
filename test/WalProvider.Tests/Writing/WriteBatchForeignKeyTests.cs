using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WriteBatchForeignKeyTests
{
    private const string Batching = "Write Batch Size=5;Write Batch Interval=0";

    [Test]
    public void Does_not_commit_by_itself_while_a_deferred_foreign_key_is_violated()
    {
        using var database = new TestDatabase("Write Batch Size=3;Write Batch Interval=0");
        using var connection = WithForeignKey(database);
        for (var child = 1; child <= 5; child++)
            connection.Run($"INSERT INTO child VALUES({child})");
        connection.PendingWrites.ShouldBe(5);

        for (var parent = 1; parent <= 5; parent++)
            connection.Run($"INSERT INTO parent VALUES({parent})");

        connection.PendingWrites.ShouldBe(0);
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Ask("SELECT count(*) FROM child").ShouldBe(5L);
    }

    [Test]
    public void CommitBatch_reports_a_deferred_foreign_key_that_is_violated([Values] bool async)
    {
        using var database = new TestDatabase(Batching);
        using var connection = WithForeignKey(database);
        connection.Run("INSERT INTO child VALUES(1)");
        connection.Run("INSERT INTO child VALUES(2)");

        var error = Should.Throw<WriteBatchLostException>(async () =>
        {
            if (async)
                await connection.CommitBatchAsync();
            else
                connection.CommitBatch();
        });

        error.SqliteErrorCode.ShouldBe(19);
        error.SqliteExtendedErrorCode.ShouldBe(787);
        error.LostWrites.ShouldBe(2);
        ShouldBeUsable(connection, "child");
    }

    private static WalDbConnection WithForeignKey(TestDatabase database)
    {
        var connection = database.Open();
        connection.Run("CREATE TABLE parent(id INTEGER PRIMARY KEY);"
            + "CREATE TABLE child(parent REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
        connection.CommitBatch();
        return connection;
    }

    private static void ShouldBeUsable(WalDbConnection connection, string table)
    {
        connection.PendingWrites.ShouldBe(0);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        connection.Ask($"SELECT count(*) FROM {table}").ShouldBe(0L);
        connection.CommitBatch();
        connection.Run("CREATE TABLE after(a)");
        connection.CommitBatch();
    }
}
