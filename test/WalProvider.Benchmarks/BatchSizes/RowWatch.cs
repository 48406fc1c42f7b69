using System.Diagnostics;

namespace WalProvider.Benchmarks;

/// <summary>Another connection, on a thread of its own, that looks each millisecond which rows it sees.</summary>
internal sealed class RowWatch
{
    private readonly long[] _insertedAt;
    private readonly int _rows;
    private readonly string _database;
    private readonly Thread _thread;

    public RowWatch(string database, int rows)
    {
        _database = database;
        _rows = rows;
        _insertedAt = new long[rows + 1];
        using (Databases.OpenWrapped(database))
        {
        }

        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The longest time from a row's insert until it was seen.</summary>
    public TimeSpan LongestUnseen { get; private set; }

    /// <summary>Notes when a row was inserted, committed or not.</summary>
    public void Inserted(int id) => Volatile.Write(ref _insertedAt[id], Stopwatch.GetTimestamp());

    public void WaitUntilAllAreSeen() => _thread.Join();

    private void Watch()
    {
        using var connection = Databases.OpenOurs(_database);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(id), 0) FROM item";
        for (var seen = 0; seen < _rows;)
        {
            var last = (int)(long)command.ExecuteScalar()!;
            // Of the rows that appeared together the first was inserted longest ago. A row may be seen before its insert
            // is noted.
            if (last > seen && Volatile.Read(ref _insertedAt[seen + 1]) is var inserted and not 0)
            {
                var unseen = Stopwatch.GetElapsedTime(inserted);
                LongestUnseen = unseen > LongestUnseen ? unseen : LongestUnseen;
            }

            seen = last;
            Thread.Sleep(1);
        }
    }
}
