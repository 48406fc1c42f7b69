using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider.Benchmarks;

/// <summary>One statement of the C API by SQLitePCLRaw, compiled once: the rival that has no provider at all.</summary>
internal sealed class RawStatement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;

    public RawStatement(SqliteConnection connection, string sql)
    {
        _db = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_db, sql, out _statement));
    }

    public void Insert(long id)
    {
        Check(raw.sqlite3_bind_int64(_statement, 1, id));
        Check(raw.sqlite3_bind_text(_statement, 2, Items.NameOf(id)));
        Check(raw.sqlite3_bind_double(_statement, 3, Items.PriceOf(id)));
        Check(Items.NoteOf(id) is { } note ? raw.sqlite3_bind_text(_statement, 4, note) : raw.sqlite3_bind_null(_statement, 4));
        Run();
    }

    /// <summary>Steps a statement without rows to its end.</summary>
    public void Run()
    {
        Check(raw.sqlite3_step(_statement));
        Check(raw.sqlite3_reset(_statement));
    }

    public long ReadByKey(long id)
    {
        Check(raw.sqlite3_bind_int64(_statement, 1, id));
        var sum = raw.sqlite3_step(_statement) == raw.SQLITE_ROW
            ? SumOfRow() : throw new InvalidOperationException($"Item {id} is missing.");
        Check(raw.sqlite3_reset(_statement));
        return sum;
    }

    public (long Rows, long Sum) Scan()
    {
        var (rows, sum) = (0L, 0L);
        for (; raw.sqlite3_step(_statement) == raw.SQLITE_ROW; rows++)
        {
            sum += SumOfRow();
        }

        Check(raw.sqlite3_reset(_statement));
        return (rows, sum);
    }

    public void Dispose() => _statement.Dispose();

    private long SumOfRow()
        => raw.sqlite3_column_int64(_statement, 0)
            + raw.sqlite3_column_text(_statement, 1).utf8_to_string().Length
            + (long)raw.sqlite3_column_double(_statement, 2)
            + (raw.sqlite3_column_type(_statement, 3) == raw.SQLITE_NULL
                ? 0 : raw.sqlite3_column_text(_statement, 3).utf8_to_string().Length);

    private void Check(int result)
    {
        if (result != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, _db);
        }
    }
}
