using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WalProvider;

/// <summary>
/// A copy of the engine's file system layer whose naps are as short as the engine asks for, where its own are not.
/// </summary>
/// <remarks>
/// <para>SQLite naps for microseconds while processes get into each other's way at the locks of the WAL, readers too. An
/// engine that was built without usleep naps for a whole second each time.</para>
/// <para>It is not made the default: other users of the engine in this process keep theirs. Both share what the layer
/// knows of open files and their locks, since that is the library's own.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/c3ref/vfs.html"/>
internal static unsafe class PreciseVfs
{
    private const string VfsName = "walprovider";

    // The fields of struct sqlite3_vfs that are read or replaced here, counted in bytes on a 64-bit or 32-bit system.
    private const int VersionOffset = 0;
    private static readonly int PointerSize = sizeof(nint);
    private static readonly int NextOffset = Align(12);
    private static readonly int NameOffset = NextOffset + PointerSize;
    private static readonly int SleepOffset = NameOffset + PointerSize * 11;

    // A nap of a microsecond that is not over by then is one of a whole second.
    private static readonly TimeSpan CoarseNap = TimeSpan.FromMilliseconds(20);

    private static readonly Lazy<string?> Registered = new(Register);

    /// <summary>The name to open files with; null where the engine's own layer is as good, or cannot be copied.</summary>
    internal static string? Name => Registered.Value;

    /// <summary>A URI that opens a file through the copy.</summary>
    /// <param name="path">The full path of the file.</param>
    internal static string UriOf(string path)
    {
        var escaped = path
            .Replace("%", "%25", StringComparison.Ordinal)
            .Replace("?", "%3f", StringComparison.Ordinal)
            .Replace("#", "%23", StringComparison.Ordinal);
        // NB: with an empty authority, or a path that begins with two slashes would be taken for one.
        return $"file://{escaped}?vfs={VfsName}";
    }

    private static int Align(int offset) => (offset + PointerSize - 1) / PointerSize * PointerSize;

    private static string? Register()
    {
        if (OperatingSystem.IsWindows()
            || EngineLibrary.Handle == 0
            || !NativeLibrary.TryGetExport(EngineLibrary.Handle, "sqlite3_vfs_find", out var find)
            || !NativeLibrary.TryGetExport(EngineLibrary.Handle, "sqlite3_vfs_register", out var register))
        {
            return null;
        }

        var vfs = ((delegate* unmanaged[Cdecl]<byte*, nint>)find)(null);
        if (vfs == 0 || !NapsAreCoarse(vfs))
        {
            return null;
        }

        return ((delegate* unmanaged[Cdecl]<nint, int, int>)register)(Copy(vfs), 0) == 0 ? VfsName : null;
    }

    /// <summary>Naps for a microsecond on another thread, and does not wait for the end of a second.</summary>
    private static bool NapsAreCoarse(nint vfs)
    {
        var sleep = (delegate* unmanaged[Cdecl]<nint, int, int>)(*(nint*)(vfs + SleepOffset));
        var nap = new Thread(() => _ = sleep(vfs, 1)) { IsBackground = true, Name = "WalProvider nap" };
        nap.Start();
        return !nap.Join(CoarseNap);
    }

    // NB: never freed, since the engine keeps it for the life of the process.
    private static nint Copy(nint vfs)
    {
        var size = SleepOffset + PointerSize * (*(int*)(vfs + VersionOffset) switch { 1 => 3, 2 => 4, _ => 7 });
        var copy = (nint)NativeMemory.Alloc((nuint)size);
        Buffer.MemoryCopy((void*)vfs, (void*)copy, size, size);
        *(nint*)(copy + NextOffset) = 0;
        *(nint*)(copy + NameOffset) = Marshal.StringToCoTaskMemUTF8(VfsName);
        *(nint*)(copy + SleepOffset) = (nint)(delegate* unmanaged[Cdecl]<nint, int, int>)&Sleep;
        return copy;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sleep(nint vfs, int microseconds)
    {
        Naps.Sleep(TimeSpan.FromMicroseconds(microseconds));
        return microseconds;
    }
}
