using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace WalProvider.Worker;

/// <summary>What the worker can be told to do; Program.cs says what each does.</summary>
internal static class Verbs
{
    public static readonly IReadOnlyDictionary<string, Action<string, string>> All = new Dictionary<string, Action<string, string>>
    {
        ["count"] = (database, table) => Print(Count(Wrapped(database), table)),
        ["count-immutable"] = (database, table) => Print(Count(Immutable(database), table)),
        ["read-only"] = (database, table) => Print(Count(Ours(database, "Mode=ReadOnly"), table)),
        ["hold-write-lock"] = (database, _) => HoldWriteLock(database),
        ["hold-read"] = HoldRead,
        ["hold-connection"] = (database, _) => HoldConnection(database),
        ["write"] = (database, count) => Write(database, int.Parse(count, CultureInfo.InvariantCulture)),
        ["write-batch"] = (database, count) => WriteBatch(database, int.Parse(count, CultureInfo.InvariantCulture)),
        ["write-units"] = (database, size) => WriteUnits(database, int.Parse(size, CultureInfo.InvariantCulture)),
        ["second-engine"] = (database, _) => WriteBySecondEngine(database),
        ["backup"] = BackUpForEver,
        ["restore"] = RestoreForEver,
        ["watch-restore"] = (database, _) => WatchRestore(database),
        ["second-engine-stream"] = (database, _) => StreamBySecondEngine(database),
        ["backup-as-nobody"] = BackUpAsNobody,
        ["ledger"] = WriteLedger,
        ["restore-ledger"] = (database, _) => RestoreLedgerForEver(database),
        ["faults"] = FaultRun.Run,
        ["damage"] = DamageRun.Run,
        ["open-on-file-system"] = OpenOnFileSystem.Run,
        ["open-as-nobody"] = (database, _) => OpenAsNobody.Run(database),
        ["features"] = FeatureRun.Run,
        ["wal-reset"] = WalResetRun.Run,
        ["contend"] = ContendVerb.Run,
        ["watch"] = WatchVerb.Run,
    };

    private static void HoldWriteLock(string database)
    {
        using var connection = Wrapped(database);
        connection.Open();
        Execute(connection, "BEGIN IMMEDIATE");
        Ready();
        Execute(connection, "ROLLBACK");
    }

    private static void HoldRead(string database, string table)
    {
        using var connection = Wrapped(database);
        connection.Open();
        Execute(connection, "BEGIN DEFERRED");
        Ready(Scalar(connection, $"SELECT count(*) FROM \"{table}\""));
        Execute(connection, "COMMIT");
    }

    private static void HoldConnection(string database)
    {
        using var connection = Wrapped(database);
        connection.Open();

        // Opening alone touches no file: reading the schema does.
        Scalar(connection, "SELECT count(*) FROM sqlite_master");
        Ready();
    }

    private static void Write(string database, int count)
    {
        using var connection = Ours(database, "");
        connection.Open();
        Insert(connection, count);
        Print(count);
    }

    private static void WriteBatch(string database, int count)
    {
        // Not disposed unless told to: what is tested is what happens to a connection that nobody closes.
        var connection = Ours(database, "Write Batch Size=1000000;Write Batch Interval=0");
        connection.Open();
        Insert(connection, count);
        switch (Ready(connection.PendingWrites))
        {
            case "late":
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Insert(connection, 1);
                break;
            case "exit":
                Environment.Exit(7);
                break;
            case "throw":
                throw new NotSupportedException("The worker was told to throw.");
            case "unit":
                _ = connection.BeginBatchUnit();
                Insert(connection, 2);
                Ready(connection.PendingWrites);
                break;
            case "close":
                connection.Dispose();
                break;
        }

        GC.KeepAlive(connection);
    }

    private static void WriteUnits(string database, int size)
    {
        using var connection = Ours(database, $"Write Batch Size={size}");
        connection.Open();
        Execute(connection, "CREATE TABLE IF NOT EXISTS written (n INTEGER)");
        connection.CommitBatch();
        var end = Task.Run(() => Ready());
        for (var n = 0; !end.IsCompleted; n++)
        {
            using var unit = connection.BeginBatchUnit();
            for (var row = 0; row < 3; row++)
                Execute(connection, $"INSERT INTO written VALUES ({n})");
            unit.Complete();
        }
    }

    private static void WriteBySecondEngine(string database)
    {
        SecondEngine.Use();
        using var connection = Ours(database, "");
        connection.Open();
        Insert(connection, 3);
        Print($"{connection.ServerVersion} {SecondEngine.HasVfs("unix")} {SecondEngine.HasVfs("walprovider")}");
    }

    private static void BackUpForEver(string database, string destination)
    {
        using var connection = Ours(database, "");
        connection.Open();
        Insert(connection, 1);
        connection.BackupTo(destination);
        Print("ready");
        for (var compression = BackupCompression.None; ; compression = compression == BackupCompression.None ? BackupCompression.Gzip : BackupCompression.None)
        {
            Insert(connection, 1);
            connection.BackupTo(destination, new BackupOptions { Compression = compression });
        }
    }

    private static void RestoreForEver(string database, string backups)
    {
        using var connection = Ours(database, "");
        connection.Open();
        Print("ready");
        for (var which = 0; ; which = 1 - which)
            connection.RestoreFrom($"{backups}.{which}");
    }

    // Each content is told by every row of its table, so that a mix of two shows.
    private static void WatchRestore(string database)
    {
        using var connection = Ours(database, "");
        connection.Open();
        Print("ready");
        var end = Task.Run(() => Console.ReadLine());
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        var looks = 0;
        for (; !end.IsCompleted; looks++)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT min(generation) || ' ' || max(generation) || ' ' || count(*) || ' ' || sum(length(content)) FROM item";
            seen.Add((string)command.ExecuteScalar()!);
        }

        Print($"{looks}|{string.Join('|', seen)}");
    }

    private static void StreamBySecondEngine(string database)
    {
        SecondEngine.Use();
        using var connection = Ours(database, "");
        connection.Open();
        using var stream = new MemoryStream();
        connection.BackupTo(stream);
        connection.BackupTo(database + ".copy");
        var isSame = stream.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(database + ".copy"));
        Print($"{connection.ServerVersion} {isSame} {SecondEngine.HasVfs("walprovider-sink")}");
    }

    private static void BackUpAsNobody(string database, string destination)
    {
        using var connection = Ours(database, "");
        connection.Open();
        if (!Unprivileged.TryBecomeNobody())
        {
            Print("impossible");
            return;
        }

        try
        {
            connection.BackupTo(destination);
            Print("written");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Print($"{error.GetType().Name}: {error.Message}");
        }
    }

    private static void RestoreLedgerForEver(string database)
    {
        using var other = Ours(database, "Pooling=False");
        other.Open();
        using var connection = Ours(database, "Pooling=False");
        connection.Open();
        for (var turn = 1; ; turn++)
        {
            var started = Stopwatch.GetTimestamp();
            connection.RestoreFrom($"{database}.{turn % 2}");
            if (turn == 2)
                Print((long)Stopwatch.GetElapsedTime(started).TotalMicroseconds);

            // What is in the WAL now belongs to the file that the next restore replaces.
            Execute(other, "CREATE TABLE IF NOT EXISTS beside(a); INSERT INTO beside VALUES(1)");
        }
    }

    private static void WriteLedger(string database, string plan)
    {
        var parsed = LedgerPlan.Parse(plan);
        using var writer = new LedgerWriter(database, parsed);
        Print("ready");
        writer.Run();
        if (parsed.StaysOpen)
        {
            Print("done");
            Console.ReadLine();
        }
    }

    private static void Insert(DbConnection connection, int count)
    {
        Execute(connection, "CREATE TABLE IF NOT EXISTS written (n INTEGER)");
        for (var n = 0; n < count; n++)
            Execute(connection, $"INSERT INTO written VALUES ({n})");
    }

    private static long Count(DbConnection connection, string table)
    {
        using (connection)
        {
            connection.Open();
            return Scalar(connection, $"SELECT count(*) FROM \"{table}\"");
        }
    }

    private static SqliteConnection Wrapped(string database)
        => new(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ConnectionString);

    private static SqliteConnection Immutable(string database)
        => new(new SqliteConnectionStringBuilder
        {
            DataSource = new Uri(Path.GetFullPath(database)).AbsoluteUri + "?immutable=1",
            Pooling = false,
            Mode = SqliteOpenMode.ReadOnly,
        }.ConnectionString);

    private static WalDbConnection Ours(string database, string keywords)
        => new(new WalDbConnectionStringBuilder(keywords) { DataSource = database }.ConnectionString);

    private static string Ready(object? fact = null)
    {
        Print(fact is null ? "ready" : $"ready {fact}");
        return Console.ReadLine() ?? "close";
    }

    private static void Print(object line)
    {
        Console.WriteLine(line);
        Console.Out.Flush();
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Scalar(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
