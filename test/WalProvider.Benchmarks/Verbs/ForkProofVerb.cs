using System.CommandLine;

namespace WalProvider.Benchmarks;

/// <summary><c>fork-proof</c>: every record is seen by ten worker processes that open the main file alone.</summary>
internal static class ForkProofVerb
{
    private const int Records = 2_500_000;
    private const int QuickRecords = 50_000;

    public static Command Create(CommonOptions options)
    {
        var command = new Command("fork-proof", "2.5 million records, CheckpointBeforeFork, ten workers with immutable=1; and beside readers and writers.");
        options.AddTo(command);
        command.SetAction(arguments => Run(arguments, options));
        return command;
    }

    /// <summary>One of the processes that it starts; not for people.</summary>
    public static Command CreateWorker()
    {
        var database = new Argument<string>("database");
        var from = new Argument<int>("from");
        var to = new Argument<int>("to");
        var command = new Command("fork-worker", "One worker of the fork proof.") { database, from, to };
        command.Hidden = true;
        command.SetAction(arguments => ForkWorkers.Work(arguments.GetValue(database)!, arguments.GetValue(from), arguments.GetValue(to)));
        return command;
    }

    private static int Run(ParseResult arguments, CommonOptions options)
    {
        using var scratch = options.Scratch(arguments);
        var records = options.IsQuick(arguments) ? QuickRecords : Records;
        Console.WriteLine(Machine.Describe());
        var isQuietRight = ForkProof.Run(Path.Combine(scratch.Path, "quiet.db"), records, isBusy: false);
        var isBusyRight = ForkProof.Run(Path.Combine(scratch.Path, "busy.db"), records, isBusy: true);
        return isQuietRight && isBusyRight ? 0 : 1;
    }
}
