namespace WalProvider;

/// <summary>What a checkpoint came to, in the meaning of SQLite's own columns.</summary>
/// <param name="Completed">
/// Whether the mode's whole promise was kept. Read this one: a Passive checkpoint that stopped half-way is not busy.
/// </param>
/// <param name="Busy">
/// A flag and no count: whether a reader, a writer or another checkpoint stood in the way until the timeout. Always false
/// for Passive, unless another checkpoint was running.
/// </param>
/// <param name="LogFrames">
/// How many frames (pages) the WAL held; 0 after a Truncate; -1 where the database has no WAL or nothing could be asked.
/// </param>
/// <param name="CheckpointedFrames">How many of those frames are in the main file, from earlier checkpoints too; -1 as above.</param>
/// <param name="Elapsed">How long the call took, its waits included.</param>
/// <seealso href="https://www.sqlite.org/pragma.html#pragma_wal_checkpoint"/>
public sealed record CheckpointResult(bool Completed, bool Busy, int LogFrames, int CheckpointedFrames, TimeSpan Elapsed);
