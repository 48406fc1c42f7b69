namespace WalProvider.Tests;

/// <summary>A folder of one test's own, deleted with all that is in it.</summary>
/// <param name="isInMemory">Whether no disk is to be waited for, where the system has a file system in memory.</param>
internal sealed class TempFolder(bool isInMemory = false) : IDisposable
{
    private const string Memory = "/dev/shm";

    public string Path { get; } = isInMemory && Directory.Exists(Memory)
        ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"walprovider-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("walprovider-").FullName;

    public string File(string name = "test.db") => System.IO.Path.Combine(Path, name);

    /// <summary>How many files in it this process holds open, deleted ones too; nothing is known of that but on Linux.</summary>
    public int Descriptors => !OperatingSystem.IsLinux() ? 0 : Directory.GetFiles("/proc/self/fd")
        .Count(entry => new FileInfo(entry).LinkTarget?.StartsWith(Path, StringComparison.Ordinal) == true);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
