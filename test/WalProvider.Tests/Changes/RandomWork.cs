using Microsoft.Data.Sqlite;

namespace WalProvider.Tests.Changes;

/// <summary>Writes to tables t and u in every way that may be undone, wholly or in part, as numbers say.</summary>
internal sealed class RandomWork(WalDbConnection connection)
{
    public const string Schema = """
        CREATE TABLE t(id INTEGER PRIMARY KEY, a UNIQUE CHECK (a < 40));
        CREATE TABLE u(id INTEGER PRIMARY KEY, a);
        CREATE TRIGGER log AFTER INSERT ON t WHEN new.a % 5 = 0 BEGIN INSERT INTO u(a) VALUES(new.a); END;
        """;

    private static readonly string[] Savepoints = ["x", "\"X\"", "[y]", "'z z'", "`y`"];

    private readonly Stack<IDisposable> _open = [];
    private readonly List<BatchUnit> _units = [];

    public void Do(uint number)
    {
        try
        {
            var (what, value) = (number % 32, number / 32 % 50);
            if (what < 16)
                connection.Run(Write(what, value));
            else
                Control(what, Savepoints[value % (uint)Savepoints.Length]);
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
            // Much of it is refused, or fails and undoes itself: that is what it is for.
        }
    }

    public void End()
    {
        while (_open.TryPop(out var open))
            open.Dispose();
    }

    private static string Write(uint what, uint value) => what switch
    {
        0 or 1 => $"INSERT INTO t(a) VALUES({value})",
        2 => $"INSERT INTO t(a) VALUES({value}), ({value + 1}), ({value + 9})",
        3 => $"INSERT OR FAIL INTO t(a) VALUES({value}), ({value + 5}), ({value + 9})",
        4 => $"INSERT OR IGNORE INTO t(a) VALUES({value}), ({value + 1})",
        5 => $"INSERT OR ROLLBACK INTO t(a) VALUES({value}), ({value + 15})",
        6 => "UPDATE t SET a = a + 1 WHERE id % 2",
        7 => "UPDATE OR FAIL t SET a = a + 3",
        8 => $"DELETE FROM t WHERE a > {value}",
        9 => "DELETE FROM t",
        10 => $"INSERT INTO t(a) VALUES({value}) ON CONFLICT DO UPDATE SET a = a - 1",
        11 => $"INSERT INTO t(a) VALUES({value}), ({value + 2}) RETURNING a",
        12 => "DELETE FROM u; INSERT INTO u(a) SELECT a FROM t",
        13 => $"INSERT INTO t(a) VALUES({value}); INSERT INTO t(a) VALUES({value}); DELETE FROM t",
        14 => $"BEGIN; INSERT INTO t(a) VALUES({value}); ROLLBACK; INSERT INTO t(a) VALUES({value + 1})",
        _ => $"INSERT INTO u(a) VALUES({value}); BEGIN; INSERT INTO t(a) VALUES({value}); COMMIT",
    };

    private void Control(uint what, string savepoint)
    {
        switch (what)
        {
            case 16:
                connection.Run("BEGIN");
                break;
            case 17:
                connection.Run("COMMIT");
                break;
            case 18:
                connection.Run("ROLLBACK");
                break;
            case 19 or 20:
                connection.Run($"SAVEPOINT {savepoint}");
                break;
            case 21:
                connection.Run($"ROLLBACK TO {savepoint}");
                break;
            case 22:
                connection.Run($"/* back */ rollback transaction to savepoint {savepoint} -- done");
                break;
            case 23:
                connection.Run($"RELEASE {savepoint}");
                break;
            case 24 or 25:
                _open.Push(connection.BeginTransaction());
                break;
            case 26 when _open.TryPop(out var open):
                (open as WalDbTransaction)?.Commit();
                break;
            case 27 when _open.TryPop(out var open):
                open.Dispose();
                break;
            case 28:
                _units.Add(connection.BeginBatchUnit());
                _open.Push(_units[^1]);
                break;
            case 29 when _units.Count > 0:
                _units[^1].Complete();
                _units.RemoveAt(_units.Count - 1);
                break;
            case 30:
                connection.CommitBatch();
                break;
            case 31:
                connection.RollbackBatch();
                break;
        }
    }
}
