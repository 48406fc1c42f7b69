using System.Runtime.InteropServices;

namespace WalProvider.Benchmarks;

/// <summary>What the numbers were measured on, without a name that says whose it is.</summary>
internal static class Machine
{
    public static string Describe() => string.Join(
        ", ",
        [
            $"{Environment.ProcessorCount} processors ({RuntimeInformation.ProcessArchitecture})",
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            $"SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}",
            $"Microsoft.Data.Sqlite {typeof(Microsoft.Data.Sqlite.SqliteConnection).Assembly.GetName().Version?.ToString(3)}",
            .. LoadAtTheEnd(),
        ]);

    // Whoever reads the waits must know whether the processors were free. Only Linux keeps this where it can be read.
    private static IEnumerable<string> LoadAtTheEnd()
    {
        if (OperatingSystem.IsLinux())
        {
            yield return $"load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} when the rows were done";
        }
    }
}
