using System.CommandLine;
using Spectre.Console;

namespace WalProvider.Benchmarks;

/// <summary><c>backups</c>: how long each way to a copy takes, idle and under writes, and what it costs the writers.</summary>
internal static class BackupsVerb
{
    private static readonly int[] Sizes = [100, 1000];
    private static readonly int[] QuickSizes = [10];

    public static Command Create(CommonOptions options)
    {
        var command = new Command("backups", "How long each way to a copy of a database takes, and what it costs those who write meanwhile.");
        options.AddTo(command);
        command.SetAction(arguments => Run(arguments, options));
        return command;
    }

    private static void Run(ParseResult arguments, CommonOptions options)
    {
        var page = options.PageToWrite(arguments, "backup.md");
        var isQuick = options.IsQuick(arguments);
        using var scratch = options.Scratch(arguments);
        var reports = (isQuick ? QuickSizes : Sizes).Select(size => Measure(scratch.Path, size, isQuick ? 1 : 3)).ToArray();
        var table = BackupTable.Of(reports);
        TerminalTable.Write(AnsiConsole.Console, table);
        if (page is not null)
        {
            page.Replace("machine", Machine.Describe());
            page.Replace(table);
            page.Save();
        }
    }

    private static BackupReport Measure(string folder, int megabytes, int rounds)
    {
        var source = BackupSeed.Make(Path.Combine(folder, Numbers.Short($"source{megabytes}.db")), megabytes);
        var idle = BackupMeasure.Run(source, isWritten: false, rounds, Console.Error.WriteLine);
        var written = BackupMeasure.Run(source, isWritten: true, rounds, Console.Error.WriteLine);
        File.Delete(source);
        return new BackupReport(megabytes, idle, written);
    }
}
