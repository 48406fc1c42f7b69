namespace WalProvider.Tool;

/// <summary>Reads the lines of a stream as bytes, so that each line can be checked for being UTF-8 by itself.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>How many bytes of the stream were taken in so far.</summary>
    public long Position => stream.Position;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the next line, without its end; it is valid until the next read.</summary>
    public bool Read(out ReadOnlyMemory<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
                return Take(searched + length, searched + length + 1, out line);
            searched = _end - _start;
            if (_isAtEnd)
                return Take(searched, searched, out line) && searched > 0;
            Fill();
        }
    }

    public void Dispose() => stream.Dispose();

    private bool Take(int length, int consumed, out ReadOnlyMemory<byte> line)
    {
        line = _buffer.AsMemory(_start, length);
        if (Line == 0 && line.Span.StartsWith(ByteOrderMark))
            line = line[ByteOrderMark.Length..];
        if (line.Span.EndsWith("\r"u8))
            line = line[..^1];
        _start += consumed;
        Line++;
        return true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        else if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
    }
}
