using System.CommandLine;

namespace WalProvider.Benchmarks;

/// <summary>The options that measuring verbs share.</summary>
internal sealed class CommonOptions
{
    private readonly Option<bool> _quick = new("--quick") { Description = "Less work, fewer rounds, no floors: does it run at all?" };

    private readonly Option<DirectoryInfo?> _folder = new("--folder")
    {
        Description = "Where the databases are made, on the disk to be measured; the temporary folder by default. Removed at the end.",
    };

    private readonly Option<bool> _writeDocs = new("--write-docs") { Description = "Put the tables into the page in docs and draw the charts." };

    public void AddTo(Command command)
    {
        command.Options.Add(_quick);
        command.Options.Add(_folder);
        command.Options.Add(_writeDocs);
    }

    public bool IsQuick(ParseResult arguments) => arguments.GetValue(_quick);

    public ScratchFolder Scratch(ParseResult arguments) => new(arguments.GetValue(_folder)?.FullName ?? Path.GetTempPath());

    /// <summary>The page to write, or null.</summary>
    public PerformancePage? PageToWrite(ParseResult arguments, string name = "performance.md")
        => arguments.GetValue(_writeDocs) ? PerformancePage.Find(name) : null;
}
