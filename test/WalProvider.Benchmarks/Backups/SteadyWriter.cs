using System.Diagnostics;

namespace WalProvider.Benchmarks;

/// <summary>A thread that inserts a row and commits, again and again, until it is disposed.</summary>
internal sealed class SteadyWriter : IDisposable
{
    private readonly WalDbConnection _connection;
    private readonly Thread _thread;
    private volatile bool _isStopped;
    private long _written;

    public SteadyWriter(string path)
    {
        _connection = new WalDbConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using (var create = _connection.CreateCommand())
        {
            create.CommandText = "CREATE TABLE IF NOT EXISTS written(n INTEGER PRIMARY KEY, text TEXT)";
            create.ExecuteNonQuery();
        }

        _thread = new Thread(Write);
        _thread.Start();
    }

    /// <summary>How many rows a second were committed while something ran.</summary>
    public double RateWhile(Action action)
    {
        var (before, started) = (Interlocked.Read(ref _written), Stopwatch.GetTimestamp());
        action();
        return (Interlocked.Read(ref _written) - before) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose()
    {
        _isStopped = true;
        _thread.Join();
        using (var drop = _connection.CreateCommand())
        {
            drop.CommandText = "DROP TABLE written";
            drop.ExecuteNonQuery();
        }

        _connection.Checkpoint(CheckpointMode.Truncate);
        _connection.Dispose();
    }

    private void Write()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO written(text) VALUES ('a row of a hundred bytes or so, as programs write them while they are being backed up')";
        while (!_isStopped)
        {
            command.ExecuteNonQuery();
            Interlocked.Increment(ref _written);
        }
    }
}
