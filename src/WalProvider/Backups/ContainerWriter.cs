using System.Buffers.Binary;

namespace WalProvider;

/// <summary>Writes a container: the header, the content in chunks that are each authenticated, and the trailer.</summary>
/// <param name="destination">Where to; not closed.</param>
/// <param name="header">The header.</param>
/// <param name="key">Seals the chunks; null where they are not encrypted.</param>
internal sealed class ContainerWriter(Stream destination, ContainerHeader header, BackupKey? key) : WriteOnlyStream
{
    private const int HeadBytes = sizeof(uint);

    // Head, content, tag: written by one call.
    private readonly byte[] _chunk = new byte[HeadBytes + ContainerHeader.ChunkBytes + BackupKey.TagBytes];
    private readonly byte[] _associated = [.. header.Bytes, 0, 0, 0, 0];
    private int _filled;
    private long _index;

    /// <inheritdoc/>
    protected override async ValueTask Write(ReadOnlyMemory<byte> bytes, bool async, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            if (_filled == ContainerHeader.ChunkBytes)
            {
                await WriteChunk(0, async, cancellationToken).ConfigureAwait(false);
            }

            var count = Math.Min(bytes.Length, ContainerHeader.ChunkBytes - _filled);
            bytes[..count].CopyTo(_chunk.AsMemory(HeadBytes + _filled));
            _filled += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Writes the header.</summary>
    internal ValueTask Begin(bool async, CancellationToken cancellationToken)
        => Forward(destination, header.Bytes, async, cancellationToken);

    /// <summary>Writes what is left and the trailer.</summary>
    internal async ValueTask End(long databaseBytes, byte[] sha256, bool async, CancellationToken cancellationToken)
    {
        if (_filled > 0)
        {
            await WriteChunk(0, async, cancellationToken).ConfigureAwait(false);
        }

        BinaryPrimitives.WriteInt64LittleEndian(_chunk.AsSpan(HeadBytes), databaseBytes);
        sha256.CopyTo(_chunk, HeadBytes + sizeof(long));
        _filled = ContainerHeader.TrailerBytes;
        await WriteChunk(ContainerHeader.LastChunk, async, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask WriteChunk(uint mark, bool async, CancellationToken cancellationToken)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_chunk, (uint)_filled | mark);
        var length = HeadBytes + _filled;
        if (key is not null)
        {
            _chunk.AsSpan(0, HeadBytes).CopyTo(_associated.AsSpan(ContainerHeader.Length));
            key.Seal(_index++, _chunk.AsSpan(HeadBytes, _filled), _chunk.AsSpan(length, BackupKey.TagBytes), _associated);
            length += BackupKey.TagBytes;
        }

        _filled = 0;
        return Forward(destination, _chunk.AsMemory(0, length), async, cancellationToken);
    }
}
