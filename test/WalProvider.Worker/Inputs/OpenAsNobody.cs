namespace WalProvider.Worker;

/// <summary>Opens what it is told, as a user who may do little.</summary>
internal static class OpenAsNobody
{
    /// <summary>
    /// Opens a database, so that all code is loaded; gives root up, and prints "ready" or "impossible". Then each line is a connection
    /// string, and each answer an <see cref="OpenOutcome"/> of it.
    /// </summary>
    public static void Run(string database)
    {
        // The folders of the code may be closed to nobody.
        foreach (var warmUp in new[] { $"Data Source={database}", $"Data Source={database}/no", "Data Source=a.db;No=1", "Data Source=/dev/null" })
            _ = new[] { false, true }.Select(async => OpenOutcome.Of(warmUp, async).GetAwaiter().GetResult().ToString()).ToArray();
        WalDbConnection.ClearAllPools();
        Console.WriteLine(!Environment.IsPrivilegedProcess || Unprivileged.TryBecomeNobody() ? "ready" : "impossible");
        while (Console.ReadLine() is { } connectionString)
        {
            foreach (var async in new[] { false, true })
                Console.WriteLine(OpenOutcome.Of(connectionString, async).GetAwaiter().GetResult());
        }
    }
}
