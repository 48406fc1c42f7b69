using System.CommandLine;
using Spectre.Console;
using WalProvider.Benchmarks;

SQLitePCL.Batteries_V2.Init();
AnsiConsole.Profile.Capabilities.Ansi &= !Console.IsOutputRedirected;
var options = new CommonOptions();
var compare = new CompareVerb(options);
var root = new RootCommand("Measures WalProvider beside what it wraps, in one run. Without a verb or a filter it runs compare and batch-sizes.");
compare.AddTo(root);
root.SetAction(arguments =>
{
    var code = compare.Run(arguments);
    if (!compare.HasFilter(arguments))
    {
        BatchSizesVerb.Run(arguments, options);
    }

    return code;
});
root.Subcommands.Add(compare.Create());
root.Subcommands.Add(BatchSizesVerb.Create(options));
root.Subcommands.Add(BackupsVerb.Create(options));
root.Subcommands.Add(ScaleVerb.Create(options));
root.Subcommands.Add(ScaleVerb.CreateInsert());
root.Subcommands.Add(MicroVerb.Create());
root.Subcommands.Add(ListVerb.Create());
root.Subcommands.Add(WriterVerb.Create());
root.Subcommands.Add(BatchSizeVerb.Create());
root.Subcommands.Add(CancelVerb.Create(options));
root.Subcommands.Add(CheckpointCostsVerb.Create(options));
root.Subcommands.Add(ForkProofVerb.Create(options));
root.Subcommands.Add(ForkProofVerb.CreateWorker());
root.Subcommands.Add(BoundedWalVerb.Create(options));
return root.Parse(args).Invoke();
