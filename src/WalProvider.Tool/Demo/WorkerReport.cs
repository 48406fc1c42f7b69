namespace WalProvider.Tool;

/// <summary>What one worker process said.</summary>
/// <param name="Worker">Its number, from 1.</param>
/// <param name="Rows">How many rows it read.</param>
/// <param name="Checksum">Their checksum.</param>
/// <param name="IsRight">Whether these are all the rows, and the right ones.</param>
/// <param name="Milliseconds">How long the reading took, without the start of the process.</param>
/// <param name="Error">What went wrong; null if it read to the end.</param>
internal sealed record WorkerReport(int Worker, long Rows, string? Checksum, bool IsRight, double Milliseconds, string? Error);
