using Shouldly;

namespace WalProvider.Tests;

/// <summary>A folder to work in, inside another one where nothing may change.</summary>
internal sealed class HostileSite : IDisposable
{
    private readonly TempFolder _root = new();

    public HostileSite()
    {
        Inside = Directory.CreateDirectory(_root.File("inside")).FullName;
        File.WriteAllText(_root.File("victim.db"), "not to be touched");
        File.WriteAllText(_root.File("escape"), "not to be touched");
    }

    public string Inside { get; }

    public string Outside => _root.Path;

    public string At(string name) => Path.Combine(Inside, name);

    /// <summary>Opens a database of any name.</summary>
    public static WalDbConnection Open(string path)
    {
        var text = WalDbConnectionStringBuilder.ForPath(path);
        text.Pooling = false;
        var connection = new WalDbConnection(text.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Nothing is there but what stands here, and nothing was changed outside.</summary>
    public void ShouldHoldOnly(IEnumerable<string> names, string why)
    {
        Directory.GetFileSystemEntries(Inside, "*", SearchOption.AllDirectories).Select(path => path[(Inside.Length + 1)..])
            .Order(StringComparer.Ordinal).ShouldBe(names.Order(StringComparer.Ordinal), why);
        string.Join(" ", Directory.GetFileSystemEntries(Outside).Select(Path.GetFileName).Order()).ShouldBe("escape inside victim.db", why);
        File.ReadAllText(_root.File("victim.db")).ShouldBe("not to be touched", why);
        File.ReadAllText(_root.File("escape")).ShouldBe("not to be touched", why);
    }

    public void Dispose() => _root.Dispose();
}
