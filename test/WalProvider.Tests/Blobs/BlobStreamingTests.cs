using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Blobs;

[TestFixture]
public sealed class BlobStreamingTests
{
    private const int Big = 64 * 1024 * 1024;
    private const long FewBytes = 2 * 1024 * 1024;

    // Alone: the count is of the whole process, since an asynchronous copy may go on on another thread.
    [Test]
    [NonParallelizable]
    public async Task Value_goes_in_and_out_without_being_in_memory([Values] bool async)
    {
        using var database = new TestDatabase("Cache Size=-2000");
        using var connection = WithRow(database);
        using var source = new PatternStream(Big);
        using var sink = new HashingSink();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        (async ? await connection.WriteBlobAsync("t", "a", 1, source) : connection.WriteBlob("t", "a", 1, source)).ShouldBe(Big);
        (async ? await connection.ReadBlobToAsync("t", "a", 1, sink) : connection.ReadBlobTo("t", "a", 1, sink)).ShouldBe(Big);

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(FewBytes);
        sink.Length.ShouldBe(Big);
        sink.Hash.ShouldBe(PatternStream.HashOf(Big));
        connection.Ask("SELECT length(a) FROM t").ShouldBe((long)Big);
        connection.Session.OpenResults.ShouldBe(0);
    }

    [Test]
    public async Task Stream_that_cannot_seek_goes_in_whole([Values] bool async, [Values] bool withLength)
    {
        using var database = new TestDatabase();
        using var connection = WithRow(database);
        using var source = new PatternStream(300_000, canSeek: false);
        long? length = withLength ? 200_000 : null;

        var written = async
            ? await connection.WriteBlobAsync("t", "a", 1, source, length)
            : connection.WriteBlob("t", "a", 1, source, length);

        written.ShouldBe(length ?? 300_000);
        Sha(connection).ShouldBe(PatternStream.HashOf((int)written));
    }

    [Test]
    public async Task Stream_that_is_too_short_changes_nothing(
        [Values] bool async, [Values("", "Write Batch Size=10")] string keywords, [Values] bool inTransaction)
    {
        using var database = new TestDatabase(keywords);
        using var connection = WithRow(database);
        using var transaction = inTransaction ? connection.BeginTransaction() : null;
        connection.Run("INSERT INTO t VALUES ('before')");
        using var source = new PatternStream(100_000);

        await Should.ThrowAsync<EndOfStreamException>(async () => _ = async
            ? await connection.WriteBlobAsync("t", "a", 1, source, 100_001)
            : connection.WriteBlob("t", "a", 1, source, 100_001));

        transaction?.Commit();
        connection.CommitBatch();
        connection.Ask("SELECT a FROM t WHERE rowid = 1").ShouldBeOfType<DBNull>();
        database.CommittedRows().ShouldBe(2);
    }

    [TestCase("")]
    [TestCase("Write Batch Size=10")]
    public void Value_is_part_of_the_transaction_it_is_written_in(string keywords)
    {
        using var database = new TestDatabase(keywords);
        using var connection = WithRow(database);
        using (var transaction = connection.BeginTransaction())
        {
            connection.WriteBlob("t", "a", 1, new MemoryStream([1]));
            transaction.Rollback();
        }

        connection.Run("BEGIN IMMEDIATE");
        connection.WriteBlob("t", "a", 1, new MemoryStream([2]));
        connection.Run("ROLLBACK");
        connection.Ask("SELECT a FROM t").ShouldBeOfType<DBNull>();

        connection.WriteBlob("t", "a", 1, new MemoryStream([3]));
        connection.PendingWrites.ShouldBe(keywords.Length == 0 ? 0 : 2);
        connection.Ask("SELECT hex(a) FROM t").ShouldBe("03");
    }

    [Test]
    public void Source_is_read_from_where_it_stands()
    {
        using var database = new TestDatabase();
        using var connection = WithRow(database);
        connection.WriteBlob("t", "a", 1, new MemoryStream([1, 2, 3, 4]) { Position = 2 });
        connection.Ask("SELECT hex(a) FROM t").ShouldBe("0304");
        connection.WriteBlob("t", "a", 1, Stream.Null).ShouldBe(0);
        connection.Ask("SELECT typeof(a) || length(a) FROM t").ShouldBe("blob0");
    }

    [Test]
    public void Value_is_copied_from_one_row_to_another()
    {
        using var database = new TestDatabase();
        using var connection = WithRow(database);
        connection.Run("INSERT INTO t VALUES (randomblob(300000))");
        using (var source = connection.OpenBlob("t", "a", 2, readOnly: true))
            connection.WriteBlob("t", "a", 1, source);
        connection.Ask("SELECT count(DISTINCT a) FROM t").ShouldBe(1L);
    }

    [Test]
    public void Row_is_found_by_its_id_whatever_its_columns_are_called()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run("""CREATE TABLE "o ""dd"(rowid TEXT, OID INTEGER, "c ""c"); INSERT INTO "o ""dd" VALUES ('2', 2, 'one'), ('1', 1, 'two')""");
        connection.WriteBlob("o \"dd", "c \"c", 2, new MemoryStream([9]));
        connection.Ask("""SELECT group_concat(quote("c ""c")) FROM "o ""dd" """).ShouldBe("'one',X'09'");
    }

    [TestCase("t", "a", 9, "no such rowid: 9")]
    [TestCase("t", "b", 1, "no such column")]
    [TestCase("u", "a", 1, "no such table")]
    [TestCase("w", "a", 1, "without rowid")]
    [TestCase("v", "a", 1, "view")]
    public void Value_that_is_not_there_is_refused_and_leaves_nothing_open(string table, string column, long rowId, string message)
    {
        using var database = new TestDatabase();
        using var connection = WithRow(database);
        connection.Run("CREATE TABLE w(id INTEGER PRIMARY KEY, a) WITHOUT ROWID; CREATE VIEW v AS SELECT * FROM t");
        Should.Throw<SqliteException>(() => connection.WriteBlob(table, column, rowId, Stream.Null)).Message.ShouldContain(message);
        connection.Session.HasSomethingOpen.ShouldBeFalse();
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    [Test]
    public void Length_past_the_engines_limit_is_refused_before_anything_is_read()
    {
        using var database = new TestDatabase();
        using var connection = WithRow(database);
        using var source = new PatternStream(int.MaxValue);
        Should.Throw<SqliteException>(() => connection.WriteBlob("t", "a", 1, source)).SqliteErrorCode.ShouldBe(18);
        source.Position.ShouldBe(0);
    }

    [Test]
    public async Task Token_that_is_cancelled_stops_the_copy_and_changes_nothing()
    {
        using var database = new TestDatabase();
        using var connection = WithRow(database);
        using var cancellation = new CancellationTokenSource();
        using var source = new PatternStream(1_000_000) { OnRead = cancellation.Cancel };
        await Should.ThrowAsync<OperationCanceledException>(connection.WriteBlobAsync("t", "a", 1, source, cancellationToken: cancellation.Token));
        connection.Ask("SELECT a FROM t").ShouldBeOfType<DBNull>();
        connection.Session.HasSomethingOpen.ShouldBeFalse();
        await Should.ThrowAsync<OperationCanceledException>(connection.ReadBlobToAsync("t", "a", 1, Stream.Null, cancellationToken: cancellation.Token));
    }

    private static WalDbConnection WithRow(TestDatabase database)
    {
        var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES (NULL)");
        connection.CommitBatch();
        return connection;
    }

    private static string Sha(WalDbConnection connection)
    {
        using var sink = new HashingSink();
        connection.ReadBlobTo("t", "a", 1, sink);
        return sink.Hash;
    }
}
