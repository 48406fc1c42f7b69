namespace WalProvider.Tests.Backups;

/// <summary>A stream that is used in one way alone, as those of web servers are, and says what becomes of it.</summary>
/// <param name="async">Which way.</param>
/// <param name="content">What it holds at first.</param>
internal sealed class OneWayStream(bool async, byte[]? content = null) : Stream
{
    private readonly MemoryStream _content = Holding(content ?? []);

    /// <summary>Runs when it is read at its end.</summary>
    public Action? AtEnd { get; init; }

    /// <summary>Runs behind each write.</summary>
    public Action? Written { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public byte[] ToArray() => _content.ToArray();

    public override void Flush() => throw new NotSupportedException("Nobody asked for it.");

    public override int Read(Span<byte> buffer) => async ? throw Wrong() : ReadOn(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => async ? ValueTask.FromResult(ReadOn(buffer.Span)) : throw Wrong();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (async)
        {
            throw Wrong();
        }

        WriteOn(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!async)
        {
            throw Wrong();
        }

        WriteOn(buffer.Span);
        return default;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static MemoryStream Holding(byte[] content)
    {
        var stream = new MemoryStream();
        stream.Write(content);
        stream.Position = 0;
        return stream;
    }

    private int ReadOn(Span<byte> buffer)
    {
        var count = _content.Read(buffer);
        if (count == 0)
        {
            AtEnd?.Invoke();
        }

        return count;
    }

    private void WriteOn(ReadOnlySpan<byte> buffer)
    {
        _content.Write(buffer);
        Written?.Invoke();
    }

    private InvalidOperationException Wrong() => new($"It is used {(async ? "without" : "with")} waiting for a task.");
}
