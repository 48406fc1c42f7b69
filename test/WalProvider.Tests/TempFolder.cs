namespace WalProvider.Tests;

/// <summary>A folder of one test's own, deleted with all that is in it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("walprovider-").FullName;

    public string File(string name = "test.db") => System.IO.Path.Combine(Path, name);

    /// <summary>How many files in it this process holds open, deleted ones too; nothing is known of that but on Linux.</summary>
    public int Descriptors => !OperatingSystem.IsLinux() ? 0 : Directory.GetFiles("/proc/self/fd")
        .Count(entry => new FileInfo(entry).LinkTarget?.StartsWith(Path, StringComparison.Ordinal) == true);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
