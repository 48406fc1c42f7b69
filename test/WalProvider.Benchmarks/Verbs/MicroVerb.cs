using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace WalProvider.Benchmarks;

/// <summary><c>micro [ARGS]</c>: single calls of nanoseconds, by BenchmarkDotNet, which ARGS go to.</summary>
internal static class MicroVerb
{
    public static Command Create()
    {
        var command = new Command("micro", "Single calls, by BenchmarkDotNet; what follows goes to it (--filter '*Gate*').")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(arguments => Run([.. arguments.UnmatchedTokens]));
        return command;
    }

    private static int Run(string[] arguments)
    {
        // In this process: what is measured is internal, and a generated project would be built under our build's rules.
        var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroVerb).Assembly)
            .Run(arguments.Contains("--filter") ? arguments : ["--filter", "*", .. arguments], config);
        return summaries.All(summary => !summary.HasCriticalValidationErrors) ? 0 : 1;
    }
}
