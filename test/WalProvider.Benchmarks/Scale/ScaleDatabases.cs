using System.Diagnostics;

namespace WalProvider.Benchmarks;

/// <summary>One file after the other is opened, written and closed, round and round, through a registry of data sources.</summary>
internal sealed class ScaleDatabases(string folder, int operations, Action<string> progress)
{
    private const int LookEvery = 97;

    public DatabasesReport Run(int files, int maxOpenSessions)
    {
        progress($"{files} files, {maxOpenSessions} sessions");
        var parent = Directory.CreateDirectory(Path.Combine(folder, $"{files}-{maxOpenSessions}")).FullName;
        var paths = Enumerable.Range(0, files).Select(index => Path.Combine(parent, $"{index}.db")).ToArray();
        using var sources = new WalDbDataSources($"Max Open Sessions={maxOpenSessions}");
        foreach (var path in paths)
        {
            using var connection = sources.GetOrAddPath(path).OpenConnection();
            Databases.Execute(connection, "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT NOT NULL, price REAL NOT NULL, note TEXT)");
        }

        var handles = 0;
        var memory = 0L;
        var looking = TimeSpan.Zero;
        var start = Stopwatch.GetTimestamp();
        for (var operation = 0; operation < operations; operation++)
        {
            using (var connection = sources.GetOrAddPath(paths[operation % files]).OpenConnection())
            {
                ThreadRows.Insert(connection, operation);
            }

            if (operation % LookEvery == 0)
            {
                var began = Stopwatch.GetTimestamp();
                handles = Math.Max(handles, HandlesIn(parent));
                memory = Math.Max(memory, Environment.WorkingSet);
                looking += Stopwatch.GetElapsedTime(began);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(start) - looking;
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        return new DatabasesReport(files, maxOpenSessions, elapsed.TotalMicroseconds / operations, handles, managed, memory);
    }

    // Only Linux says what its handles are of.
    private static int HandlesIn(string parent) => OperatingSystem.IsLinux()
        ? Directory.GetFiles("/proc/self/fd").Count(handle => new FileInfo(handle).LinkTarget?.StartsWith(parent, StringComparison.Ordinal) == true)
        : 0;
}
