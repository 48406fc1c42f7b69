namespace WalProvider.Benchmarks;

/// <summary>
/// docs/performance.md or another page, whose prose people write and whose tables this program does, each between
/// <c>&lt;!-- bench: NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>; and the charts beside it.
/// </summary>
internal sealed class PerformancePage
{
    private const string End = "<!-- end -->";
    private readonly string _path;
    private string _text;

    private PerformancePage(string path)
    {
        _path = path;
        _text = File.ReadAllText(path).ReplaceLineEndings("\n");
    }

    /// <summary>The page of the checkout that is the current directory or holds it.</summary>
    /// <param name="name">The file's name in docs.</param>
    public static PerformancePage Find(string name = "performance.md")
    {
        for (var folder = Directory.GetCurrentDirectory(); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine(folder, "docs", name);
            if (File.Exists(path))
            {
                return new PerformancePage(path);
            }
        }

        throw new InvalidOperationException($"No docs/{name} here or in a folder above: run it inside the repository.");
    }

    /// <summary>Puts a table in its place.</summary>
    public void Replace(ReportTable table) => Replace(table.Name, MarkdownTable.Of(table));

    /// <summary>Puts text in its place.</summary>
    public void Replace(string name, string text)
    {
        var marker = $"<!-- bench: {name} -->\n";
        var start = _text.IndexOf(marker, StringComparison.Ordinal);
        var end = start < 0 ? -1 : _text.IndexOf(End, start, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new InvalidOperationException($"{_path} has no place for '{name}': {marker.Trim()} ... {End}");
        }

        _text = $"{_text[..(start + marker.Length)]}\n{text.Trim()}\n\n{_text[end..]}";
    }

    /// <summary>Writes a chart beside the page.</summary>
    public void Write(Chart chart)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(_path)!, "charts"));
        File.WriteAllText(Path.Combine(folder.FullName, $"{chart.Name}.svg"), chart.Svg);
    }

    public void Save() => File.WriteAllText(_path, _text);
}
