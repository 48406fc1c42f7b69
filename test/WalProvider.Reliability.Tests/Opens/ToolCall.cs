using System.Diagnostics;
using System.Reflection;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>One call of the tool <c>walprovider</c>, in a process of its own.</summary>
internal static class ToolCall
{
    private static string Dll => typeof(ToolCall).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ToolPath").Value!;

    /// <summary>Runs it to its end, which must be a good one.</summary>
    public static void Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Dll, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit(TimeSpan.FromMinutes(2)).ShouldBeTrue();
        process.ExitCode.ShouldBe(0, string.Join("\n", output.GetAwaiter().GetResult()));
    }
}
