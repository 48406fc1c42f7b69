namespace WalProvider.Tests.Structure;

/// <summary>The checkout that the test assembly was built from, as files.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>WalProvider.sln</c>, found from the test assembly upwards.</summary>
    public static string Root { get; } = FindRoot();

    public static string Library { get; } = Path.Combine(Root, "src", "WalProvider");

    public static string Tests { get; } = Path.Combine(Root, "test", "WalProvider.Tests");

    /// <summary>Every C# file under <c>src</c> and <c>test</c> that a person wrote.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. FilesUnder("src").Concat(FilesUnder("test")).Select(path => new SourceFile(Root, path))];

    /// <summary>Every folder below <paramref name="folder"/>, relative to it, with forward slashes.</summary>
    public static IEnumerable<string> FoldersBelow(string folder) =>
        Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => !IsBuildOutput(path));

    private static IEnumerable<string> FilesUnder(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !IsBuildOutput(Path.GetRelativePath(Root, path).Replace('\\', '/')))
            .Order(StringComparer.Ordinal);

    private static bool IsBuildOutput(string relativePath) =>
        relativePath.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "TestResults" or "BenchmarkDotNet.Artifacts");

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "WalProvider.sln")))
                return folder;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds WalProvider.sln.");
    }
}
