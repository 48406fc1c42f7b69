using System.CommandLine;

namespace WalProvider.Benchmarks;

/// <summary><c>writer KIND DATABASE</c>: one of the processes that <see cref="Fleet"/> starts; not for people.</summary>
internal static class WriterVerb
{
    public static Command Create()
    {
        var writer = new Argument<WriterKind>("kind");
        var database = new Argument<string>("database");
        var command = new Command("writer", "One of several writing processes.") { writer, database };
        command.Hidden = true;
        command.SetAction(arguments => WriterProcess.Run(arguments.GetValue(writer), arguments.GetValue(database)!));
        return command;
    }
}
