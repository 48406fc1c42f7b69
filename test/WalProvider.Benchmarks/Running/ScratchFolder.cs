namespace WalProvider.Benchmarks;

/// <summary>A folder for the databases, removed at the end.</summary>
internal sealed class ScratchFolder(string parent) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(
        System.IO.Path.Combine(parent, $"walprovider-bench-{System.IO.Path.GetRandomFileName()}"));

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
