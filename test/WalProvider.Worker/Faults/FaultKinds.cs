namespace WalProvider.Worker;

/// <summary>What the shim can make fail; the numbers are those of test/WalProvider.Reliability.Tests/Shim/faults.c.</summary>
[Flags]
public enum FaultKinds
{
    Read = 1,
    Write = 2,
    Sync = 4,
    Truncate = 8,
    Open = 16,
    Lock = 32,
    SharedMemory = 64,
    Unlink = 128,
}
