using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Conformance.Tests;

public sealed class BlobConformance(Variant variant) : Conformance(variant)
{
    private const string Tables =
        """
        CREATE TABLE b(id INTEGER PRIMARY KEY, x BLOB, y, i INTEGER);
        INSERT INTO b VALUES (1, x'00010203040506070809', 'text', 5), (2, x'', NULL, 6), (-3, zeroblob(20000), 2.5, 7);
        CREATE INDEX by_i ON b(i);
        CREATE TABLE child(x REFERENCES b(id));
        INSERT INTO child VALUES (1);
        CREATE TABLE w(id INTEGER PRIMARY KEY, x) WITHOUT ROWID;
        INSERT INTO w VALUES (1, x'01');
        CREATE VIEW v AS SELECT * FROM b;
        CREATE TEMP TABLE t(x);
        INSERT INTO t VALUES (x'0A0B')
        """;

    [Test]
    public Task Blob_is_read_and_written_as_a_stream([Values] bool async) => Agree(async, async side =>
    {
        var connection = await Prepared(side);
        using (var blob = Open(side, connection, "b", "x", 1))
        {
            foreach (var property in new[] { blob.CanRead, blob.CanSeek, blob.CanWrite, blob.CanTimeout })
                side.Note(property);
            side.Note(blob.Length);
            side.Note(blob.Position);
            var buffer = new byte[4];
            await side.Note(() => ReadSome(async, blob, buffer, 1, 3));
            side.Note(buffer);
            side.Note(blob.Position);
            await side.Note(() => WriteSome(async, blob, [7, 7, 7], 1, 2));
            side.Note(() => blob.Seek(-2, SeekOrigin.End));
            await side.Note(() => ReadSome(async, blob, buffer, 0, 4));
            await side.Note(() => ReadSome(async, blob, buffer, 0, 4));
            side.Note(blob.ReadByte());
            side.Note(() => blob.Seek(2, SeekOrigin.Begin));
            side.Note(() => blob.Seek(2, SeekOrigin.Current));
            await side.Note(() => Done(() => blob.WriteByte(99)));
            await side.Note(() => Done(blob.Flush));
            await side.Note(() => blob.FlushAsync());
        }

        await side.Note(() => side.Rows(connection, "SELECT hex(x) FROM b WHERE id > 0"));
    });

    [Test]
    public Task Position_may_be_anywhere_but_before_the_beginning([Values] bool async) => Agree(async, async side =>
    {
        var connection = await Prepared(side);
        using var blob = Open(side, connection, "b", "x", 1);
        side.Note(() => blob.Seek(-1, SeekOrigin.Begin));
        side.Note(() => blob.Seek(-11, SeekOrigin.End));
        side.Note(() => blob.Seek(0, (SeekOrigin)9));
        side.Note(() => blob.Position = -1);
        side.Note(() => blob.Position = 100);
        side.Note(blob.Position);
        await side.Note(() => ReadSome(async, blob, new byte[1], 0, 1));
        side.Note(blob.ReadByte());
        await side.Note(() => WriteSome(async, blob, [1], 0, 1));
        await side.Note(() => WriteSome(async, blob, [1], 0, 0));
        side.Note(blob.Position);
        side.Note(() => blob.Position = 9);
        await side.Note(() => WriteSome(async, blob, [1, 2], 0, 2));
        side.Note(blob.Position);
        await side.Note(() => Done(() => blob.SetLength(10)));
        await side.Note(() => Done(() => blob.Write(new byte[2], 1, 2)));
        await side.Note(() => Task.FromResult(blob.Read(new byte[2], 1, 2)));
        await side.Note(() => Task.FromResult(blob.Read(null!, 0, 0)));
        await side.Note(() => Task.FromResult(blob.Read(new byte[2], -1, 2)));
        await side.Note(() => Done(() => blob.Write(new byte[2], 0, -1)));
    });

    [Test]
    public Task Blob_that_is_read_only_is_not_written([Values] bool async) => Agree(async, async side =>
    {
        var connection = await Prepared(side);
        using var blob = Open(side, connection, "b", "x", 1, readOnly: true);
        side.Note(blob.CanWrite);
        await side.Note(() => WriteSome(async, blob, [1], 0, 1));
        await side.Note(() => WriteSome(async, blob, [1], 0, 0));
        await side.Note(() => ReadSome(async, blob, new byte[1], 0, 1));
    });

    [TestCase("b", "x", 4, true)]
    [TestCase("b", "x", 4, false)]
    [TestCase("b", "z", 1, true)]
    [TestCase("nowhere", "x", 1, true)]
    [TestCase("b", "y", 1, true)]
    [TestCase("b", "y", 1, false)]
    [TestCase("b", "y", 2, true)]
    [TestCase("b", "y", -3, true)]
    [TestCase("b", "id", 1, true)]
    [TestCase("b", "i", 1, false)]
    [TestCase("child", "x", 1, false)]
    [TestCase("w", "x", 1, true)]
    [TestCase("v", "x", 1, true)]
    [TestCase("b", null, 1, true)]
    [TestCase(null, "x", 1, true)]
    public Task Blob_that_cannot_be_opened_says_why(string? table, string? column, long rowId, bool readOnly) => Agree(async: false, async side =>
    {
        var connection = await Prepared(side);
        side.Note(() =>
        {
            using var blob = Open(side, connection, table!, column!, rowId, readOnly);
            return blob.Length;
        });
        await side.Note(() => side.Execute(connection, "UPDATE b SET i = i + 1"));
    });

    [Test]
    public Task Blob_needs_an_open_connection() => Agree(async: false, async side =>
    {
        var connection = await Prepared(side);
        await side.Close(connection);
        side.Note(() => Open(side, connection, "b", "x", 1));
        side.Note(() => Open(side, null!, "b", "x", 1));
    });

    [Test]
    public Task Blob_of_another_database_is_named_by_it() => Agree(async: false, async side =>
    {
        var connection = await Prepared(side);
        using var blob = OpenIn(side, connection, "temp", "t", "x", 1);
        side.Note(blob.ReadByte());
        blob.WriteByte(5);
        blob.Dispose();
        await side.Note(() => side.Rows(connection, "SELECT hex(x) FROM t"));
        side.Note(() => OpenIn(side, connection, "elsewhere", "t", "x", 1));
    });

    [Test]
    public Task Blob_that_was_disposed_is_dead([Values] bool async) => Agree(async, async side =>
    {
        var connection = await Prepared(side);
        var blob = Open(side, connection, "b", "x", 1);
        await side.Dispose(blob);
        await side.Dispose(blob);
        side.Note(blob.Length);
        side.Note(blob.CanRead);
        side.Note(blob.CanWrite);
        side.Note(KindOf(() => _ = blob.Read(new byte[1])));
        side.Note(KindOf(() => _ = blob.Read(new byte[0])));
    });

    [Test]
    public async Task Write_to_a_disposed_blob_says_so()
        => (await Differ(Listed.DisposedBlob, async: false, async side =>
        {
            var connection = await Prepared(side);
            var blob = Open(side, connection, "b", "x", 1);
            blob.Dispose();
            await side.Note(() => Done(() => blob.Write(new byte[1])));
        })).ShouldHaveSingleItem().ShouldContain(nameof(ObjectDisposedException));

    [Test]
    public async Task Blob_whose_row_was_changed_says_so([Values] bool async)
        => (await Differ(Listed.BlobIsGone, async, async side =>
        {
            var connection = await Prepared(side);
            using var blob = Open(side, connection, "b", "x", 1);
            await side.Execute(connection, "UPDATE b SET y = 9 WHERE id = 1");
            await side.Note(() => ReadSome(async, blob, new byte[1], 0, 1));
        })).ShouldHaveSingleItem().ShouldContain("row 1 was opened: open it again");

    [Test]
    public Task Changes_to_other_rows_and_commits_leave_a_blob_alone([Values] bool async) => Agree(async, async side =>
    {
        var connection = await Prepared(side);
        using var blob = Open(side, connection, "b", "x", 1, readOnly: true);
        await side.Execute(connection, "INSERT INTO b(x) VALUES (zeroblob(3000)), (zeroblob(3000)); UPDATE b SET y = 1 WHERE id = 2; DELETE FROM b WHERE id = -3");
        await using (var transaction = await side.Begin(connection))
        {
            await side.Execute(connection, "UPDATE b SET y = 3 WHERE id = 2");
            await side.Commit(transaction);
        }

        await side.Note(() => ReadSome(async, blob, new byte[10], 0, 10));
    });

    [Test]
    public async Task Stream_is_stored_as_a_parameter([Values] bool async)
        => (await Differ(Listed.StreamParameter, async, async side =>
        {
            var connection = await Prepared(side);
            await side.Note(() => side.Scalar(side.Command(connection, "SELECT hex(@x)", ("@x", new MemoryStream([1, 2])))));
        })).ShouldHaveSingleItem().ShouldContain("0102");

    private static async Task<DbConnection> Prepared(Side side)
    {
        var connection = await side.Open();
        await side.Execute(connection, Tables);
        return connection;
    }

    private static Stream Open(Side side, DbConnection connection, string table, string column, long rowId, bool readOnly = false)
        => side.IsOurs
            ? new WalDbBlob((WalDbConnection)connection, table, column, rowId, readOnly)
            : new SqliteBlob((SqliteConnection)connection, table, column, rowId, readOnly);

    private static Stream OpenIn(Side side, DbConnection connection, string database, string table, string column, long rowId)
        => side.IsOurs
            ? new WalDbBlob((WalDbConnection)connection, database, table, column, rowId)
            : new SqliteBlob((SqliteConnection)connection, database, table, column, rowId);

    private static async Task<int> ReadSome(bool async, Stream blob, byte[] buffer, int offset, int count)
        => async ? await blob.ReadAsync(buffer.AsMemory(offset, count)) : blob.Read(buffer, offset, count);

    private static async Task WriteSome(bool async, Stream blob, byte[] buffer, int offset, int count)
    {
        if (async)
            await blob.WriteAsync(buffer.AsMemory(offset, count));
        else
            blob.Write(buffer, offset, count);
    }

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    // The message names the type.
    private static string KindOf(Action action)
    {
        try
        {
            action();
            return "done";
        }
        catch (ObjectDisposedException error)
        {
            return error.GetType().Name;
        }
    }
}
