using System.Data;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// A value in its row as a stream of bytes: read and written in place, piece by piece, without ever being in memory as a
/// whole. Its length is fixed.
/// </summary>
/// <remarks>
/// <para>From <see cref="WalDbConnection.OpenBlob(string, string, long, bool)"/>, or made as the wrapped provider's
/// <see cref="SqliteBlob"/> is, for which it stands under an alias.</para>
/// <para>Open for reading it pins a snapshot, as a reader does. Open for writing it holds the write lock: others wait. What is
/// written outside a transaction is committed when the blob is closed, or with the batch. Dispose it before Commit, which
/// SQLite refuses beside it.</para>
/// <para>When the row is updated or deleted, or a transaction around it is rolled back, the blob is gone: it throws a
/// <see cref="SqliteException"/> with code 4 (SQLITE_ABORT) from then on. The engine's own work runs on the caller's thread,
/// in the asynchronous methods too.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/c3ref/blob_open.html"/>
public sealed class WalDbBlob : Stream
{
    private readonly WalDbConnection _connection;
    private readonly BlobHandle _handle;
    private long _position;

    /// <summary>Opens a value of the main database.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="tableName">The table; not a view, and not one WITHOUT ROWID.</param>
    /// <param name="columnName">The column; to be written, neither indexed nor part of a foreign key.</param>
    /// <param name="rowid">The row's id. The value is a blob or text, not NULL and no number.</param>
    /// <param name="readOnly">Whether it is only to be read. By default it can be written too.</param>
    /// <remarks>Waits for locks up to Busy Timeout.</remarks>
    /// <exception cref="InvalidOperationException">The connection is closed.</exception>
    /// <exception cref="SqliteException">There is no such value, or it cannot be opened so; the message names what is wrong.</exception>
    /// <exception cref="SqliteBusyException">The database stayed locked for longer than Busy Timeout.</exception>
    public WalDbBlob(WalDbConnection connection, string tableName, string columnName, long rowid, bool readOnly = false)
        : this(connection, BlobAddress.MainDatabase, tableName, columnName, rowid, readOnly)
    {
    }

    /// <summary>Opens a value of one of the connection's databases.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="databaseName">main, temp, or the name that a database was attached by.</param>
    /// <param name="tableName">The table; not a view, and not one WITHOUT ROWID.</param>
    /// <param name="columnName">The column; to be written, neither indexed nor part of a foreign key.</param>
    /// <param name="rowid">The row's id. The value is a blob or text, not NULL and no number.</param>
    /// <param name="readOnly">Whether it is only to be read. By default it can be written too.</param>
    /// <inheritdoc cref="WalDbBlob(WalDbConnection, string, string, long, bool)" path="/remarks|/exception"/>
    public WalDbBlob(
        WalDbConnection connection, string databaseName, string tableName, string columnName, long rowid, bool readOnly = false)
        : this(
            connection,
            OpenHandle(connection, AddressOf(databaseName, tableName, columnName, rowid), readOnly, async: false, CancellationToken.None)
                .GetAwaiter().GetResult(),
            readOnly)
    {
    }

    private WalDbBlob(WalDbConnection connection, BlobHandle handle, bool isReadOnly)
    {
        _connection = connection;
        _handle = handle;
        CanWrite = !isReadOnly;
        connection.Add(this);
    }

    /// <summary>True.</summary>
    public override bool CanRead => true;

    /// <summary>True.</summary>
    public override bool CanSeek => true;

    /// <summary>Whether it was opened for writing.</summary>
    public override bool CanWrite { get; }

    /// <summary>How long the value is, in bytes. An UPDATE alone can change that, with zeroblob(n) for instance.</summary>
    public override long Length => _handle.Length;

    /// <summary>Where it is read or written next, in bytes from the beginning. It may be past the end, where nothing is read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than zero.</exception>
    public override long Position
    {
        get => _position;
        set
        {
            if (value < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, message: null);
            }

            _position = value;
        }
    }

    /// <summary>Moves to another place.</summary>
    /// <param name="offset">How far, in bytes.</param>
    /// <param name="origin">From where.</param>
    /// <returns>The new position.</returns>
    /// <exception cref="IOException">It would be before the beginning.</exception>
    public override long Seek(long offset, SeekOrigin origin)
    {
        var position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            SeekOrigin.End => Length + offset,
            _ => throw new ArgumentException(WrappedMessages.EnumValue(typeof(SeekOrigin), origin), nameof(origin)),
        };
        return position >= 0 ? _position = position : throw new IOException(WrappedMessages.SeekBeforeBegin());
    }

    /// <summary>Refused: the length is fixed.</summary>
    /// <param name="value">Ignored.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void SetLength(long value) => throw new NotSupportedException(WrappedMessages.ResizeNotSupported());

    /// <summary>Reads what is there, up to the end.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="offset">From which place of the buffer.</param>
    /// <param name="count">At most so many.</param>
    /// <returns>How many bytes were read; 0 at the end.</returns>
    /// <inheritdoc cref="Read(Span{byte})" path="/exception"/>
    public override int Read(byte[] buffer, int offset, int count) => Read(Part(buffer, offset, count));

    /// <summary>Reads what is there, up to the end.</summary>
    /// <param name="buffer">Where to.</param>
    /// <returns>How many bytes were read; 0 at the end.</returns>
    /// <exception cref="ObjectDisposedException">It is closed, or its connection is.</exception>
    /// <exception cref="SqliteException">The row was changed since the blob was opened (code 4), or a disk failed.</exception>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(!_handle.IsOpen, this);
        var position = Math.Min(_position, Length);
        var count = (int)Math.Min(Length - position, buffer.Length);
        if (count > 0)
        {
            _handle.Read(buffer[..count], (int)position);
            _position += count;
        }

        return count;
    }

    /// <summary>One byte; -1 at the end.</summary>
    /// <inheritdoc cref="Read(Span{byte})" path="/exception"/>
    public override int ReadByte()
    {
        byte value = 0;
        return Read(new Span<byte>(ref value)) == 0 ? -1 : value;
    }

    /// <inheritdoc cref="Read(byte[], int, int)"/>
    /// <param name="buffer">Where to.</param>
    /// <param name="offset">From which place of the buffer.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Looked at before reading begins.</param>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<int>(cancellationToken)
            : Task.FromResult(Read(buffer, offset, count));

    /// <inheritdoc cref="Read(Span{byte})"/>
    /// <param name="buffer">Where to.</param>
    /// <param name="cancellationToken">Looked at before reading begins.</param>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken)
            : ValueTask.FromResult(Read(buffer.Span));

    /// <summary>Writes over what is there.</summary>
    /// <param name="buffer">What to write.</param>
    /// <param name="offset">From which place of the buffer.</param>
    /// <param name="count">How many bytes.</param>
    /// <inheritdoc cref="Write(ReadOnlySpan{byte})" path="/exception"/>
    public override void Write(byte[] buffer, int offset, int count) => Write(Part(buffer, offset, count));

    /// <summary>Writes over what is there.</summary>
    /// <param name="buffer">What to write.</param>
    /// <exception cref="NotSupportedException">It was opened for reading, or the bytes go past its end; nothing is written then.</exception>
    /// <exception cref="ObjectDisposedException">It is closed, or its connection is.</exception>
    /// <exception cref="SqliteException">The row was changed since the blob was opened (code 4), or a disk is full or failed.</exception>
    /// <exception cref="WriteBatchLostException">The pending writes of the batch were lost with this one.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!CanWrite)
        {
            throw new NotSupportedException(WrappedMessages.WriteNotSupported());
        }

        ObjectDisposedException.ThrowIf(!_handle.IsOpen, this);
        var position = Math.Min(_position, Length);
        if (position + buffer.Length > Length)
        {
            throw new NotSupportedException(WrappedMessages.ResizeNotSupported());
        }

        if (!buffer.IsEmpty)
        {
            _handle.Write(buffer, (int)position);
            _position = position + buffer.Length;
        }
    }

    /// <summary>Writes one byte.</summary>
    /// <param name="value">The byte.</param>
    /// <inheritdoc cref="Write(ReadOnlySpan{byte})" path="/exception"/>
    public override void WriteByte(byte value) => Write(new ReadOnlySpan<byte>(ref value));

    /// <inheritdoc cref="Write(byte[], int, int)"/>
    /// <param name="buffer">What to write.</param>
    /// <param name="offset">From which place of the buffer.</param>
    /// <param name="count">How many bytes.</param>
    /// <param name="cancellationToken">Looked at before writing begins.</param>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc cref="Write(ReadOnlySpan{byte})"/>
    /// <param name="buffer">What to write.</param>
    /// <param name="cancellationToken">Looked at before writing begins.</param>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        Write(buffer.Span);
        return default;
    }

    /// <summary>Does nothing: each write goes to the engine at once, and is committed when the blob is closed.</summary>
    public override void Flush()
    {
    }

    /// <inheritdoc cref="Flush()"/>
    /// <param name="cancellationToken">Ignored.</param>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Closes it and commits what was written, as the other form does, without blocking where that must wait.</summary>
    public override async ValueTask DisposeAsync()
    {
        await Close(async: true).ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Opens a value in the one way or the other.</summary>
    internal static async ValueTask<WalDbBlob> Open(
        WalDbConnection connection, BlobAddress address, bool isReadOnly, bool async, CancellationToken cancellationToken)
        => new(connection, await OpenHandle(connection, address, isReadOnly, async, cancellationToken).ConfigureAwait(false), isReadOnly);

    /// <summary>Opens a value to be read.</summary>
    internal static WalDbBlob OpenToRead(WalDbConnection connection, BlobAddress address)
        => Open(connection, address, isReadOnly: true, async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>The names as an address.</summary>
    internal static BlobAddress AddressOf(string databaseName, string tableName, string columnName, long rowId)
    {
        ArgumentNullException.ThrowIfNull(databaseName);
        ArgumentNullException.ThrowIfNull(tableName);
        ArgumentNullException.ThrowIfNull(columnName);
        return new BlobAddress(databaseName, tableName, columnName, rowId);
    }

    /// <summary>Closes it in the one way or the other.</summary>
    internal ValueTask Close(bool async)
    {
        _handle.RefuseInside();
        _connection.Remove(this);
        return _handle.Close(async);
    }

    /// <summary>Closes it: what was written outside a transaction is committed, or counts as one write of the batch.</summary>
    /// <param name="disposing">Whether it is disposed; what was never disposed closes with its connection.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close(async: false).GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private static ValueTask<BlobHandle> OpenHandle(
        WalDbConnection connection, BlobAddress address, bool isReadOnly, bool async, CancellationToken cancellationToken)
        => connection is { State: ConnectionState.Open }
            ? BlobHandle.Open(connection.Session, address, isReadOnly, connection.LockWait(null), async, cancellationToken)
            : throw new InvalidOperationException(WrappedMessages.BlobNeedsOpenConnection());

    private static Span<byte> Part(byte[] buffer, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return offset < 0 ? throw new ArgumentOutOfRangeException(nameof(offset), offset, message: null)
            : count < 0 ? throw new ArgumentOutOfRangeException(nameof(count), count, message: null)
            : offset + (long)count > buffer.Length ? throw new ArgumentException(WrappedMessages.OffsetAndCount())
            : buffer.AsSpan(offset, count);
    }
}
