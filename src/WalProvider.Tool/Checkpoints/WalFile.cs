using Microsoft.Data.Sqlite;

namespace WalProvider.Tool;

/// <summary>Opens the database of the commands that look after its WAL; none of its settings is changed.</summary>
internal static class WalFile
{
    /// <exception cref="ToolException">The file does not exist.</exception>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static WalDbConnection Open(string path, SqliteOpenMode mode)
    {
        if (!File.Exists(path))
            throw new ToolException(ExitCode.BadInput, $"{path} {(Directory.Exists(path) ? "is a folder" : "does not exist")}.");
        var builder = WalDbConnectionStringBuilder.ForPath(path);
        builder.Mode = mode;
        builder.Profile = WalProfile.None;
        builder.Pooling = false;
        var connection = new WalDbConnection(builder.ConnectionString);
        connection.Open();
        return connection;
    }
}
