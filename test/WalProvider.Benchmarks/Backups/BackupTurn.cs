namespace WalProvider.Benchmarks;

/// <summary>One copy that was measured.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Bytes">The size of what was written.</param>
/// <param name="MemoryBytes">How far the process grew above where it stood before.</param>
/// <param name="WriteShare">What was written meanwhile, beside what is written without; null where nobody wrote.</param>
internal sealed record BackupTurn(double Seconds, long Bytes, long MemoryBytes, double? WriteShare);
