namespace WalProvider;

/// <summary>What the WAL of a database holds at one moment, as its wal-index says.</summary>
/// <param name="LogFrames">Frames (pages) in the WAL.</param>
/// <param name="CheckpointedFrames">How many of them, from the first, are in the main file.</param>
/// <param name="PageSize">The page size in bytes.</param>
/// <param name="Salt">Changes each time the WAL is begun anew.</param>
internal readonly record struct WalFrames(int LogFrames, int CheckpointedFrames, int PageSize, ulong Salt)
{
    private const int WalHeaderBytes = 32;
    private const int FrameHeaderBytes = 24;

    /// <summary>How many frames are not in the main file.</summary>
    internal int Backlog => LogFrames - CheckpointedFrames;

    /// <summary>How many bytes of the file the frames fill. The file may be longer, from an earlier turn.</summary>
    internal long Bytes => LogFrames == 0 ? 0 : WalHeaderBytes + BytesOf(LogFrames);

    /// <summary>How many bytes are not in the main file.</summary>
    internal long BacklogBytes => BytesOf(Backlog);

    /// <summary>How many bytes of the file so many frames fill.</summary>
    internal long BytesOf(int frames) => frames * (long)(FrameHeaderBytes + PageSize);
}
