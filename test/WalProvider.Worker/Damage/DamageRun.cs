using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace WalProvider.Worker;

/// <summary>Opens damaged files one after the other, as a program does that has to take what it is given.</summary>
internal static class DamageRun
{
    private const string Schema =
        """
        PRAGMA page_size=1024; PRAGMA auto_vacuum={0};
        CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT NOT NULL, size REAL, content BLOB, half GENERATED ALWAYS AS (size / 2));
        CREATE INDEX item_name ON item(name);
        CREATE INDEX item_half ON item(half) WHERE size > 10;
        CREATE TABLE tag(name TEXT, item INTEGER REFERENCES item ON DELETE CASCADE, PRIMARY KEY(name, item)) WITHOUT ROWID;
        CREATE VIEW big AS SELECT name, length(content) AS bytes FROM item WHERE size > 50;
        CREATE TABLE noted(n INTEGER, what TEXT);
        CREATE TRIGGER note AFTER UPDATE ON item BEGIN INSERT INTO noted VALUES(new.id, new.name); END;
        CREATE VIRTUAL TABLE word USING fts5(text);
        CREATE VIRTUAL TABLE place USING rtree(id, x0, x1);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
            INSERT INTO item(id, name, size, content)
            SELECT i, 'name ' || (i * 7919 % 300), i / 3.0, CASE WHEN i % 20 = 0 THEN zeroblob(5000) ELSE zeroblob(i % 90) END FROM n;
        INSERT INTO tag SELECT 'tag ' || (id % 17), id FROM item;
        INSERT INTO word SELECT name || ' ' || id || ' words of a text' FROM item;
        INSERT INTO place SELECT id, id, id + 5 FROM item;
        CREATE TABLE gone(a); INSERT INTO gone SELECT zeroblob(900) FROM item LIMIT 120; DROP TABLE gone;
        """;

    private static readonly string[] Statements =
    [
        "SELECT count(*), sum(length(name)), sum(length(content)), sum(half) FROM item",
        "SELECT name FROM item ORDER BY name",
        "SELECT * FROM item WHERE half > 20 AND size > 10",
        "SELECT t.name, i.name FROM tag t JOIN item i ON i.id = t.item",
        "SELECT * FROM big",
        "SELECT count(*) FROM word WHERE word MATCH 'text'",
        "SELECT count(*) FROM place WHERE x0 < 50",
        "SELECT name, sql FROM sqlite_master",
        "UPDATE item SET name = name || 'x', content = zeroblob(3000) WHERE id % 11 = 0",
        "DELETE FROM item WHERE id % 13 = 0",
        "INSERT INTO item(name, size, content) SELECT name, size, content FROM item WHERE id < 40",
        "INSERT INTO word VALUES('another text')",
        "PRAGMA integrity_check",
        "VACUUM",
    ];

    private const string Rows = "SELECT id, name, size, content FROM item ORDER BY id";

    /// <summary>
    /// Prints <c>begin N</c> before each file, then <c>N KIND: VERDICT CODES MS</c>, where VERDICT is refused (at Open), error (the rows
    /// cannot be read), right or other (the rows), or wrong (an exception that is none of the database's), CODES are those of the errors
    /// of all statements, and MS what it took of the processor.
    /// </summary>
    /// <param name="folder">Where the files are made.</param>
    /// <param name="plan">The first number and the one after the last: <c>0 100</c>.</param>
    public static void Run(string folder, string plan)
    {
        var parts = plan.Split(' ').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        byte[][] sound = [Make(folder, "NONE"), Make(folder, "INCREMENTAL")];
        var expected = Hash(Path.Combine(folder, "NONE.db"));
        for (var number = parts[0]; number < parts[1]; number++)
        {
            Console.WriteLine($"begin {number}");
            var (bytes, kind) = new DamagedDatabase(sound[number / 12 % 2]).Damage(number);
            var file = Path.Combine(folder, $"{number}.db");
            File.WriteAllBytes(file, bytes);
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var (verdict, codes) = Use(file, expected);
            var took = Process.GetCurrentProcess().TotalProcessorTime - before;
            Console.WriteLine($"{number} {kind}: {verdict} {codes} {took.TotalMilliseconds:0}");
            WalDbConnection.ClearAllPools();
            foreach (var made in Directory.GetFiles(folder, $"{number}.db*"))
                File.Delete(made);
        }
    }

    private static byte[] Make(string folder, string autoVacuum)
    {
        var file = Path.Combine(folder, autoVacuum + ".db");
        if (!File.Exists(file))
        {
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = string.Format(CultureInfo.InvariantCulture, Schema, autoVacuum);
            command.ExecuteNonQuery();
        }

        return File.ReadAllBytes(file);
    }

    private static (string Verdict, string Codes) Use(string file, int expected)
    {
        var codes = new List<string>();
        try
        {
            using var connection = new WalDbConnection($"Data Source={file};Profile=Hardened");
            try
            {
                connection.Open();
            }
            catch (SqliteException error)
            {
                return ("refused", $"{error.SqliteErrorCode}");
            }

            var rows = Try(codes, () => Hash(connection));
            foreach (var sql in Statements)
                Try(codes, () => Drain(connection, sql));
            Try(codes, () => WriteInBatch(connection));
            return (rows == expected ? "right" : rows is null ? "error" : "other", codes.Count == 0 ? "-" : string.Join(",", codes.Distinct()));
        }
        catch (Exception error) when (error is InvalidOperationException or NullReferenceException or ArgumentException or InvalidCastException
            or IndexOutOfRangeException or OverflowException or OutOfMemoryException or FormatException)
        {
            return ("wrong", error.GetType().Name + ":" + error.Message.ReplaceLineEndings(" ").Replace(' ', '_'));
        }
    }

    private static int? Try(List<string> codes, Func<int> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException error)
        {
            codes.Add($"{error.SqliteErrorCode}");
            return null;
        }
    }

    private static int WriteInBatch(WalDbConnection connection)
    {
        using (var transaction = connection.BeginTransaction())
        {
            Drain(connection, "INSERT INTO noted VALUES(1, 'one')");
            transaction.Commit();
        }

        return connection.Checkpoint(CheckpointMode.Truncate).LogFrames;
    }

    private static int Hash(string file)
    {
        using var connection = new WalDbConnection($"Data Source={file};Profile=None;Mode=ReadOnly;Pooling=False");
        connection.Open();
        return Hash(connection);
    }

    private static int Hash(WalDbConnection connection) => Drain(connection, Rows);

    // Every value, in the form in which it is stored.
    private static int Drain(WalDbConnection connection, string sql)
    {
        var hash = default(HashCode);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            for (var column = 0; column < reader.FieldCount; column++)
            {
                if (reader.GetValue(column) is byte[] bytes)
                    hash.AddBytes(bytes);
                else
                    hash.Add(reader.GetValue(column));
            }
        }

        return hash.ToHashCode();
    }
}
