using System.CommandLine;
using WalProvider.Benchmarks;

SQLitePCL.Batteries_V2.Init();
var root = CompareVerb.AddTo(new RootCommand("Measures WalProvider beside what it wraps, in one run."));
root.Subcommands.Add(CompareVerb.AddTo(new Command("compare", "Runs the rows (also where no verb is named).")));
root.Subcommands.Add(ListVerb.Create());
root.Subcommands.Add(WriterVerb.Create());
return root.Parse(args).Invoke();
