using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;

namespace WalProvider.Tool;

/// <summary>What a careful person does with the wrapped provider: copy, check, and keep a checksum.</summary>
internal static class WrappedBackup
{
    public static void Run(SqliteConnection source, string path)
    {
        using (var copy = DemoDatabase.OpenWrappedAsInstalled(path))
        {
            source.BackupDatabase(copy);
            copy.ExecuteScalar<string>("PRAGMA quick_check");
        }

        using var file = File.OpenRead(path);
        SHA256.HashData(file);
    }
}
