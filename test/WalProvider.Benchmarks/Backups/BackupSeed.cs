namespace WalProvider.Benchmarks;

/// <summary>A database of a certain size: text, numbers, random bytes, an index.</summary>
internal static class BackupSeed
{
    private const int RowsEach = 2_000;

    /// <summary>Makes it, and leaves it closed with nothing beside it.</summary>
    public static string Make(string path, int megabytes)
    {
        using (var connection = new WalDbConnection($"Data Source={path};Pooling=False;Synchronous=Off"))
        {
            connection.Open();
            Execute(connection, "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT, data BLOB, size INTEGER); CREATE INDEX item_size ON item(size)");
            while (new FileInfo(path).Length < megabytes * 1_000_000L)
            {
                Execute(
                    connection,
                    $"WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {RowsEach}) INSERT INTO item(name, data, size) "
                    + "SELECT 'item number ' || i || ' of many, ' || hex(randomblob(40)), randomblob(330), abs(random()) % 1000000 FROM n");
            }
        }

        return path;
    }

    private static void Execute(WalDbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
