using SQLitePCL;

namespace WalProvider;

/// <summary>
/// <c>CheckpointBeforeFork</c> could not empty the WAL in time: a copy of the main file would lack what is still in it.
/// </summary>
/// <remarks>Nothing is lost, and the database is as usable as before. Code 5 (SQLITE_BUSY).</remarks>
public sealed class CheckpointBlockedException : SqliteBusyException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is left, who stands in the way, and what to do.</param>
    /// <param name="framesLeft">How many frames are not in the main file; -1 where that is not known.</param>
    /// <param name="reader">The reader of this process that stands in the way; null for one of another process.</param>
    public CheckpointBlockedException(string? message, int framesLeft, WalReader? reader)
        : base(message, raw.SQLITE_BUSY, raw.SQLITE_BUSY)
    {
        FramesLeft = framesLeft;
        Reader = reader;
    }

    /// <summary>
    /// How many frames (pages) of the WAL are not in the main file; 0 where all are and only the WAL could not be emptied;
    /// -1 where that is not known.
    /// </summary>
    public int FramesLeft { get; }

    /// <summary>The oldest reader of this process; null where nobody here reads, so that it must be in another process.</summary>
    public WalReader? Reader { get; }

    internal static CheckpointBlockedException Create(CheckpointResult result, TimeSpan limit, WalReader? reader)
    {
        var left = result.LogFrames < 0 ? -1 : result.LogFrames - result.CheckpointedFrames;
        return new CheckpointBlockedException(
            $"SQLite Error 5: 'database is locked'. The WAL could not be emptied within {limit.TotalMilliseconds:0} ms: "
            + $"{Left(left)}. In the way: {reader?.ToString() ?? "a reader or writer in another process"}. "
            + "Close it, or allow more time.",
            left,
            reader);
    }

    private static string Left(int frames) => frames switch
    {
        < 0 => "another checkpoint is running",
        0 => "all frames are in the main file, but somebody still reads the WAL",
        _ => $"{frames} frames are not in the main file",
    };
}
