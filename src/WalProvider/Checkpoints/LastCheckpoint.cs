namespace WalProvider;

/// <summary>The checkpoint of a file that this process ran last, by a call or in the background.</summary>
/// <param name="Mode">Its mode.</param>
/// <param name="Result">What it came to.</param>
/// <param name="At">When it ended.</param>
public sealed record LastCheckpoint(CheckpointMode Mode, CheckpointResult Result, DateTimeOffset At);
