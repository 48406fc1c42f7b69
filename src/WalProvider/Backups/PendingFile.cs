using System.Security.Cryptography;
using System.Text;

namespace WalProvider;

/// <summary>
/// A file on its way to its name: made beside it, readable by its owner alone, and renamed when it is whole. Deleted
/// where it did not come to that.
/// </summary>
internal sealed class PendingFile : IDisposable
{
    private const string Ending = ".pending";
    private const int LongestName = 150;

    private static readonly string Machine = Hash(Environment.MachineName)[..8];
    private static int _count;

    private readonly string _destination;
    private bool _isPublished;

    private PendingFile(string destination, string path)
    {
        _destination = destination;
        Path = path;
    }

    /// <summary>Where it is for now.</summary>
    internal string Path { get; }

    /// <summary>Makes an empty file beside a destination, and removes what a killed process has left there.</summary>
    /// <exception cref="IOException">The folder does not exist or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    internal static PendingFile Create(string destination)
    {
        var folder = System.IO.Path.GetDirectoryName(destination)!;
        var prefix = PrefixFor(System.IO.Path.GetFileName(destination));
        Sweep(folder, prefix);
        var path = System.IO.Path.Combine(folder, $"{prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _count)}{Ending}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // SQLite would make it readable by everybody.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(path, options).Dispose();
        return new PendingFile(destination, path);
    }

    /// <summary>Puts it in its place, durably: the file is flushed before it gets its name, the folder after.</summary>
    /// <param name="mode">The permissions that it is to have; null leaves it to its owner alone.</param>
    /// <param name="overwrite">Whether a file of that name is replaced.</param>
    /// <exception cref="IOException">There is a file of that name, or the disk failed.</exception>
    internal void Publish(UnixFileMode? mode, bool overwrite)
    {
        // NB: SQLite has closed it, or never had it open.
        using (var handle = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(handle);
        }

        if (mode is { } permissions && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, permissions);
        }

        File.Move(Path, _destination, overwrite);
        _isPublished = true;
        FolderSync.Flush(System.IO.Path.GetDirectoryName(_destination)!);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isPublished)
        {
            File.Delete(Path);
        }

        File.Delete(Path + "-journal");
    }

    private static string PrefixFor(string name)
        => $".{(Encoding.UTF8.GetByteCount(name) <= LongestName ? name : Hash(name))}.{Machine}-";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Whoever was killed could not tidy up. Only what carries the number of a process of this machine that is gone.
    private static void Sweep(string folder, string prefix)
    {
        foreach (var path in Directory.EnumerateFiles(folder, ".*"))
        {
            var name = System.IO.Path.GetFileName(path);
            if (!name.StartsWith(prefix, StringComparison.Ordinal) || !name.Contains(Ending, StringComparison.Ordinal))
            {
                continue;
            }

            var number = name.AsSpan(prefix.Length);
            var dash = number.IndexOf('-');
            if (dash > 0 && int.TryParse(number[..dash], out var process) && !IsAlive(process))
            {
                File.Delete(path);
            }
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
