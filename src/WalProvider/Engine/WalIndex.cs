using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Reads the frame counts out of the wal-index that a connection has mapped. The engine's own way to ask for them is to run a
/// checkpoint.
/// </summary>
/// <remarks>
/// Nothing is opened: the engine's VFS hands out the mapping that the connection holds already (xShmMap of region 0), which
/// is part of its documented interface, as the layout is of the file format.
/// </remarks>
/// <seealso href="https://www.sqlite.org/walformat.html#the_wal_index_file_format"/>
/// <seealso href="https://www.sqlite.org/c3ref/io_methods.html"/>
internal static unsafe class WalIndex
{
    private const int RegionBytes = 32768;
    private const int HeaderBytes = 48;
    private const int IsInitOffset = 12;
    private const int PageSizeOffset = 14;
    private const int MxFrameOffset = 16;
    private const int SaltOffset = 32;
    private const int BackfillOffset = 96;
    private const int MostTries = 100;

    /// <summary>
    /// The counts; null where they cannot be had. The connection must be in WAL mode, must have read, and must not be in use.
    /// </summary>
    internal static WalFrames? Read(sqlite3 db)
    {
        // NB: without a WAL that is open, the VFS would make a mapping that the engine never lets go of.
        var index = new EngineFile(EngineExports.WalFile(db)).IsOpen ? new EngineFile(EngineExports.MainFile(db)).MapShared(RegionBytes) : null;
        Span<byte> header = stackalloc byte[HeaderBytes];
        for (var tries = 0; index != null && tries < MostTries; tries++)
        {
            new ReadOnlySpan<byte>(index, HeaderBytes).CopyTo(header);
            Thread.MemoryBarrier();
            var checkpointed = (int)Volatile.Read(ref Unsafe.AsRef<uint>(index + BackfillOffset));
            // NB: a writer changes the second copy first, and a new turn of the WAL begins with the header. So where the
            // second still equals the first, the first was whole, and the count is of the same turn.
            if (header[IsInitOffset] != 0 && header.SequenceEqual(new ReadOnlySpan<byte>(index + HeaderBytes, HeaderBytes)))
            {
                return Parse(header, checkpointed);
            }
        }

        return null;
    }

    private static WalFrames Parse(ReadOnlySpan<byte> header, int checkpointed)
    {
        var frames = MemoryMarshal.Read<int>(header[MxFrameOffset..]);
        var pageSize = MemoryMarshal.Read<ushort>(header[PageSizeOffset..]);
        var salt = MemoryMarshal.Read<ulong>(header[SaltOffset..]);
        // A new turn clears the count after the length.
        return new WalFrames(frames, Math.Min(checkpointed, frames), pageSize == 1 ? 65536 : pageSize, salt);
    }
}
