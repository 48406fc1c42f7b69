namespace WalProvider;

/// <summary>A stream that can only be written, with one body for both ways.</summary>
internal abstract class WriteOnlyStream : Stream
{
    /// <inheritdoc/>
    public sealed override bool CanRead => false;

    /// <inheritdoc/>
    public sealed override bool CanSeek => false;

    /// <inheritdoc/>
    public sealed override bool CanWrite => true;

    /// <inheritdoc/>
    public sealed override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes bytes to another stream, in the one way or the other.</summary>
    internal static ValueTask Forward(Stream destination, ReadOnlyMemory<byte> bytes, bool async, CancellationToken cancellationToken)
    {
        // A stream of somebody else's may not look at the token.
        cancellationToken.ThrowIfCancellationRequested();
        if (async)
        {
            return destination.WriteAsync(bytes, cancellationToken);
        }

        if (destination is WriteOnlyStream own)
        {
            // Stream's own way from a span would copy the bytes first.
            return own.Write(bytes, async: false, cancellationToken);
        }

        destination.Write(bytes.Span);
        return default;
    }

    /// <inheritdoc/>
    public sealed override void Write(byte[] buffer, int offset, int count)
        => Write(buffer.AsMemory(offset, count), async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public sealed override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => Write(buffer.AsMemory(offset, count), async: true, cancellationToken).AsTask();

    /// <inheritdoc/>
    public sealed override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        => Write(buffer, async: true, cancellationToken);

    /// <summary>Does nothing: what is whole has been handed on, and the rest is not yet.</summary>
    public sealed override void Flush()
    {
    }

    /// <inheritdoc/>
    public sealed override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Writes, in the one way or the other.</summary>
    protected abstract ValueTask Write(ReadOnlyMemory<byte> bytes, bool async, CancellationToken cancellationToken);
}
