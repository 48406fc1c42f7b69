using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>Opens a database file that nobody writes: without locks, and without making a file beside it.</summary>
/// <seealso href="https://www.sqlite.org/uri.html#uriimmutable"/>
internal static class ClosedDatabase
{
    /// <summary>Opens it to be read.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    internal static SqliteConnection Open(string path)
    {
        // What a URI's path gives a meaning to; everything else goes through as it is.
        var escaped = path
            .Replace("%", "%25", StringComparison.Ordinal)
            .Replace("?", "%3f", StringComparison.Ordinal)
            .Replace("#", "%23", StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
        {
            escaped = "/" + escaped.Replace('\\', '/');
        }

        var text = new SqliteConnectionStringBuilder
        {
            DataSource = $"file://{escaped}?immutable=1",
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        var connection = new SqliteConnection(text.ConnectionString);
        connection.Open();
        return connection;
    }
}
