using System.Text;
using SQLitePCL;

namespace WalProvider;

/// <summary>Reads parts of a value into a caller's buffer.</summary>
internal static class FieldParts
{
    /// <summary>Copies bytes of the value; without a buffer gives its length.</summary>
    internal static long GetBytes(sqlite3_stmt row, int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        using var stream = new MemoryStream(ValueReader.GetBlob(row, ordinal), writable: false);
        if (buffer is null)
        {
            return stream.Length;
        }

        stream.Position = dataOffset;
        return stream.Read(buffer, bufferOffset, length);
    }

    /// <summary>Copies characters of the value; without a buffer gives how many there are.</summary>
    internal static long GetChars(sqlite3_stmt row, int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        // NB: the wrapped provider decodes through a StreamReader, which takes a byte order mark away.
        using var stream = new MemoryStream(ValueReader.GetBlob(row, ordinal), writable: false);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = reader.ReadToEnd();
        if (buffer is null)
        {
            return text.Length;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(dataOffset, text.Length);
        var count = Math.Min(length, text.Length - (int)dataOffset);
        text.CopyTo((int)dataOffset, buffer, bufferOffset, count);
        return count;
    }
}
