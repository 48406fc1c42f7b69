using System.Data.Common;

namespace WalProvider.Worker;

/// <summary>Uses each feature that has to do with files once, in one process that has the database open all the while.</summary>
internal static class FeatureRun
{
    /// <param name="database">The file; made here, with what else is made beside it.</param>
    /// <param name="word">"canary": reads the file by managed code as well, as no feature may.</param>
    public static void Run(string database, string word)
    {
        using var source = new WalDbDataSourceBuilder($"Data Source={database};Write Batch Size=10").Build();
        using var connection = source.OpenConnection();
        Write(source, connection);
        Checkpoint(source, connection);
        BackUp(connection, database);
        BackUpToTarget(connection, database + ".backups").GetAwaiter().GetResult();
        Copy(connection, database);
        Look(connection);
        if (word == "canary")
            File.ReadAllBytes(database);
        WalDbConnection.ClearAllPools();
        Execute(connection, Ledger.Units);
    }

    private static void Write(WalDbDataSource source, WalDbConnection connection)
    {
        Execute(connection, Ledger.Schema);
        for (var unit = 0; unit < 100; unit++)
            Execute(connection, $"INSERT INTO ledger VALUES({unit}, 0, '{Ledger.Content(unit, 0)}')");
        connection.CommitBatch();
        Execute(connection, Ledger.Rows);
        using (var transaction = connection.BeginTransaction())
        {
            Execute(connection, "CREATE TABLE files(content)");
            transaction.Commit();
        }

        using (var queue = source.CreateWriteQueue())
            queue.WriteAsync(queued => Execute(queued, "INSERT INTO files VALUES(zeroblob(100000))")).GetAwaiter().GetResult();
        using var content = new MemoryStream(new byte[100_000]);
        connection.WriteBlob("files", "content", 1, content);
        connection.CommitBatch();
        connection.ReadBlobTo("files", "content", 1, Stream.Null);
    }

    private static void Checkpoint(WalDbDataSource source, WalDbConnection connection)
    {
        foreach (var mode in Enum.GetValues<CheckpointMode>())
        {
            Execute(connection, "INSERT INTO files VALUES(1)");
            connection.Checkpoint(mode);
        }

        connection.CheckpointBeforeFork();
        using (source.HoldForFork())
            Execute(connection, Ledger.Units);
    }

    private static void BackUp(WalDbConnection connection, string database)
    {
        BackupOptions[] kinds =
        [
            new(),
            new() { Mode = BackupMode.VacuumInto },
            new() { Compression = BackupCompression.Gzip },
            new() { Compression = BackupCompression.Brotli },
            new() { Passphrase = "secret" },
        ];
        foreach (var kind in kinds)
        {
            var copy = database + ".copy";
            connection.BackupTo(copy, kind);
            var restore = new RestoreOptions { Passphrase = kind.Passphrase };
            DatabaseBackup.Verify(copy, restore);
            connection.RestoreFrom(copy, restore);
            File.Delete(database + ".new");
            DatabaseBackup.RestoreTo(copy, database + ".new", restore);
            using var stream = new MemoryStream();
            connection.BackupTo(stream, kind);
            stream.Position = 0;
            connection.RestoreFrom(stream, restore);
        }
    }

    private static async Task BackUpToTarget(WalDbConnection connection, string folder)
    {
        var target = new FileBackupTarget(Directory.CreateDirectory(folder).FullName);
        var rotation = new BackupRotation(target, "daily") { KeepNewest = 1 };
        await connection.BackupToAsync(rotation);
        await connection.BackupToAsync(target, "one");
        await connection.RestoreFromAsync(target, "one");
        await rotation.PruneAsync();
    }

    private static void Copy(WalDbConnection connection, string database)
    {
        using var other = new WalDbConnection($"Data Source={database}.other");
        other.Open();
        connection.CopyTo(other);
        other.CopyTo(connection);
        using var memory = new WalDbConnection("Data Source=:memory:");
        memory.Open();
        connection.CopyTo(memory);
        connection.BackupDatabase(other);
    }

    private static void Look(WalDbConnection connection)
    {
        connection.GetSchema("Tables");
        _ = connection.GetWalStatus();
        using (connection.BeginSnapshot())
            Execute(connection, Ledger.Units);
        Execute(connection, "PRAGMA integrity_check");
        Execute(connection, "VACUUM");
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
        }
    }
}
