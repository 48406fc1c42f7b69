using System.Buffers.Binary;

namespace WalProvider;

/// <summary>The first hundred bytes of a database file that SQLite does not have open.</summary>
/// <seealso href="https://www.sqlite.org/fileformat2.html#the_database_header"/>
internal static class DatabaseHeader
{
    /// <summary>How many bytes at the start of a file tell what it is.</summary>
    internal const int MagicBytes = 16;

    private const int PageSizeOffset = 16;
    private const int WriteVersionOffset = 18;
    private const int PageCountOffset = 28;
    private const int ChangeCounterOffset = 24;
    private const int ValidForOffset = 92;
    private const int HeaderBytes = 100;

    /// <summary>What every database begins with.</summary>
    internal static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>
    /// Sets the journal mode of a copy. Asking SQLite for it would open the copy in its old mode first, and make a -wal and
    /// a -shm beside it; it writes these same two bytes.
    /// </summary>
    internal static void SetJournalMode(string path, BackupJournalMode mode)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        Span<byte> header = stackalloc byte[WriteVersionOffset + 2];
        if (RandomAccess.Read(handle, header, 0) < header.Length || !header.StartsWith(Magic))
        {
            // An empty database is an empty file.
            return;
        }

        var version = VersionOf(mode);
        if (header[WriteVersionOffset] != version || header[WriteVersionOffset + 1] != version)
        {
            RandomAccess.Write(handle, [version, version], WriteVersionOffset);
        }
    }

    /// <summary>Sets the journal mode in the first page of a copy.</summary>
    internal static void SetJournalMode(Span<byte> firstPage, BackupJournalMode mode)
        => firstPage.Slice(WriteVersionOffset, 2).Fill(VersionOf(mode));

    /// <summary>
    /// What is wrong with the size of a database file by its own header; null where it is right. A file that was cut
    /// off behind its last used page passes quick_check.
    /// </summary>
    internal static string? FindDamage(string path)
    {
        using var handle = File.OpenHandle(path);
        var header = new byte[HeaderBytes];
        if (RandomAccess.Read(handle, header, 0) < HeaderBytes)
        {
            return "it is shorter than the header of a database";
        }

        // Engines before 3.7 left the count alone; it holds where both counters agree.
        var isCounted = header.AsSpan(ChangeCounterOffset, sizeof(uint)).SequenceEqual(header.AsSpan(ValidForOffset, sizeof(uint)));
        var expected = isCounted ? (long)PageSize(header) * BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(PageCountOffset)) : 0;
        var length = RandomAccess.GetLength(handle);
        return length >= expected ? null : $"it has {length} bytes, and its header says {expected}";
    }

    /// <summary>The page size of a database file, and the number of pages that it has room for.</summary>
    internal static (int PageSize, long Pages) Measure(string path)
    {
        using var handle = File.OpenHandle(path);
        var header = new byte[HeaderBytes];
        RandomAccess.Read(handle, header, 0);
        var pageSize = PageSize(header);
        return (pageSize, RandomAccess.GetLength(handle) / pageSize);
    }

    private static byte VersionOf(BackupJournalMode mode) => mode == BackupJournalMode.Wal ? (byte)2 : (byte)1;

    // One stands for 65536, which two bytes cannot hold.
    private static int PageSize(byte[] header)
        => BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(PageSizeOffset)) is var size && size == 1 ? 1 << 16 : size;
}
