using System.Diagnostics;
using NUnit.Framework;

namespace WalProvider.Tests.Backups;

/// <summary>A file system of a few megabytes, to be full or read-only.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _folder = new();

    private SmallDisk()
    {
    }

    public string Path => _folder.Path;

    public static SmallDisk MountOrSkip(int megabytes, string option = "rw")
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            Assert.Ignore("Needs root on Linux, to mount a small file system.");
        }

        var disk = new SmallDisk();
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,{option}", "tmpfs", disk.Path) != 0)
        {
            disk._folder.Dispose();
            Assert.Ignore("This machine mounts no tmpfs.");
        }

        return disk;
    }

    public string File(string name) => _folder.File(name);

    public void Dispose()
    {
        // Lazily, since a process that another test is just starting holds all descriptors of this one for a moment.
        Run("umount", "-l", Path);
        _folder.Dispose();
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
