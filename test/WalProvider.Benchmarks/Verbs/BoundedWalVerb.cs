using System.CommandLine;

namespace WalProvider.Benchmarks;

/// <summary><c>bounded-wal</c>: the WAL stays below its cap while ten million rows come in.</summary>
internal static class BoundedWalVerb
{
    private const long Rows = 10_000_000;
    private const long QuickRows = 1_000_000;

    public static Command Create(CommonOptions options)
    {
        var command = new Command("bounded-wal", "Ten million rows in batches beside short readers: how long does the WAL get?");
        options.AddTo(command);
        command.SetAction(arguments =>
        {
            using var scratch = options.Scratch(arguments);
            Console.WriteLine(Machine.Describe());
            var rows = options.IsQuick(arguments) ? QuickRows : Rows;
            return new BoundedWal(Path.Combine(scratch.Path, "bounded.db"), rows).Run() ? 0 : 1;
        });
        return command;
    }
}
