using System.Data.Common;

namespace WalProvider.Conformance.Tests;

/// <summary>
/// Uses one connection as nobody would write it down: statements, open readers, prepared commands, transactions and
/// savepoints in an order that the seed decides, the same for either provider.
/// </summary>
/// <remarks>
/// It leaves out what is on the list of differences (<see cref="Listed"/>); what only waits, which is DDL beside an open reader; a
/// deferred constraint outside of a transaction, which a batch checks when it commits; and a command that outlives Close, whose
/// statement keeps the wrapped provider's closed connection, and its locks, alive.
/// </remarks>
internal sealed class RandomUser(Side side, int seed)
{
    private const string Schema =
        "CREATE TABLE p(id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1), (2);"
        + "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b TEXT UNIQUE, c REAL CHECK(c < 90), p REFERENCES p DEFERRABLE INITIALLY DEFERRED);"
        + "INSERT INTO t(a, b, c) VALUES (1, 'one', 1.5), (NULL, 'two', NULL), (x'00ff', 'three', -2), ('text', NULL, 8)";

    private static readonly string[] Queries =
    [
        "SELECT * FROM t",
        "SELECT id, a FROM t WHERE a > $a ORDER BY id DESC",
        "SELECT count(*), max(c), group_concat(b) FROM t",
        "SELECT id FROM t; SELECT b, c FROM t WHERE id < 4",
        "SELECT typeof(a) AS kind, a FROM t UNION ALL SELECT 'end', $a",
        "UPDATE t SET a = a + 1 WHERE id = 2; SELECT a FROM t WHERE id = 2",
        "SELECT x.id, y.b FROM t x JOIN t y ON y.id = x.id + 1",
        "SELECT abs(-9223372036854775808) FROM t WHERE id = 3",
        "SELECT 1 WHERE 0",
        "PRAGMA table_info(t)",
    ];

    private static readonly string[] Writes =
    [
        "INSERT INTO t(a, b, c) VALUES ($a, $b, $c)",
        "INSERT INTO t(a, b) VALUES ($a, 'one')",
        "INSERT OR IGNORE INTO t(a, b) VALUES ($a, 'one'), ($a, $b)",
        "INSERT OR REPLACE INTO t(id, a, b) VALUES (3, $a, $b)",
        "INSERT OR FAIL INTO t(a, b) VALUES ($a, $b), ($a, 'one'), ($a, NULL)",
        "INSERT INTO t(c) VALUES (10 * $c)",
        "INSERT INTO t(p) VALUES (2)",
        "UPDATE t SET a = $a WHERE id > 2",
        "UPDATE t SET c = c + $c",
        "DELETE FROM t WHERE b = $b OR id > 12",
        "DELETE FROM t WHERE id = 1; INSERT INTO t(id, a) VALUES (1, $a)",
        "INSERT INTO t(a) VALUES ($missing)",
        "INSERT INTO nowhere VALUES ($a)",
        "UPDATE t SET",
    ];

    private const string Deferred = "INSERT INTO t(p) VALUES (9)";

    private static readonly string[] Definitions =
    [
        "CREATE TABLE IF NOT EXISTS u(a)", "DROP TABLE IF EXISTS u", "CREATE INDEX IF NOT EXISTS i ON t(a)", "DROP INDEX IF EXISTS i",
        "CREATE TEMP TABLE IF NOT EXISTS v AS SELECT 1 AS a", "CREATE TABLE t(a)", "ALTER TABLE t ADD COLUMN d",
    ];

    private readonly Random _random = new(seed);
    private readonly Dictionary<int, DbDataReader> _readers = [];
    private readonly Dictionary<int, DbCommand> _commands = [];
    private DbConnection _connection = null!;
    private DbTransaction? _transaction;

    public async Task Work(int steps)
    {
        _connection = await side.Open();
        await side.Execute(_connection, Schema);
        for (var step = 0; step < steps; step++)
        {
            await Step($"seed {seed}, step {step}");
        }

        await CloseReaders("at the end");
        await EndTransaction("at the end");
        await side.Note(() => side.Rows(_connection, "SELECT * FROM t; SELECT name FROM sqlite_master ORDER BY 1"));
    }

    private Task Step(string step) => _random.Next(100) switch
    {
        < 22 => Write(step),
        < 34 => Scalar(step),
        < 48 => Open(step),
        < 66 => Continue(step),
        < 70 => CloseReader(step),
        < 76 => Begin(step),
        < 82 => EndTransaction(step),
        < 88 => Savepoint(step),
        < 93 => Prepared(step),
        < 97 => Define(step),
        _ => Reopen(step),
    };

    private DbCommand Command(string sql)
    {
        var command = side.Command(_connection, sql, [.. Values().Where(value => sql.Contains(value.Name, StringComparison.Ordinal))]);
        command.Transaction = _transaction;
        return command;
    }

    private (string Name, object? Value)[] Values() =>
    [
        ("$a", _random.Next(6) switch { 0 => DBNull.Value, 1 => "text", 2 => new byte[] { 1, 2 }, 3 => 2.5, 4 => true, _ => _random.Next(50) }),
        ("$b", $"b{_random.Next(20)}"),
        ("$c", _random.Next(12) / 2.0),
    ];

    private Task Write(string step)
    {
        var sql = _transaction is not null && _random.Next(12) == 0 ? Deferred : Pick(Writes);
        var command = Command(sql);
        return side.Note(() => side.Execute(command), $"{step}: {sql}");
    }

    private Task Scalar(string step)
    {
        var sql = Pick(Queries);
        var command = Command(sql);
        return side.Note(() => side.Scalar(command), $"{step}: scalar {sql}");
    }

    private async Task Open(string step)
    {
        var slot = _random.Next(3);
        var sql = Pick(Queries);
        var command = Command(sql);
        if (_readers.ContainsKey(slot))
        {
            return;
        }

        await side.Note(
            async () =>
            {
                var reader = _readers[slot] = await side.Reader(command);
                return $"{reader.FieldCount} columns, rows {reader.HasRows}, {reader.RecordsAffected} affected";
            },
            $"{step}: reader {slot} {sql}");
    }

    private async Task Continue(string step)
    {
        if (!TryPickReader(out var slot, out var reader))
        {
            return;
        }

        if (_random.Next(5) == 0)
        {
            await side.Note(() => side.NextResult(reader), $"{step}: next result of {slot}");
            return;
        }

        for (var rows = _random.Next(1, 4); rows > 0; rows--)
        {
            await side.Note(() => side.Read(reader), $"{step}: read {slot}");
            for (var ordinal = 0; ordinal < 2; ordinal++)
            {
                side.Note(() => reader.GetValue(ordinal), $"{step}: value {ordinal} of {slot}");
                side.Note(() => reader.GetString(ordinal), $"{step}: text {ordinal} of {slot}");
                side.Note(() => reader.GetDataTypeName(ordinal), $"{step}: type {ordinal} of {slot}");
            }
        }
    }

    private async Task CloseReader(string step)
    {
        if (!TryPickReader(out var slot, out var reader))
        {
            return;
        }

        _readers.Remove(slot);
        await side.Note(() => side.Close(reader), $"{step}: close {slot}");
        side.Note(reader.RecordsAffected, $"{step}: affected by {slot}");
    }

    private async Task Begin(string step)
    {
        if (_transaction is null)
        {
            await side.Note(async () => _transaction = await side.Begin(_connection), $"{step}: begin");
        }
    }

    private async Task EndTransaction(string step)
    {
        if (_transaction is not { } transaction)
        {
            return;
        }

        var way = _random.Next(3);
        await side.Note(
            () => way switch { 0 => side.Commit(transaction), 1 => side.Rollback(transaction), _ => side.Dispose(transaction) },
            $"{step}: end {way}");
        // A COMMIT that a foreign key has refused may be tried again, or given up.
        if (transaction.Connection is null)
        {
            _transaction = null;
        }
        else
        {
            await side.Note(() => side.Rollback(transaction), $"{step}: give up");
            _transaction = null;
        }
    }

    private async Task Savepoint(string step)
    {
        var name = $"s{_random.Next(2)}";
        var way = _random.Next(4);
        if (_transaction is { } transaction)
        {
            await side.Note(
                () => way switch
                {
                    0 => side.Rollback(transaction, name),
                    1 => side.Release(transaction, name),
                    _ => side.Save(transaction, name),
                },
                $"{step}: savepoint {name} {way}");
        }
    }

    private async Task Prepared(string step)
    {
        var slot = _random.Next(3);
        if (!_commands.TryGetValue(slot, out var command))
        {
            command = _commands[slot] = Command("INSERT INTO t(a, b, c) VALUES ($a, $b, $c)");
            await side.Note(() => side.Prepare(command), $"{step}: prepare {slot}");
        }

        foreach (var (name, value) in Values())
        {
            command.Parameters[name].Value = value;
        }

        command.Transaction = _transaction;
        await side.Note(() => side.Execute(command), $"{step}: prepared {slot}");
    }

    private async Task Define(string step)
    {
        var sql = Pick(Definitions);
        if (_readers.Count == 0)
        {
            var command = Command(sql);
            // Not the number, which the wrapped provider takes from an earlier statement.
            await side.Note(async () => _ = await side.Execute(command) >= int.MinValue, $"{step}: {sql}");
        }
    }

    private async Task Reopen(string step)
    {
        await CloseReaders(step);
        await EndTransaction(step);
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }

        _commands.Clear();
        await side.Note(() => side.Close(_connection), $"{step}: close");
        side.Note(_connection.State, $"{step}: state");
        await side.Note(() => side.Open(_connection), $"{step}: open");
    }

    private async Task CloseReaders(string step)
    {
        foreach (var (slot, reader) in _readers)
        {
            await side.Note(() => side.Dispose(reader), $"{step}: dispose {slot}");
        }

        _readers.Clear();
    }

    private bool TryPickReader(out int slot, out DbDataReader reader)
    {
        slot = _random.Next(3);
        return _readers.TryGetValue(slot, out reader!);
    }

    private string Pick(string[] texts) => texts[_random.Next(texts.Length)];
}
