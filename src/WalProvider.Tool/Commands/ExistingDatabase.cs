using Microsoft.Data.Sqlite;

namespace WalProvider.Tool;

/// <summary>Opens a database that must be there, with its own journal mode.</summary>
internal static class ExistingDatabase
{
    /// <exception cref="ToolException">There is no such file.</exception>
    public static WalDbConnection Open(string path)
    {
        if (!File.Exists(path))
            throw new ToolException(ExitCode.BadInput, $"There is no file '{path}'.");
        var text = WalDbConnectionStringBuilder.ForPath(path);
        text.Mode = SqliteOpenMode.ReadWrite;
        text.Profile = WalProfile.None;
        text.Pooling = false;
        var connection = new WalDbConnection(text.ConnectionString);
        connection.Open();
        return connection;
    }
}
