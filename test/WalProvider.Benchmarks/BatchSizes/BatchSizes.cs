using System.Text.Json;

namespace WalProvider.Benchmarks;

/// <summary>The table of batch sizes: the same inserts at each size, each size in processes of its own.</summary>
internal static class BatchSizes
{
    private const int Rows = 300_000;
    private const int Rounds = 3;

    private static readonly int[] Sizes = [1, 100, 1_000, 5_000, 10_000, 100_000];

    /// <summary>For each size its rounds.</summary>
    public static IReadOnlyList<IReadOnlyList<BatchSizeReport>> Measure(string folder, bool isQuick, Action<string> progress)
    {
        var reports = Sizes.Select(_ => new List<BatchSizeReport>()).ToArray();
        for (var round = 0; round < (isQuick ? 1 : Rounds); round++)
        {
            for (var index = 0; index < Sizes.Length; index++)
            {
                progress($"batch size {Sizes[index]}: round {round + 1}");
                reports[index].Add(Run(folder, Sizes[index], isQuick ? Rows / 10 : Rows));
            }
        }

        return reports;
    }

    private static BatchSizeReport Run(string folder, int size, int rows)
    {
        var turn = Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName()));
        using var process = Myself.Start("batch-size", $"{size}", $"{rows}", Path.Combine(turn.FullName, "bench.db"));
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        turn.Delete(recursive: true);
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<BatchSizeReport>(output)!
            : throw new InvalidOperationException($"The run at batch size {size} failed with exit code {process.ExitCode}.");
    }
}
