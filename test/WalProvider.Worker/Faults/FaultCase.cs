using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WalProvider.Worker;

/// <summary>
/// One fault in the life of a database: it is made, written in a batch and in transactions, checkpointed, read and closed, while
/// one call, or all from one on, fail. Then nothing fails any more, and what is there is held against what was acknowledged.
/// </summary>
internal sealed class FaultCase(string database, string synchronous)
{
    private const int Batches = 3;
    private const int UnitsOfBatch = 4;

    private readonly HashSet<long> _acknowledged = [];
    private readonly List<long> _pending = [];
    private readonly List<string> _wrong = [];
    private long _next;

    /// <summary>The codes of the errors that the program saw, as <c>code/extended</c>.</summary>
    public HashSet<string> Codes { get; } = [];

    /// <summary>What did not hold.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>Runs it; how many calls failed.</summary>
    public long Run(FaultKinds kind, int nth, long times)
    {
        FaultSwitch.Arm(kind, nth, times);
        Try(WriteAll);
        var failed = FaultSwitch.Disarm();
        WalDbConnection.ClearAllPools();
        Check();
        WalDbConnection.ClearAllPools();
        CheckHandles();
        return failed;
    }

    private string ConnectionString(string keywords) => new WalDbConnectionStringBuilder(keywords) { DataSource = database }.ConnectionString;

    private void WriteAll()
    {
        using var connection = new WalDbConnection(ConnectionString($"Synchronous={synchronous};Write Batch Size=100;Write Batch Interval=0;Busy Timeout=50"));
        connection.Open();
        Execute(connection, Ledger.Schema);
        connection.CommitBatch();
        for (var batch = 0; batch < Batches; batch++)
        {
            Try(() => WriteBatch(connection));
            Try(() => WriteTransaction(connection));
            Try(() => connection.Checkpoint((CheckpointMode)batch));
            Try(() => Execute(connection, Ledger.Units));
        }
    }

    private void WriteBatch(WalDbConnection connection)
    {
        _pending.Clear();
        for (var n = 0; n < UnitsOfBatch; n++)
        {
            using var unit = connection.BeginBatchUnit();
            LedgerWriter.WriteUnit(connection, _next++);
            unit.Complete();
            _pending.Add(_next - 1);
        }

        connection.CommitBatch();
        _acknowledged.UnionWith(_pending);
    }

    private void WriteTransaction(WalDbConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        LedgerWriter.WriteUnit(connection, _next++);
        transaction.Commit();
        _acknowledged.Add(_next - 1);
    }

    // What the program sees is an error of the database, and never one of a broken state of ours.
    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (SqliteException error)
        {
            Codes.Add($"{error.SqliteErrorCode}/{error.SqliteExtendedErrorCode}");
        }
        catch (Exception error) when (error is DbException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            _wrong.Add($"{error.GetType().Name}: {error.Message}");
        }
    }

    private void Check()
    {
        if (!File.Exists(database))
        {
            Expect(_acknowledged.Count == 0, "the file is gone");
            return;
        }

        try
        {
            using var connection = new WalDbConnection(ConnectionString("Pooling=False"));
            connection.Open();
            Expect(Scalar(connection, "PRAGMA integrity_check") is "ok", "integrity_check");
            CheckUnits(connection);
            Execute(connection, "CREATE TABLE IF NOT EXISTS after(a); INSERT INTO after VALUES(1)");
        }
        catch (SqliteException error)
        {
            _wrong.Add($"cannot be used afterwards: {error.Message}");
        }
    }

    private void CheckUnits(WalDbConnection connection)
    {
        var found = new Dictionary<long, int>();
        if (Scalar(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'ledger'") is 1L)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Ledger.Rows;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var unit = reader.GetInt64(0);
                Expect(reader.GetString(2) == Ledger.Content(unit, reader.GetInt64(1)), $"unit {unit} holds something else");
                found[unit] = found.GetValueOrDefault(unit) + 1;
            }
        }

        Expect(found.Values.All(rows => rows == Ledger.RowsOfUnit), "a unit is torn");
        Expect(_acknowledged.All(found.ContainsKey), $"lost: {string.Join(" ", _acknowledged.Where(unit => !found.ContainsKey(unit)))}");
    }

    private void CheckHandles()
    {
        var handles = Directory.GetFiles("/proc/self/fd").Select(handle => new FileInfo(handle).LinkTarget)
            .Where(target => target?.StartsWith(database, StringComparison.Ordinal) == true);
        Expect(!handles.Any(), $"leaked: {string.Join(" ", handles)}");
    }

    private void Expect(bool holds, string what)
    {
        if (!holds)
        {
            _wrong.Add(what);
        }
    }

    private static void Execute(WalDbConnection connection, string sql) => Scalar(connection, sql);

    private static object? Scalar(WalDbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
