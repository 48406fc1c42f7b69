using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using NUnit.Framework;
using Shouldly;
using WalProvider.Tests;

namespace WalProvider.Ecosystem.Tests;

/// <summary>A program that is published trimmed and with its own runtime runs as it did before.</summary>
public sealed class TrimmedAppTests
{
    [Test]
    public async Task Program_that_is_published_trimmed_finds_all_that_it_needs()
    {
        using var folder = new TempFolder();
        var output = folder.File("app");
        // The packages were restored and the library was built with the tests, so that this needs no network and changes nothing of theirs.
        await Run("dotnet", "publish", Path.Combine(Metadata("RepositoryRoot"), "test", "WalProvider.TrimmedApp"), "--no-restore", "--nologo",
            "-c", Metadata("Configuration"), "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "-o", output,
            "-p:BuildProjectReferences=false", "--disable-build-servers", "-v", "quiet");
        File.Exists(Path.Combine(output, "Microsoft.VisualBasic.Core.dll")).ShouldBeFalse("nothing was trimmed");
        var said = await Run(Path.Combine(output, "WalProvider.TrimmedApp"), folder.Path);
        said.TrimEnd().ShouldEndWith("fine");
    }

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program}: {await output} {await errors}");
        return await output;
    }

    private static string Metadata(string key)
        => typeof(TrimmedAppTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
