using System.Buffers;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

// Values as streams.
public sealed partial class WalDbConnection
{
    private const int BlobChunkSize = 128 * 1024;
    private const string BlobSavepoint = "walprovider_blob";

    private const string RowIdNameSql =
        """
        SELECT column1 FROM (VALUES ('rowid'), ('_rowid_'), ('oid'))
        WHERE column1 NOT IN (SELECT lower(name) FROM pragma_table_info($table, $database)) LIMIT 1
        """;

    /// <summary>Opens a value of the main database as a stream.</summary>
    /// <param name="table">The table; not a view, and not one WITHOUT ROWID.</param>
    /// <param name="column">The column; to be written, neither indexed nor part of a foreign key.</param>
    /// <param name="rowId">The row's id. The value is a blob or text, not NULL and no number.</param>
    /// <param name="readOnly">Whether it is only to be read. By default it can be written too.</param>
    /// <returns>The stream; see <see cref="WalDbBlob"/> for what it holds while it is open.</returns>
    /// <remarks>Waits for locks up to Busy Timeout.</remarks>
    /// <exception cref="InvalidOperationException">The connection is closed.</exception>
    /// <exception cref="SqliteException">There is no such value, or it cannot be opened so; the message names what is wrong.</exception>
    /// <exception cref="SqliteBusyException">The database stayed locked for longer than Busy Timeout.</exception>
    /// <seealso href="https://www.sqlite.org/c3ref/blob_open.html"/>
    public WalDbBlob OpenBlob(string table, string column, long rowId, bool readOnly = false)
        => new(this, table, column, rowId, readOnly);

    /// <summary>Opens a value of one of the connection's databases as a stream.</summary>
    /// <param name="database">main, temp, or the name that a database was attached by.</param>
    /// <param name="table">The table; not a view, and not one WITHOUT ROWID.</param>
    /// <param name="column">The column; to be written, neither indexed nor part of a foreign key.</param>
    /// <param name="rowId">The row's id. The value is a blob or text, not NULL and no number.</param>
    /// <param name="readOnly">Whether it is only to be read. By default it can be written too.</param>
    /// <inheritdoc cref="OpenBlob(string, string, long, bool)" path="/returns|/remarks|/exception|/seealso"/>
    public WalDbBlob OpenBlob(string database, string table, string column, long rowId, bool readOnly = false)
        => new(this, database, table, column, rowId, readOnly);

    /// <inheritdoc cref="OpenBlob(string, string, long, bool)"/>
    /// <param name="table">The table; not a view, and not one WITHOUT ROWID.</param>
    /// <param name="column">The column; to be written, neither indexed nor part of a foreign key.</param>
    /// <param name="rowId">The row's id. The value is a blob or text, not NULL and no number.</param>
    /// <param name="readOnly">Whether it is only to be read. By default it can be written too.</param>
    /// <param name="cancellationToken">Ends the wait for locks.</param>
    public Task<WalDbBlob> OpenBlobAsync(
        string table, string column, long rowId, bool readOnly = false, CancellationToken cancellationToken = default)
        => OpenBlobAsync(BlobAddress.MainDatabase, table, column, rowId, readOnly, cancellationToken);

    /// <inheritdoc cref="OpenBlob(string, string, string, long, bool)"/>
    /// <param name="database">main, temp, or the name that a database was attached by.</param>
    /// <param name="table">The table; not a view, and not one WITHOUT ROWID.</param>
    /// <param name="column">The column; to be written, neither indexed nor part of a foreign key.</param>
    /// <param name="rowId">The row's id. The value is a blob or text, not NULL and no number.</param>
    /// <param name="readOnly">Whether it is only to be read. By default it can be written too.</param>
    /// <param name="cancellationToken">Ends the wait for locks.</param>
    public Task<WalDbBlob> OpenBlobAsync(
        string database, string table, string column, long rowId, bool readOnly = false, CancellationToken cancellationToken = default)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<WalDbBlob>(cancellationToken)
            : WalDbBlob.Open(this, WalDbBlob.AddressOf(database, table, column, rowId), readOnly, async: true, cancellationToken).AsTask();

    /// <summary>
    /// Replaces a value by what a stream holds, piece by piece: whatever its length, no more than a piece is in memory at a time.
    /// </summary>
    /// <param name="table">The table; not a view, and not one WITHOUT ROWID.</param>
    /// <param name="column">The column; neither indexed nor part of a foreign key.</param>
    /// <param name="rowId">The row's id.</param>
    /// <param name="source">Read from where it stands.</param>
    /// <param name="length">
    /// How many bytes of it to take. By default what it has left; one that cannot seek is then copied to a temporary file first,
    /// since SQLite must know the length before the first byte.
    /// </param>
    /// <param name="database">main, temp, or the name that a database was attached by.</param>
    /// <returns>How many bytes were written.</returns>
    /// <remarks>
    /// It is an UPDATE to zeroblob(length), so triggers see that, and then the bytes; both or none, as one unit of the batch, in
    /// the open transaction, or in one of its own. The write lock is held while the source is read. Waits for it up to Busy
    /// Timeout.
    /// </remarks>
    /// <exception cref="EndOfStreamException">The source ended before the length that was given; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed.</exception>
    /// <exception cref="SqliteException">There is no such row, the value would be too long (code 18), or a disk is full or failed.</exception>
    /// <exception cref="SqliteBusyException">The database stayed locked for longer than Busy Timeout.</exception>
    /// <seealso href="https://www.sqlite.org/c3ref/blob_write.html"/>
    public long WriteBlob(
        string table, string column, long rowId, Stream source, long? length = null, string database = BlobAddress.MainDatabase)
        => WriteBlob(WalDbBlob.AddressOf(database, table, column, rowId), source, length, async: false, CancellationToken.None)
            .GetAwaiter().GetResult();

    /// <inheritdoc cref="WriteBlob(string, string, long, Stream, long?, string)"/>
    /// <param name="table">The table; not a view, and not one WITHOUT ROWID.</param>
    /// <param name="column">The column; neither indexed nor part of a foreign key.</param>
    /// <param name="rowId">The row's id.</param>
    /// <param name="source">Read from where it stands, without blocking.</param>
    /// <param name="length">How many bytes of it to take; by default what it has left.</param>
    /// <param name="database">main, temp, or the name that a database was attached by.</param>
    /// <param name="cancellationToken">Ends the wait for locks and the reading; nothing was changed then.</param>
    public Task<long> WriteBlobAsync(
        string table,
        string column,
        long rowId,
        Stream source,
        long? length = null,
        string database = BlobAddress.MainDatabase,
        CancellationToken cancellationToken = default)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<long>(cancellationToken)
            : WriteBlob(WalDbBlob.AddressOf(database, table, column, rowId), source, length, async: true, cancellationToken).AsTask();

    /// <summary>Copies a value to a stream, piece by piece: whatever its length, no more than a piece is in memory at a time.</summary>
    /// <param name="table">The table; not a view, and not one WITHOUT ROWID.</param>
    /// <param name="column">The column.</param>
    /// <param name="rowId">The row's id.</param>
    /// <param name="destination">Written to from where it stands.</param>
    /// <param name="database">main, temp, or the name that a database was attached by.</param>
    /// <returns>How many bytes were copied.</returns>
    /// <remarks>Pins a snapshot until it is done, as a reader does.</remarks>
    /// <inheritdoc cref="OpenBlob(string, string, long, bool)" path="/exception"/>
    public long ReadBlobTo(string table, string column, long rowId, Stream destination, string database = BlobAddress.MainDatabase)
        => ReadBlobTo(WalDbBlob.AddressOf(database, table, column, rowId), destination, async: false, CancellationToken.None)
            .GetAwaiter().GetResult();

    /// <inheritdoc cref="ReadBlobTo(string, string, long, Stream, string)"/>
    /// <param name="table">The table; not a view, and not one WITHOUT ROWID.</param>
    /// <param name="column">The column.</param>
    /// <param name="rowId">The row's id.</param>
    /// <param name="destination">Written to from where it stands, without blocking.</param>
    /// <param name="database">main, temp, or the name that a database was attached by.</param>
    /// <param name="cancellationToken">Ends the wait for locks and the copying.</param>
    public Task<long> ReadBlobToAsync(
        string table,
        string column,
        long rowId,
        Stream destination,
        string database = BlobAddress.MainDatabase,
        CancellationToken cancellationToken = default)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<long>(cancellationToken)
            : ReadBlobTo(WalDbBlob.AddressOf(database, table, column, rowId), destination, async: true, cancellationToken).AsTask();

    private async ValueTask<long> ReadBlobTo(BlobAddress address, Stream destination, bool async, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var blob = await WalDbBlob.Open(this, address, isReadOnly: true, async, cancellationToken).ConfigureAwait(false);
        try
        {
            return await CopyBlob(blob, destination, blob.Length, async, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await blob.Close(async).ConfigureAwait(false);
        }
    }

    private async ValueTask<long> WriteBlob(
        BlobAddress address, Stream source, long? length, bool async, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        _ = OpenSession(nameof(WriteBlob));
        if (length is null && !source.CanSeek)
        {
            await using var spool = new FileStream(
                Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, BlobChunkSize, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            _ = await CopyBlob(source, spool, long.MaxValue, async, cancellationToken).ConfigureAwait(false);
            spool.Position = 0;
            return await WriteBlob(address, spool, spool.Length, async, cancellationToken).ConfigureAwait(false);
        }

        var count = length ?? Math.Max(0, source.Length - source.Position);
        return Session.Engine.InTransaction && !Session.Batch.IsOpen
            ? await WriteBlobInSavepoint(address, source, count, async, cancellationToken).ConfigureAwait(false)
            : await WriteBlobInUnit(address, source, count, async, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<long> WriteBlobInUnit(
        BlobAddress address, Stream source, long length, bool async, CancellationToken cancellationToken)
    {
        using var unit = await BeginBatchUnit(async, cancellationToken).ConfigureAwait(false);
        await ReplaceBlob(address, source, length, async, cancellationToken).ConfigureAwait(false);
        if (async)
        {
            await unit.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            unit.Complete();
        }

        return length;
    }

    private async ValueTask<long> WriteBlobInSavepoint(
        BlobAddress address, Stream source, long length, bool async, CancellationToken cancellationToken)
    {
        await Execute($"SAVEPOINT {BlobSavepoint}", async, cancellationToken).ConfigureAwait(false);
        try
        {
            await ReplaceBlob(address, source, length, async, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // NB: a full disk has ended the transaction already, the savepoint with it.
            if (Session.Engine.InTransaction)
            {
                await Execute($"ROLLBACK TO {BlobSavepoint}; RELEASE {BlobSavepoint}", async, CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }

        await Execute($"RELEASE {BlobSavepoint}", async, CancellationToken.None).ConfigureAwait(false);
        return length;
    }

    private async ValueTask ReplaceBlob(BlobAddress address, Stream source, long length, bool async, CancellationToken cancellationToken)
    {
        await MakeRoom(address, length, async, cancellationToken).ConfigureAwait(false);
        var blob = await WalDbBlob.Open(this, address, isReadOnly: false, async, cancellationToken).ConfigureAwait(false);
        try
        {
            var written = await CopyBlob(source, blob, length, async, cancellationToken).ConfigureAwait(false);
            if (written < length)
            {
                throw new EndOfStreamException($"The source ended after {written} bytes of the {length} that were to be written.");
            }
        }
        finally
        {
            await blob.Close(async).ConfigureAwait(false);
        }
    }

    private async ValueTask MakeRoom(BlobAddress address, long length, bool async, CancellationToken cancellationToken)
    {
        try
        {
            var rowId = (string?)await ExecuteOwn(
                RowIdNameSql, [new("$table", address.Table), new("$database", address.Database)], async, cancellationToken).ConfigureAwait(false);
            _ = await ExecuteOwn(
                $"UPDATE {address.QuotedTable} SET {address.QuotedColumn} = zeroblob($length) WHERE {rowId} = $row",
                [new("$length", length), new("$row", address.RowId)],
                async,
                cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            // What is wrong with the address is said better by the one who opens it.
            var blob = await WalDbBlob.Open(this, address, isReadOnly: false, async, cancellationToken).ConfigureAwait(false);
            await blob.Close(async).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<object?> ExecuteOwn(string sql, SqliteParameter[] parameters, bool async, CancellationToken cancellationToken)
    {
        using var command = new WalDbCommand(sql, this);
        command.Parameters.AddRange(parameters);
        return async ? await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) : command.ExecuteScalar();
    }

    private static async ValueTask<long> CopyBlob(
        Stream source, Stream destination, long atMost, bool async, CancellationToken cancellationToken)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(BlobChunkSize);
        try
        {
            var copied = 0L;
            while (copied < atMost)
            {
                var part = chunk.AsMemory(0, (int)Math.Min(chunk.Length, atMost - copied));
                var read = async ? await source.ReadAsync(part, cancellationToken).ConfigureAwait(false) : source.Read(part.Span);
                if (read == 0)
                {
                    break;
                }

                await WriteOnlyStream.Forward(destination, part[..read], async, cancellationToken).ConfigureAwait(false);
                copied += read;
            }

            return copied;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
