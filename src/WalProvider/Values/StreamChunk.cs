using System.Text;

namespace WalProvider;

/// <summary>Reads a part of a value as GetBytes and GetChars do, and closes its stream.</summary>
internal static class StreamChunk
{
    /// <summary>Copies bytes into a buffer and says how many; without a buffer the length of the value.</summary>
    internal static long Bytes(Stream stream, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        using var opened = stream;
        if (buffer is null)
        {
            return stream.Length;
        }

        stream.Position = dataOffset;
        return stream.Read(buffer, bufferOffset, length);
    }

    /// <summary>Copies characters into a buffer and says how many; without a buffer how many the value has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value ends before the offset.</exception>
    internal static long Chars(Stream stream, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // NB: UTF-8 does not say where its n-th character is.
        var skipped = Skip(reader, buffer is null ? long.MaxValue : dataOffset);
        return buffer is null ? skipped
            : skipped < dataOffset ? throw new ArgumentOutOfRangeException(nameof(dataOffset), dataOffset, message: null)
            : reader.Read(buffer, bufferOffset, length);
    }

    private static long Skip(StreamReader reader, long count)
    {
        var skipped = 0L;
        while (skipped < count && reader.Read() >= 0)
        {
            skipped++;
        }

        return skipped;
    }
}
