namespace WalProvider.Benchmarks;

/// <summary>What going round through a number of files came to.</summary>
/// <param name="Files">How many.</param>
/// <param name="MaxOpenSessions">The bound.</param>
/// <param name="Microseconds">For one file: look it up, open, insert a row, close.</param>
/// <param name="Handles">The most file handles on databases that were open at once.</param>
/// <param name="ManagedBytes">Managed memory at the end.</param>
/// <param name="ProcessBytes">The most memory that the process held, runtime and all.</param>
internal sealed record DatabasesReport(
    int Files, int MaxOpenSessions, double Microseconds, int Handles, long ManagedBytes, long ProcessBytes);
