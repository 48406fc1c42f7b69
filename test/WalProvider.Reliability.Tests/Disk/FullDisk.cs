using WalProvider.Tests.Backups;

namespace WalProvider.Tests;

/// <summary>A small disk of its own that can be filled to the last byte, and freed again.</summary>
internal sealed class FullDisk : IDisposable
{
    private const int Megabytes = 8;

    private readonly SmallDisk _disk = SmallDisk.MountOrSkip(Megabytes);
    private readonly HashSet<string> _strings = [];

    public string Path => _disk.Path;

    public string Database => _disk.File("test.db");

    public string File(string name) => _disk.File(name);

    /// <summary>A connection to its database, not yet open.</summary>
    public WalDbConnection Connect(string keywords = "")
    {
        var text = $"Data Source={Database};{keywords}";
        _strings.Add(text);
        return new WalDbConnection(text);
    }

    /// <summary>A connection to its database, with a table <c>t(a)</c> that holds one row.</summary>
    public WalDbConnection Open(string keywords = "")
    {
        var connection = Connect(keywords);
        connection.Open();
        connection.Run("CREATE TABLE t(a); INSERT INTO t VALUES('first')");
        connection.CommitBatch();
        return connection;
    }

    public void Fill()
    {
        using var filler = new FileStream(File("filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 65536, 4096, 1 })
        {
            try
            {
                while (true)
                    filler.Write(new byte[size]);
            }
            catch (IOException)
            {
                // Full, for pieces of this size.
            }
        }
    }

    public void Free()
    {
        // NB: not deleted alone, which frees nothing while a process that another test is just starting has the descriptor too.
        using (var filler = new FileStream(File("filler"), FileMode.Truncate))
            System.IO.File.Delete(filler.Name);
    }

    /// <summary>How many descriptors of this process are of its files.</summary>
    public int Handles() => Directory.GetFiles("/proc/self/fd")
        .Count(handle => new FileInfo(handle).LinkTarget?.StartsWith(Path + "/", StringComparison.Ordinal) == true);

    public void Dispose()
    {
        // NB: not those of other tests, which count on theirs.
        foreach (var text in _strings)
            WalDbConnection.ClearPool(new WalDbConnection(text));
        _disk.Dispose();
    }
}
