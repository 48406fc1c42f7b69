using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using WalProvider.Tests.Blobs;

namespace WalProvider.Tests.Values;

[TestFixture]
public sealed class StreamValuesTests
{
    [Test]
    public async Task Stream_is_stored_as_a_blob([Values] bool async, [Values] bool canSeek, [Values(0, 1, 300_000)] int length)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var stream = new PatternStream(length, canSeek);

        await Insert(connection, "INSERT INTO t VALUES ($data)", stream, async);

        connection.Ask("SELECT typeof(a) FROM t").ShouldBe("blob");
        using var sink = new HashingSink();
        connection.ReadBlobTo("t", "a", 1, sink).ShouldBe(length);
        sink.Hash.ShouldBe(PatternStream.HashOf(length));
        (stream.AsyncReads > 0).ShouldBe(async);
    }

    [Test]
    public async Task Stream_is_read_once_for_all_the_statements_of_a_text([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        await Insert(connection, "INSERT INTO t VALUES ($data); INSERT INTO t SELECT $data WHERE $data = $data", new MemoryStream([1, 2]), async);
        connection.Ask("SELECT group_concat(hex(a)) FROM t").ShouldBe("0102,0102");
    }

    [Test]
    public async Task Stream_is_read_from_where_it_stands_and_up_to_Size([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var command = new WalDbCommand("INSERT INTO t VALUES ($data)", connection);
        command.Parameters.Add(new SqliteParameter("$data", new MemoryStream([1, 2, 3, 4, 5]) { Position = 1 }) { Size = 3 });
        _ = async ? await command.ExecuteNonQueryAsync() : command.ExecuteNonQuery();
        connection.Ask("SELECT hex(a) FROM t").ShouldBe("020304");
        // It has been read now.
        _ = async ? await command.ExecuteNonQueryAsync() : command.ExecuteNonQuery();
        connection.Ask("SELECT hex(a) FROM t WHERE rowid = 2").ShouldBe("05");
    }

    [Test]
    public void Stream_may_be_a_blob_of_the_same_connection()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        connection.Run("INSERT INTO t VALUES (x'0708')");
        using (var blob = connection.OpenBlob("t", "a", 1, readOnly: true))
        {
            using var command = new WalDbCommand("INSERT INTO t VALUES ($data)", connection);
            command.Parameters.AddWithValue("$data", blob);
            command.ExecuteNonQuery();
        }

        connection.Ask("SELECT group_concat(hex(a)) FROM t").ShouldBe("0708,0708");
    }

    [Test]
    public async Task Stream_that_fails_fails_the_command_and_leaves_nothing_open([Values] bool async)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var stream = new PatternStream(10) { OnRead = () => throw new IOException("the source") };
        (await Should.ThrowAsync<IOException>(Insert(connection, "INSERT INTO t VALUES ($data)", stream, async))).Message.ShouldBe("the source");
        connection.Session.HasSomethingOpen.ShouldBeFalse();
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
        database.CommittedRows().ShouldBe(0);
    }

    [Test]
    public async Task Reading_a_stream_is_cancelled()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var cancellation = new CancellationTokenSource();
        using var stream = new PatternStream(1_000_000, canSeek: false) { OnRead = cancellation.Cancel };
        using var command = new WalDbCommand("INSERT INTO t VALUES ($data)", connection);
        command.Parameters.AddWithValue("$data", stream);
        await Should.ThrowAsync<OperationCanceledException>(command.ExecuteNonQueryAsync(cancellation.Token));
        database.CommittedRows().ShouldBe(0);
    }

    [Test]
    public void Stream_past_the_engines_limit_is_refused_before_it_is_read([Values] bool canSeek)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        SQLitePCL.raw.sqlite3_limit(connection.Handle!, 0, 10_000);
        using var stream = new PatternStream(10_001, canSeek);
        using var command = new WalDbCommand("INSERT INTO t VALUES ($data)", connection);
        command.Parameters.AddWithValue("$data", stream);
        var error = Should.Throw<SqliteException>(() => command.ExecuteNonQuery());
        error.SqliteErrorCode.ShouldBe(18);
        if (canSeek)
            stream.Position.ShouldBe(0);
    }

    [Test]
    public void Stream_is_not_read_where_no_statement_takes_it()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var stream = new PatternStream(10) { OnRead = () => throw new IOException() };
        using var command = new WalDbCommand("INSERT INTO t VALUES (1)", connection);
        command.Parameters.AddWithValue("$data", stream);
        command.ExecuteNonQuery().ShouldBe(1);
    }

    [Test]
    public void Streams_of_a_batch_are_each_read()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        using var batch = connection.CreateBatch();
        for (var i = 1; i <= 3; i++)
        {
            var command = new WalDbBatchCommand("INSERT INTO t VALUES ($data)");
            command.Parameters.Add(new SqliteParameter("$data", new MemoryStream([(byte)i])));
            batch.BatchCommands.Add(command);
        }

        batch.ExecuteNonQuery().ShouldBe(3);
        connection.Ask("SELECT group_concat(hex(a)) FROM t").ShouldBe("01,02,03");
    }

    private static async Task Insert(WalDbConnection connection, string sql, Stream stream, bool async)
    {
        using var command = new WalDbCommand(sql, connection);
        command.Parameters.AddWithValue("$data", stream);
        _ = async ? await command.ExecuteNonQueryAsync() : command.ExecuteNonQuery();
    }
}
