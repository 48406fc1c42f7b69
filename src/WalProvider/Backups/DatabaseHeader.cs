namespace WalProvider;

/// <summary>The first hundred bytes of a database file that SQLite does not have open.</summary>
/// <seealso href="https://www.sqlite.org/fileformat2.html#the_database_header"/>
internal static class DatabaseHeader
{
    /// <summary>How many bytes at the start of a file tell what it is.</summary>
    internal const int MagicBytes = 16;

    private const int WriteVersionOffset = 18;

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

        var version = mode == BackupJournalMode.Wal ? (byte)2 : (byte)1;
        if (header[WriteVersionOffset] != version || header[WriteVersionOffset + 1] != version)
        {
            RandomAccess.Write(handle, [version, version], WriteVersionOffset);
        }
    }
}
