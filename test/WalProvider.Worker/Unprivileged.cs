using System.Runtime.InteropServices;

namespace WalProvider.Worker;

/// <summary>Gives up the rights of root for good.</summary>
internal static class Unprivileged
{
    private const uint Nobody = 65534;

    /// <summary>Becomes the user nobody, in all threads; false where this process may not.</summary>
    public static bool TryBecomeNobody()
        => OperatingSystem.IsLinux() && SetGroups(0, 0) == 0 && SetGroup(Nobody) == 0 && SetUser(Nobody) == 0;

    // The library's calls, not the kernel's: those change one thread alone.
    [DllImport("libc", EntryPoint = "setgroups")]
    private static extern int SetGroups(nuint count, nint groups);

    [DllImport("libc", EntryPoint = "setgid")]
    private static extern int SetGroup(uint id);

    [DllImport("libc", EntryPoint = "setuid")]
    private static extern int SetUser(uint id);
}
