using System.Diagnostics;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Values and statements come to the same on either engine, with the exports and without them.</summary>
[TestFixture]
public sealed class EngineChoiceTests
{
    private static readonly string[] Fixtures =
    [
        nameof(ValueBinderTests), nameof(ValueReaderTests), nameof(FieldReaderTests), nameof(RowBlobTests), nameof(ParameterBinderTests),
        nameof(CompiledTextTests), nameof(StatementCacheTests), nameof(SchemaTableBuilderTests), nameof(EngineExportsTests), nameof(EngineConnectionTests),
        nameof(StopPollTests),
        nameof(SchemaCollectionTests), nameof(WalDbDataAdapterTests), nameof(WalDbCommandBuilderTextTests),
    ];

    [TestCase(EngineCheck.Bundled, "raw", "3.35.5", false)]
    [TestCase(EngineCheck.SystemLibrary, "exports", null, true)]
    [TestCase(EngineCheck.SystemLibrary, "raw", null, false)]
    public void Values_and_statements_come_to_the_same(string engine, string calls, string? version, bool areReached)
    {
        if (engine != EngineCheck.Bundled && !File.Exists(engine))
            Assert.Ignore($"There is no second engine at {engine}.");

        var (exitCode, output) = Run([engine, calls, .. Fixtures]);

        output.ShouldContain($"reached {areReached}");
        if (version is not null)
            output.ShouldContain($"engine {version} ");
        else
            output.ShouldNotContain("engine 3.35.5 ");
        foreach (var fixture in Fixtures)
            output.ShouldContain($" of {fixture}");
        output.Split('\n').Where(line => line.StartsWith("ran 0 ", StringComparison.Ordinal)).ShouldBeEmpty();
        exitCode.ShouldBe(0, output);
    }

    private static (int ExitCode, string Output) Run(string[] arguments)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process.StartInfo.ArgumentList.Add(typeof(EngineCheck).Assembly.Location);
        Array.ForEach(arguments, process.StartInfo.ArgumentList.Add);
        process.Start();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
