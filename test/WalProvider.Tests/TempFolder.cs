namespace WalProvider.Tests;

/// <summary>A folder of one test's own, deleted with all that is in it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("walprovider-").FullName;

    public string File(string name = "test.db") => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
