using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// Refuses WAL on a network file system. The WAL's index is memory that all processes share, and two machines share none:
/// each would see the other's commits late or never, and write over them.
/// </summary>
/// <remarks>
/// It asks each time: that costs about a microsecond a new session, and a folder can be mounted over at any time. Only Linux
/// is asked; elsewhere everything passes.
/// </remarks>
/// <seealso href="https://www.sqlite.org/wal.html#noshm"/>
internal static partial class FileSystemGuard
{
    // Larger than the struct is on any Linux; only its first field is read.
    private const int StatfsBytes = 512;

    private const uint Fuse = 0x65735546;

    /// <summary>Looks at where the file is or will be. Call it before the file is made.</summary>
    /// <returns>True where nobody knows whether WAL is safe: on FUSE, which a program behind it makes what it is.</returns>
    /// <exception cref="SqliteException">WAL was asked for on a network file system, and nothing allows that.</exception>
    public static bool Check(WalSettings settings) => Check(settings, TypeOf);

    /// <summary>The same with another way to find a path's file system type, for tests.</summary>
    public static bool Check(WalSettings settings, Func<string, uint?> typeOf)
    {
        if (settings.AllowNetworkFileSystem || settings.IsReadOnly || !settings.Pragmas.Contains(new Pragma("journal_mode", "WAL"))
            || settings.ResolveFilePath() is not { } path)
            return false;
        // The file first: it may be a link to elsewhere.
        var type = typeOf(path) ?? typeOf(Path.GetDirectoryName(path) ?? path);
        if (type is { } found && NetworkFileSystem(found) is { } name)
            throw OpenFailure.Refuse(
                settings,
                $"'{path}' is on {name}, and WAL is safe only where all processes share memory. Move the file to a local disk, "
                + $"or set '{WalOptions.JournalMode.Name}' to DELETE; "
                + $"'{WalOptions.AllowNetworkFileSystem.Name}=True' opens it while only one machine uses it");
        return type == Fuse;
    }

    /// <summary>The name of a network file system by its type number in statfs; null for any other.</summary>
    public static string? NetworkFileSystem(uint type) => type switch
    {
        0x6969 => "NFS",
        0x517B => "SMB",
        0xFF534D42 => "CIFS",
        0xFE534D42 => "SMB2",
        0x01021997 => "9p",
        0x5346414F or 0x6B414653 => "AFS",
        0x73757245 => "Coda",
        0x00C36400 => "Ceph",
        _ => null,
    };

    /// <summary>The type number of the file system that a path is on; null where nobody knows.</summary>
    public static unsafe uint? TypeOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var buffer = stackalloc byte[StatfsBytes];
        // The field is as wide as a pointer, and the numbers have 32 bits.
        return Statfs(path, buffer) == 0 ? unchecked((uint)*(nint*)buffer) : null;
    }

    [LibraryImport("libc", EntryPoint = "statfs", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statfs(string path, byte* buffer);
}
