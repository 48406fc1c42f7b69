using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Keeps room in the WAL ahead of the commits of a session that syncs each of them, so that a commit writes into a file that
/// is long enough already.
/// </summary>
/// <remarks>
/// <para>A sync after a write that made the file longer waits for the file system's journal too. Measured on ext4: 6,000
/// commits a second at the end of the file, 10,000 inside it. The WAL begins short after each TRUNCATE and whenever the
/// first connection opens.</para>
/// <para>The room is zeros behind the last frame. Nobody takes them for frames: each frame carries the salt of its turn and a
/// checksum over all before it, and SQLite itself leaves the frames of earlier turns standing there.</para>
/// <para>Written through the engine's own file object, under its write lock: only who holds that may write to the WAL.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/walformat.html#reset"/>
/// <param name="engine">The session's connection.</param>
/// <param name="wal">Its view of the WAL.</param>
/// <param name="profile">What the pragmas came to: whether commits are synced, and how long the WAL may stay.</param>
internal sealed class WalReserve(EngineConnection engine, WalView wal, EffectiveProfile profile)
{
    private const int ChunkFrames = 128;

    // A program that commits a few times and goes should not pay for room.
    private const int FirstFrames = 16;
    private const int LeastFrames = 4;

    private readonly long _mostBytes = IsSynced(profile["synchronous"]) ? MostBytes(profile["journal_size_limit"]) : 0;
    private ulong _turn;
    private long _length;

    /// <summary>Makes room where little is left. Called within the gate, between transactions; never waits.</summary>
    /// <param name="isReading">Whether the connection has a result open, whose snapshot would be in the way.</param>
    internal void Keep(bool isReading)
    {
        if (_mostBytes > 0 && !isReading && wal.Read() is { LogFrames: >= FirstFrames } frames
            && Wanted(frames) <= _mostBytes && (frames.Salt != _turn || IsShort(frames)))
        {
            MakeRoom();
        }
    }

    // Without the pragma in the profile the engine's default is in effect, which syncs.
    private static bool IsSynced(string? synchronous) => synchronous?.ToUpperInvariant() is null or "FULL" or "EXTRA" or "2" or "3";

    private static long MostBytes(string? sizeLimit) => long.TryParse(sizeLimit, out var bytes) && bytes >= 0 ? bytes : long.MaxValue;

    private static long Wanted(WalFrames frames) => frames.Bytes + frames.BytesOf(ChunkFrames);

    private bool IsShort(WalFrames frames) => _length - frames.Bytes < frames.BytesOf(LeastFrames);

    private void MakeRoom()
    {
        // Where another process writes, the next commit looks again.
        if (engine.InTransaction || engine.BeginImmediate() != raw.SQLITE_OK)
        {
            return;
        }

        var file = new EngineFile(EngineExports.WalFile(engine.Db));
        if (wal.Read() is { } frames && file.TryGetLength(out _length))
        {
            _turn = frames.Salt;
            var wanted = Wanted(frames);
            if (IsShort(frames) && wanted <= _mostBytes && file.TryWriteZeros(Math.Max(_length, frames.Bytes), wanted))
            {
                _length = wanted;
            }
        }

        // NB: not ROLLBACK, which a reader of this connection would feel; there is nothing to commit.
        _ = engine.Commit();
    }
}
