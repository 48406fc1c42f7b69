using System.Runtime.InteropServices;

namespace WalProvider;

/// <summary>Makes a rename durable: the new name is in the folder, and the folder is a file of its own to the disk.</summary>
internal static partial class FolderSync
{
    private const int IoError = 5;
    private const int NoSpace = 28;

    /// <summary>Flushes a folder to the disk. Does nothing on Windows, which has no such call.</summary>
    /// <exception cref="IOException">The disk failed or is full.</exception>
    internal static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // .NET opens no directories.
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
        {
            return;
        }

        var error = FSync(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        // Some file systems do not know how to flush a folder, and say so; their names are as durable as they get.
        if (error is IoError or NoSpace)
        {
            throw new IOException($"Flushing the folder '{folder}' failed: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
