using System.CommandLine;

namespace WalProvider.Benchmarks;

/// <summary><c>checkpoint-costs</c>: what each mode costs at several sizes of the WAL, as the table of docs/checkpointing.md.</summary>
internal static class CheckpointCostsVerb
{
    private const int Rounds = 3;

    private static readonly string[] Headings =
        ["Mode", "WAL, MiB", "Took, ms", "A writer waited, ms", "A reader waited, ms", "Result", "WAL after, MiB"];

    public static Command Create(CommonOptions options)
    {
        var command = new Command("checkpoint-costs", "Measures the four modes beside a writer and a reader.");
        options.AddTo(command);
        command.SetAction(arguments => Run(arguments, options));
        return command;
    }

    private static void Run(ParseResult arguments, CommonOptions options)
    {
        using var scratch = options.Scratch(arguments);
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"| {string.Join(" | ", Headings)} |");
        Console.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", Headings.Length - 1))}");
        foreach (var mode in Enum.GetValues<CheckpointMode>())
        {
            foreach (var mebibytes in options.IsQuick(arguments) ? new[] { 1, 8 } : [1, 64, 512])
            {
                // The middle one of a few, by the writer's wait.
                var costs = Enumerable.Range(0, Rounds).Select(_ => Measure(scratch, mode, mebibytes)).OrderBy(cost => cost.Writer).ToArray();
                Console.WriteLine($"| {string.Join(" | ", costs[Rounds / 2].Cells())} |");
            }
        }
    }

    private static CheckpointCost Measure(ScratchFolder scratch, CheckpointMode mode, int mebibytes)
    {
        var folder = Path.Combine(scratch.Path, Path.GetRandomFileName());
        var cost = CheckpointCost.Measure(folder, mode, mebibytes);
        Directory.Delete(folder, recursive: true);
        return cost;
    }
}
