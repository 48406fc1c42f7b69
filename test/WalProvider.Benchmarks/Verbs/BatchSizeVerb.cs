using System.CommandLine;
using System.Text.Json;

namespace WalProvider.Benchmarks;

/// <summary><c>batch-size SIZE ROWS DATABASE</c>: one of the processes that <see cref="BatchSizes"/> starts; not for people.</summary>
internal static class BatchSizeVerb
{
    public static Command Create()
    {
        var size = new Argument<int>("size");
        var rows = new Argument<int>("rows");
        var database = new Argument<string>("database");
        var command = new Command("batch-size", "One run at one batch size.") { size, rows, database };
        command.Hidden = true;
        command.SetAction(arguments =>
        {
            var report = BatchSizeRun.Run(arguments.GetValue(size), arguments.GetValue(rows), arguments.GetValue(database)!);
            Console.WriteLine(JsonSerializer.Serialize(report));
        });
        return command;
    }
}
