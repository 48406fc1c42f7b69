namespace WalProvider.Tool;

/// <summary>Names in SQL.</summary>
internal static class SqlName
{
    /// <summary>A name as an identifier, whatever it holds.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"")}\"";
}
