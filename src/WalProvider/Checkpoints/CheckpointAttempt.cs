using SQLitePCL;

namespace WalProvider;

/// <summary>What the engine answered to one try of a checkpoint.</summary>
/// <param name="Mode">What was asked for.</param>
/// <param name="Code">OK or BUSY.</param>
/// <param name="LogFrames">Frames in the WAL; -1 where there is none, or it could not be looked at.</param>
/// <param name="CheckpointedFrames">Frames of it that are in the main file.</param>
internal readonly record struct CheckpointAttempt(CheckpointMode Mode, int Code, int LogFrames, int CheckpointedFrames)
{
    /// <summary>Whether somebody was in the way.</summary>
    internal bool IsBusy => Code == raw.SQLITE_BUSY;

    /// <summary>Whether all was done. NB: PASSIVE answers OK even when it was not.</summary>
    internal bool IsComplete => !IsBusy && LogFrames == CheckpointedFrames;
}
