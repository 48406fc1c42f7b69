using System.Diagnostics;

namespace WalProvider.Benchmarks;

/// <summary>Measures the methods in turns on one database.</summary>
internal static class BackupMeasure
{
    private static readonly TimeSpan WritingAlone = TimeSpan.FromSeconds(2);

    /// <summary>The turns of each method.</summary>
    /// <param name="source">The database, closed.</param>
    /// <param name="isWritten">Whether somebody writes meanwhile.</param>
    /// <param name="rounds">How many turns each method has.</param>
    /// <param name="say">Told what is going on.</param>
    public static IReadOnlyDictionary<string, BackupTurn[]> Run(string source, bool isWritten, int rounds, Action<string> say)
    {
        var methods = BackupMethods.All.Where(method => !isWritten || method.WorksUnderWrites).ToArray();
        var turns = methods.ToDictionary(method => method.Name, _ => new List<BackupTurn>());
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var method in methods)
            {
                var turn = isWritten ? UnderWrites(source, method) : Once(source, method);
                turns[method.Name].Add(turn);
                say(Numbers.Short($"{method.Name}, {(isWritten ? "under writes" : "idle")}, round {round}: {turn.Seconds:0.00} s"));
            }
        }

        return turns.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    private static BackupTurn UnderWrites(string source, BackupMethod method)
    {
        using var writer = new SteadyWriter(source);
        var alone = writer.RateWhile(() => Thread.Sleep(WritingAlone));
        BackupTurn? turn = null;
        var beside = writer.RateWhile(() => turn = Once(source, method));
        return turn! with { WriteShare = beside / alone };
    }

    private static BackupTurn Once(string source, BackupMethod method)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(source)!, "copies"));
        var destination = Path.Combine(folder.FullName, "copy");
        try
        {
            FlushAll();
            using var memory = new MemoryWatch();
            var started = Stopwatch.GetTimestamp();
            method.Copy(source, destination);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return new BackupTurn(seconds, new FileInfo(destination).Length, memory.GrowthBytes, null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // What the last turn has left to be written would be charged to this one.
    private static void FlushAll()
    {
        if (!OperatingSystem.IsWindows())
        {
            using var sync = Process.Start("sync");
            sync.WaitForExit();
        }
    }
}
