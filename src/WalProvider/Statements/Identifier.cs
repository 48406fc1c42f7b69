namespace WalProvider;

/// <summary>A name as it stands in SQL.</summary>
/// <seealso href="https://www.sqlite.org/lang_keywords.html"/>
internal static class Identifier
{
    internal static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
