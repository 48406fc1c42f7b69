using System.Diagnostics;
using NUnit.Framework;

namespace WalProvider.Tests;

/// <summary>The small C libraries of this folder, compiled when a test first needs them.</summary>
internal static class ShimLibrary
{
    private static readonly Lazy<string?> FaultsLibrary = new(() => Compile("faults"));
    private static readonly Lazy<string?> StatfsLibrary = new(() => Compile("statfs"));
    private static readonly Lazy<string?> WindowLibrary = new(() => Compile("window"));

    /// <summary>faults.c: records file calls, makes them fail, and kills its process in them.</summary>
    public static string Faults => OrSkip(FaultsLibrary.Value);

    /// <summary>statfs.c: says that a file is on another file system.</summary>
    public static string Statfs => OrSkip(StatfsLibrary.Value);

    /// <summary>window.c: pauses a checkpoint where the WAL-reset bug has its window.</summary>
    public static string Window => OrSkip(WindowLibrary.Value);

    private static string OrSkip(string? path)
    {
        if (path is not null)
            return path;
        const string Why = "Needs gcc on Linux, to compile the library that stands before the file system. As root: apt-get install gcc libc6-dev";

        // Where nobody looks, a test that is skipped is one that is gone.
        if (Environment.GetEnvironmentVariable("CI") is not null && OperatingSystem.IsLinux())
            Assert.Fail(Why);
        Assert.Ignore(Why);
        return "";
    }

    private static string? Compile(string name)
    {
        if (!OperatingSystem.IsLinux() || !HasCompiler())
            return null;
        var library = Path.Combine(Directory.CreateTempSubdirectory("walprovider-shim-").FullName, $"{name}.so");
        var source = Path.Combine(AppContext.BaseDirectory, "Shim", $"{name}.c");
        using var compiler = Process.Start(new ProcessStartInfo("gcc",
            ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-fno-builtin", "-fvisibility=hidden", "-o", library, source, "-ldl", "-lpthread"])
        {
            RedirectStandardError = true,
        })!;
        var errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(library)!, recursive: true);
        return compiler.ExitCode == 0 ? library : throw new InvalidOperationException(errors);
    }

    private static bool HasCompiler()
        => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "gcc")));
}
