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

    private static string? Register()
    {
        var own = OperatingSystem.IsWindows() ? null : VfsTable.FindDefault();
        if (own == null || !NapsAreCoarse(own))
        {
            return null;
        }

        var layer = VfsTable.Copy(own, VfsName);
        layer->Sleep = &Sleep;
        return VfsTable.TryRegister(layer) ? VfsName : null;
    }

    /// <summary>Naps for a microsecond on another thread, and does not wait for the end of a second.</summary>
    private static bool NapsAreCoarse(VfsTable* layer)
    {
        var nap = new Thread(() => _ = layer->Sleep(layer, 1)) { IsBackground = true, Name = "WalProvider nap" };
        nap.Start();
        return !nap.Join(CoarseNap);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sleep(VfsTable* layer, int microseconds)
    {
        Naps.Sleep(TimeSpan.FromMicroseconds(microseconds));
        return microseconds;
    }
}
