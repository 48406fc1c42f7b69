using System.Buffers.Binary;

namespace WalProvider;

/// <summary>
/// Hands gzip data on and keeps its last bytes. The decompressor stops when it has all content, and does not miss the
/// length that should follow.
/// </summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc1952"/>
/// <param name="source">The gzip data; not closed.</param>
internal sealed class GzipTail(Stream source) : ReadOnlyStream
{
    private readonly byte[] _last = new byte[sizeof(uint)];

    /// <summary>Reads to the end; whether the data closes with the length of what was unpacked.</summary>
    internal async ValueTask<bool> IsEndOf(long unpackedBytes, bool async, CancellationToken cancellationToken)
    {
        var rest = new byte[1024];
        while (await Read(rest, async, cancellationToken).ConfigureAwait(false) > 0)
        {
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(_last) == (uint)unpackedBytes;
    }

    /// <inheritdoc/>
    protected override async ValueTask<int> Read(Memory<byte> buffer, bool async, CancellationToken cancellationToken)
    {
        var count = async ? await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) : source.Read(buffer.Span);
        var kept = Math.Min(count, _last.Length);
        _last.AsSpan(kept).CopyTo(_last);
        buffer.Span.Slice(count - kept, kept).CopyTo(_last.AsSpan(_last.Length - kept));
        return count;
    }
}
