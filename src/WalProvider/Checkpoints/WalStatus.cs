namespace WalProvider;

/// <summary>The WAL of a database at one moment. Asking for it moves no frame and holds up nobody.</summary>
/// <param name="WalBytes">The length of the <c>-wal</c> file; 0 where there is none.</param>
/// <param name="Frames">How many frames (pages) it holds; null where the database has no WAL or the engine cannot be asked.</param>
/// <param name="CheckpointedFrames">How many of them are in the main file; null as above.</param>
/// <param name="OldestReader">The connection of this process that has read for longest, be it this one; null for none.</param>
/// <param name="LastCheckpoint">The checkpoint that this process ran last; those that the engine runs inside COMMIT do not count. Null for none.</param>
public sealed record WalStatus(
    long WalBytes, int? Frames, int? CheckpointedFrames, WalReader? OldestReader, LastCheckpoint? LastCheckpoint);
