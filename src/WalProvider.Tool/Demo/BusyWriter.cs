using System.Data.Common;
using Dapper;

namespace WalProvider.Tool;

/// <summary>Writes into a table of its own until it is stopped, as the users of a program do during a backup.</summary>
internal sealed class BusyWriter : IDisposable
{
    private const string CreateTable = "CREATE TABLE visits (id INTEGER PRIMARY KEY, page TEXT NOT NULL)";
    private const string Insert = "INSERT INTO visits (page) VALUES (@page)";

    /// <summary>So many rows a transaction, where the provider has no batch.</summary>
    private readonly int _rowsPerTransaction;

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _hasBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _writing;
    private long _rows;

    /// <param name="open">Opens the writer's own connection.</param>
    /// <param name="rowsPerTransaction">How many rows each transaction holds; 0 leaves it to the provider.</param>
    public BusyWriter(Func<DbConnection> open, int rowsPerTransaction)
    {
        _rowsPerTransaction = rowsPerTransaction;
        _writing = Task.Run(() => Write(open));
    }

    /// <summary>How many rows it has written.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Ends when the writer is at work, or has failed.</summary>
    public async Task HasBegunAsync() => await await Task.WhenAny(_hasBegun.Task, _writing);

    /// <summary>Stops it, and waits until all that it wrote is committed.</summary>
    public Task StopAsync()
    {
        _stop.Cancel();
        return _writing;
    }

    public void Dispose()
    {
        _stop.Cancel();
        ((IAsyncResult)_writing).AsyncWaitHandle.WaitOne();
        _stop.Dispose();
    }

    private void Write(Func<DbConnection> open)
    {
        using var connection = open();
        connection.Execute(CreateTable);
        while (!_stop.IsCancellationRequested)
        {
            if (_rowsPerTransaction == 0)
            {
                WriteRow(connection, null);
                continue;
            }

            using var transaction = connection.BeginTransaction();
            for (var i = 0; i < _rowsPerTransaction && !_stop.IsCancellationRequested; i++)
                WriteRow(connection, transaction);
            transaction.Commit();
        }
    }

    private void WriteRow(DbConnection connection, DbTransaction? transaction)
    {
        connection.Execute(Insert, new { page = $"/page/{_rows % 100}" }, transaction);
        Interlocked.Increment(ref _rows);
        _hasBegun.TrySetResult();
    }
}
