using System.Security.Cryptography;

namespace WalProvider.Tests.Blobs;

/// <summary>So many bytes, made as they are read: memory holds none of them.</summary>
internal sealed class PatternStream(int length, bool canSeek = true) : Stream
{
    private static readonly byte[] Pattern = MakePattern();

    private long _position;

    /// <summary>Called at each reading.</summary>
    public Action? OnRead { get; init; }

    /// <summary>How often it was read without blocking.</summary>
    public int AsyncReads { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => canSeek;

    public override bool CanWrite => false;

    public override long Length => canSeek ? length : throw new NotSupportedException();

    public override long Position
    {
        get => canSeek ? _position : throw new NotSupportedException();
        set => _position = canSeek ? value : throw new NotSupportedException();
    }

    public static string HashOf(int length)
    {
        using var stream = new PatternStream(length);
        return Convert.ToHexString(SHA256.HashData(stream));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        OnRead?.Invoke();
        var from = (int)(_position % Pattern.Length);
        // Less than was asked for, as a stream may give.
        var count = (int)Math.Min(Math.Min(buffer.Length, Pattern.Length - from), length - _position);
        Pattern.AsSpan(from, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AsyncReads++;
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte[] MakePattern()
    {
        var pattern = new byte[100_003];
        new Random(7).NextBytes(pattern);
        return pattern;
    }
}
