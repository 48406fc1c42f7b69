using Microsoft.Data.Sqlite;

namespace WalProvider.Benchmarks;

/// <summary>The ways to get a copy that are measured beside each other.</summary>
internal static class BackupMethods
{
    public static IReadOnlyList<BackupMethod> All { get; } =
    [
        new(BackupMethod.Wrapped, true, CopyWrapped),
        new(BackupMethod.Copying, true, Ours(new BackupOptions { Verification = BackupVerification.None, Checksum = false })),
        new(BackupMethod.Default, true, Ours(new BackupOptions())),
        new("VacuumInto, with both", true, Ours(new BackupOptions { Mode = BackupMode.VacuumInto })),
        new("Online, gzip, with both", true, Ours(new BackupOptions { Compression = BackupCompression.Gzip })),
        new("Online, Brotli, with both", true, Ours(new BackupOptions { Compression = BackupCompression.Brotli })),
        new("Online, encrypted, with both", true, Ours(new BackupOptions { Passphrase = "benchmark" })),
        new("Online, to a stream, with both", true, CopyToStream),
        new("file copy of a closed database", false, CopyFile),
    ];

    private static Action<string, string> Ours(BackupOptions options) => (source, destination) =>
    {
        using var connection = Open(source);
        connection.BackupTo(destination, options);
    };

    private static void CopyWrapped(string source, string destination)
    {
        using var from = new SqliteConnection($"Data Source={source};Pooling=False");
        using var to = new SqliteConnection($"Data Source={destination};Pooling=False");
        from.Open();
        to.Open();
        from.BackupDatabase(to);
    }

    private static void CopyToStream(string source, string destination)
    {
        using var connection = Open(source);
        using var file = File.Create(destination);
        connection.BackupTo(file);
        file.Flush(flushToDisk: true);
    }

    private static void CopyFile(string source, string destination)
    {
        File.Copy(source, destination);
        using var file = File.OpenHandle(destination, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    private static WalDbConnection Open(string path)
    {
        var connection = new WalDbConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}
