using Microsoft.Data.Sqlite;

namespace WalProvider.Tests;

/// <summary>The folder of one bad input, with what is put in it; each call gives the path.</summary>
internal sealed class InputSite : IDisposable
{
    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly Lazy<byte[]> Sound = new(MakeSound);
    private readonly TempFolder _folder = new();

    public InputSite() => SetMode(_folder.Path, Everybody);

    public string Folder => _folder.Path;

    /// <summary>A database of some pages, in rollback mode or in WAL mode.</summary>
    public string Database(string name = "a.db", bool isWal = false) => isWal ? Patched(18, [2, 2], name) : Write(name, Sound.Value);

    /// <summary>The same with other bytes in one place of its header.</summary>
    public string Patched(int at, byte[] bytes, string name = "a.db")
    {
        var content = (byte[])Sound.Value.Clone();
        bytes.CopyTo(content, at);
        return Write(name, content);
    }

    /// <summary>The same cut off.</summary>
    public string Cut(int length) => Write("a.db", Sound.Value[..length]);

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return At(name);
    }

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Directory(string name) => System.IO.Directory.CreateDirectory(At(name)).FullName;

    /// <summary>A symbolic link.</summary>
    public string Link(string name, string target)
    {
        File.CreateSymbolicLink(At(name), At(target));
        return At(name);
    }

    /// <summary>A named pipe.</summary>
    public string Pipe(string name)
    {
        using var make = System.Diagnostics.Process.Start("mkfifo", [At(name)]);
        make.WaitForExit();
        return At(name);
    }

    /// <summary>Gives a file or folder the same rights for its owner and for everybody else: <c>r</c>, <c>w</c>, <c>x</c>.</summary>
    public string Allow(string path, string rights)
    {
        var all = UnixFileMode.None;
        foreach (var right in rights)
        {
            all |= right switch
            {
                'r' => UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                'w' => UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite,
                _ => UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute,
            };
        }

        SetMode(path, all);
        return path;
    }

    public string At(string name) => _folder.File(name);

    /// <summary>What is there, with lengths, in a form that can be compared; folders that are closed are left out.</summary>
    public string Describe()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 };
        return string.Join("\n", System.IO.Directory.EnumerateFileSystemEntries(Folder, "*", options).Order(StringComparer.Ordinal)
            .Select(path => $"{path} {(File.Exists(path) && new FileInfo(path).LinkTarget is null ? new FileInfo(path).Length : -1)}"));
    }

    public void Dispose()
    {
        // A folder that was closed cannot be emptied by one who is not root.
        SetMode(Folder, Everybody);
        foreach (var folder in System.IO.Directory.GetDirectories(Folder).Where(path => new FileInfo(path).LinkTarget is null))
            SetMode(folder, Everybody);
        _folder.Dispose();
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private static byte[] MakeSound()
    {
        using var folder = new TempFolder();
        using (var connection = new SqliteConnection($"Data Source={folder.File()};Pooling=False"))
        {
            connection.Open();
            connection.Run("CREATE TABLE t(a); CREATE TABLE u(b); CREATE INDEX i ON t(a); INSERT INTO t VALUES(1)");
        }

        return File.ReadAllBytes(folder.File());
    }
}
