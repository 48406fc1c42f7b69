using System.Buffers.Binary;

namespace WalProvider;

/// <summary>Reads the content of a container, each chunk only after it was authenticated, and its trailer.</summary>
/// <param name="source">What follows the header; not closed.</param>
/// <param name="header">The header.</param>
/// <param name="key">Opens the chunks; null where they are not encrypted.</param>
internal sealed class ContainerReader(Stream source, ContainerHeader header, BackupKey? key) : ReadOnlyStream
{
    private const int HeadBytes = sizeof(uint);

    private readonly byte[] _head = new byte[HeadBytes];
    private readonly byte[] _chunk = new byte[ContainerHeader.ChunkBytes + BackupKey.TagBytes];
    private readonly byte[] _associated = [.. header.Bytes, 0, 0, 0, 0];
    private int _position;
    private int _end;
    private long _index;
    private byte[]? _trailer;

    /// <summary>Whether the content that was read is what the trailer says. Only at the end.</summary>
    internal bool TrailerMatches(long databaseBytes, byte[] sha256)
        => _trailer is not null
            && BinaryPrimitives.ReadInt64LittleEndian(_trailer) == databaseBytes
            && _trailer.AsSpan(sizeof(long)).SequenceEqual(sha256);

    /// <summary>Reads what a decompressor left: the trailer, which must be all there is, and the end.</summary>
    /// <exception cref="BackupException">Something follows, or something is missing.</exception>
    internal async ValueTask End(bool async, CancellationToken cancellationToken)
    {
        if (await Read(new byte[1], async, cancellationToken).ConfigureAwait(false) != 0
            || await ReadFull(_head.AsMemory(0, 1), async, cancellationToken).ConfigureAwait(false) != 0)
        {
            throw Damaged("it goes on behind its end");
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask<int> Read(Memory<byte> buffer, bool async, CancellationToken cancellationToken)
    {
        if (_position == _end && (_trailer is not null || !await ReadChunk(async, cancellationToken).ConfigureAwait(false)))
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, _end - _position);
        _chunk.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    private static BackupException Damaged(string what)
        => new(BackupFailure.Damaged, $"The backup is damaged: {what}. Take another copy of it, or an older backup.");

    /// <summary>Reads the next chunk of content; false where it was the trailer.</summary>
    private async ValueTask<bool> ReadChunk(bool async, CancellationToken cancellationToken)
    {
        if (await ReadFull(_head, async, cancellationToken).ConfigureAwait(false) < HeadBytes)
        {
            throw Damaged("it is cut off");
        }

        var head = BinaryPrimitives.ReadUInt32LittleEndian(_head);
        var isLast = (head & ContainerHeader.LastChunk) != 0;
        var length = (int)(head & ~ContainerHeader.LastChunk);
        if (length is 0 or > ContainerHeader.ChunkBytes || (isLast && length != ContainerHeader.TrailerBytes))
        {
            throw Damaged($"chunk {_index} has an impossible length");
        }

        var whole = length + (key is null ? 0 : BackupKey.TagBytes);
        if (await ReadFull(_chunk.AsMemory(0, whole), async, cancellationToken).ConfigureAwait(false) < whole)
        {
            throw Damaged("it is cut off");
        }

        Open(length);
        _trailer = isLast ? _chunk[..length] : null;
        (_position, _end) = (0, isLast ? 0 : length);
        return !isLast;
    }

    private void Open(int length)
    {
        var index = _index++;
        if (key is null)
        {
            return;
        }

        _head.CopyTo(_associated, ContainerHeader.Length);
        if (!key.TryOpen(index, _chunk.AsSpan(0, length), _chunk.AsSpan(length, BackupKey.TagBytes), _associated))
        {
            throw Damaged($"chunk {index} is not what was encrypted");
        }
    }

    private ValueTask<int> ReadFull(Memory<byte> buffer, bool async, CancellationToken cancellationToken)
        => async
            ? source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
            : new ValueTask<int>(source.ReadAtLeast(buffer.Span, buffer.Length, throwOnEndOfStream: false));
}
