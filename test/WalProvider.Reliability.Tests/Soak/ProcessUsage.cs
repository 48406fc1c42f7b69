using SQLitePCL;

namespace WalProvider.Tests;

/// <summary>What this process holds when it has closed all its databases.</summary>
/// <param name="ManagedBytes">On the managed heap, after a full collection.</param>
/// <param name="EngineBytes">Allocated by SQLite.</param>
/// <param name="Handles">Open descriptors.</param>
internal sealed record ProcessUsage(long ManagedBytes, long EngineBytes, int Handles)
{
    public static ProcessUsage Now()
    {
        WalDbConnection.ClearAllPools();
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        GC.WaitForPendingFinalizers();
        return new ProcessUsage(managed, raw.sqlite3_memory_used(), Directory.GetFiles("/proc/self/fd").Length);
    }
}
