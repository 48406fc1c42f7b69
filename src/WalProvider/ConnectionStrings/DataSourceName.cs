namespace WalProvider;

/// <summary>
/// What a Data Source names, read as the wrapped provider and the engine read it. The engine takes a text for a URI
/// only where it begins with <c>file:</c> in small letters, and the wrapped provider puts that in front of the name of a
/// database in memory without escaping it.
/// </summary>
/// <seealso href="https://www.sqlite.org/uri.html"/>
internal sealed class DataSourceName
{
    public const string Memory = ":memory:";
    private const string UriPrefix = "file:";
    private const string DataDirectoryMacro = "|DataDirectory|";

    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);
    private readonly string _name;

    private DataSourceName(string text, bool isUri)
    {
        IsUri = isUri;
        _name = isUri ? ReadUri(text[UriPrefix.Length..]) : text;
    }

    /// <summary>Whether the engine reads the text as a URI.</summary>
    public bool IsUri { get; }

    public static DataSourceName Parse(string dataSource, bool isMemoryMode)
    {
        if (isMemoryMode && !dataSource.StartsWith(UriPrefix, StringComparison.OrdinalIgnoreCase))
            dataSource = UriPrefix + dataSource;
        return new DataSourceName(dataSource, dataSource.StartsWith(UriPrefix, StringComparison.Ordinal));
    }

    /// <summary>Whether a text means the file of exactly that name and nothing else.</summary>
    public static bool IsPlainPath(string path) =>
        !path.StartsWith(UriPrefix, StringComparison.OrdinalIgnoreCase)
        && !path.Equals(Memory, StringComparison.OrdinalIgnoreCase)
        && !path.StartsWith(DataDirectoryMacro, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the file cannot be written, or must not be because others are not kept out of it.</summary>
    public bool IsReadOnlyUri => Parameter("mode") == "ro" || IsOn("immutable") || IsOn("nolock");

    /// <summary>Whether the file is opened without locks, for which the engine reads no WAL.</summary>
    public bool IsWithoutLocks => IsOn("nolock");

    /// <summary>Whether it has a NUL in it, at which the engine ends a name: it would open another file.</summary>
    public bool HasNul => _name.Contains('\0', StringComparison.Ordinal);

    /// <summary>Whether there is no file behind the name: in memory, or a temporary file that nobody else can name.</summary>
    public bool IsFileless(bool isMemoryMode) =>
        _name.Length == 0 || _name == Memory || (Parameter("mode") is { } mode ? mode == "memory" : isMemoryMode);

    /// <summary>
    /// Whether connections of this process meet in one page cache. A nameless database has nothing to meet by, and
    /// <c>:memory:</c> outside a URI is always private.
    /// </summary>
    public bool IsSharedCache(bool isSharedMode) =>
        _name.Length != 0
        && (IsUri || _name != Memory)
        && (Parameter("cache") is { } cache ? cache == "shared" : isSharedMode);

    /// <summary>The full path of the file that the engine will open. It depends on the current folder, so it is not kept.</summary>
    public string ResolvePath()
    {
        if (!IsUri && AppContext.GetData("DataDirectory") is string { Length: > 0 } folder)
        {
            if (_name.StartsWith(DataDirectoryMacro, StringComparison.OrdinalIgnoreCase))
                return Path.GetFullPath(Path.Combine(folder, _name[DataDirectoryMacro.Length..]));
            return Path.GetFullPath(Path.Combine(folder, _name));
        }

        return Path.GetFullPath(_name);
    }

    private string? Parameter(string name) => _parameters.GetValueOrDefault(name);

    // The engine reads such a parameter as it reads a boolean pragma; anything else counts as off.
    private bool IsOn(string name) =>
        Parameter(name)?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";

    private string ReadUri(string uri)
    {
        var fragment = uri.IndexOf('#');
        if (fragment >= 0)
            uri = uri[..fragment];
        var query = uri.IndexOf('?');
        if (query >= 0)
            ReadParameters(uri[(query + 1)..]);
        var path = query < 0 ? uri : uri[..query];
        // file://localhost/path and file:///path name /path.
        if (path.StartsWith("//", StringComparison.Ordinal))
            path = path.IndexOf('/', 2) is var slash and > 0 ? path[slash..] : "";
        return Uri.UnescapeDataString(path);
    }

    private void ReadParameters(string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            var name = Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]);
            _parameters[name] = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
        }
    }
}
