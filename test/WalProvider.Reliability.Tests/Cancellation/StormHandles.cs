using Shouldly;

namespace WalProvider.Tests;

/// <summary>What must be left when a storm is over: nothing.</summary>
internal static class StormHandles
{
    /// <summary>No session is lent, nobody waits, and once the pools are empty no file of the folder is open.</summary>
    public static void ShouldBeNone(string folder, params WalDbDataSource[] sources)
    {
        foreach (var source in sources)
        {
            var end = source.Statistics;
            (end.InUse, end.Waiting).ShouldBe((0, 0));
            end.Open.ShouldBe(end.Idle);
            (end.Created - end.Dropped).ShouldBe(end.Open);
            source.Clear();
        }

        if (OperatingSystem.IsLinux())
            Directory.GetFiles("/proc/self/fd").Select(TargetOf).Where(name => name.StartsWith(folder, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>The gate is free, and the write lock: a write that waits for nothing gets through.</summary>
    public static void ShouldLeaveTheGateFree(string file)
    {
        using var connection = new WalDbConnection($"Data Source={file};Busy Timeout=0;Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        connection.Run("CREATE TABLE after_the_storm(a)");
    }

    private static string TargetOf(string handle)
    {
        try
        {
            return new FileInfo(handle).LinkTarget ?? "";
        }
        catch (IOException)
        {
            // Closed since the list was made.
            return "";
        }
    }
}
