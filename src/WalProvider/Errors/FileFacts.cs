using System.Runtime.InteropServices;

namespace WalProvider;

/// <summary>
/// What the kernel says of a path. Opening it to find out may wait for ever, or drop the locks that this process holds on it.
/// </summary>
/// <remarks>Only Linux is asked; elsewhere nobody knows.</remarks>
/// <seealso href="https://man7.org/linux/man-pages/man2/statx.2.html"/>
internal static partial class FileFacts
{
    /// <summary>An ordinary file.</summary>
    public const string File = "a file";

    /// <summary>A directory.</summary>
    public const string Directory = "a directory";

    // The struct's size and the place of its mode are the same on every processor.
    private const int StatxBytes = 256;
    private const int ModeOffset = 28;
    private const uint OnlyType = 1;
    private const int FromCurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const int AsEffectiveUser = 0x200;
    private const int AskNoServer = 0x4000;
    private const int Read = 4;
    private const int Write = 2;
    private const int NoPermission = 13;

    /// <summary>The kind in words; null where there is nothing, or nobody knows.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isLinkFollowed">Whether a link at its end counts as what it leads to.</param>
    public static string? KindOf(string path, bool isLinkFollowed) => Ask(path, isLinkFollowed, out var kind) == 0 ? kind : null;

    /// <summary>Whether this user may not even look whether the file is there.</summary>
    public static bool IsOutOfReach(string path) => Ask(path, isLinkFollowed: true, out _) == NoPermission;

    /// <summary>Whether this user may read a file that is there; true where nobody knows.</summary>
    public static bool IsReadable(string path) => MayAccess(path, Read);

    /// <summary>Whether this user may write a file that is there; true where nobody knows.</summary>
    public static bool IsWritable(string path) => MayAccess(path, Write);

    private static bool MayAccess(string path, int kind)
        => !OperatingSystem.IsLinux() || Faccessat(FromCurrentFolder, path, kind, AsEffectiveUser) == 0
            || Marshal.GetLastPInvokeError() != NoPermission;

    private static unsafe int Ask(string path, bool isLinkFollowed, out string? kind)
    {
        kind = null;
        if (!OperatingSystem.IsLinux())
            return 0;
        try
        {
            var buffer = stackalloc byte[StatxBytes];
            if (Statx(FromCurrentFolder, path, AskNoServer | (isLinkFollowed ? 0 : DoNotFollow), OnlyType, buffer) != 0)
                return Marshal.GetLastPInvokeError();
            kind = NameOf(*(ushort*)(buffer + ModeOffset));
        }
        catch (EntryPointNotFoundException)
        {
            // Old C libraries lack it; then nobody knows.
        }

        return 0;
    }

    private static string? NameOf(int mode) => (mode & 0xF000) switch
    {
        0x8000 => File,
        0x4000 => Directory,
        0x1000 => "a pipe",
        0x2000 or 0x6000 => "a device",
        0xA000 => "a link",
        0xC000 => "a socket",
        _ => null,
    };

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "faccessat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Faccessat(int folder, string path, int mode, int flags);
}
