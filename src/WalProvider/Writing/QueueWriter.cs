using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>The one that runs a write queue's units: several in a transaction, each in a savepoint.</summary>
internal sealed class QueueWriter(
    ChannelReader<QueuedUnit> units, Func<WalDbConnection> open, WriteQueueOptions options, TimeProvider clock)
{
    private const string Savepoint = "walprovider_queue";

    private readonly List<QueuedUnit> _done = [];
    private WalDbConnection? _connection;

    /// <summary>Runs until the queue is completed and empty.</summary>
    internal async Task Run()
    {
        while (await units.WaitToReadAsync().ConfigureAwait(false))
        {
            await RunGroup().ConfigureAwait(false);
        }

        if (_connection is { } connection)
        {
            await Optimize(connection).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task Optimize(WalDbConnection connection)
    {
        await using var command = new WalDbCommand("PRAGMA analysis_limit = 400; PRAGMA optimize", connection);
        try
        {
            await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (SqliteBusyException)
        {
            // Statistics can wait for another time; the units are committed.
        }
    }

    /// <summary>Runs one transaction with what waits, and tells each unit how it went.</summary>
    private async Task RunGroup()
    {
        WalDbTransaction? transaction = null;
        var began = clock.GetTimestamp();
        try
        {
            while (_done.Count < options.MaxUnitsPerCommit && !IsLate(began) && units.TryRead(out var unit))
            {
                if (!unit.TryStart())
                {
                    continue;
                }

                transaction = await RunUnit(unit, transaction).ConfigureAwait(false);
            }

            if (transaction is not null)
            {
                await transaction.CommitAsync().ConfigureAwait(false);
            }

            _done.ForEach(unit => unit.Succeed());
        }
        catch (Exception failure)
        {
            _done.ForEach(unit => unit.Fail(Explain(failure)));
            await Discard(transaction).ConfigureAwait(false);
        }
        finally
        {
            _done.Clear();
        }
    }

    private bool IsLate(long began) => options.MaxCommitInterval > TimeSpan.Zero && clock.GetElapsedTime(began) >= options.MaxCommitInterval;

    /// <summary>Runs one unit; what it throws is its own affair as long as the transaction goes on.</summary>
    private async Task<WalDbTransaction?> RunUnit(QueuedUnit unit, WalDbTransaction? transaction)
    {
        _done.Add(unit);
        transaction ??= await Begin().ConfigureAwait(false);
        await transaction.SaveAsync(Savepoint).ConfigureAwait(false);
        try
        {
            await unit.Run(_connection!).ConfigureAwait(false);
            await Finish(unit, transaction).ConfigureAwait(false);
            return transaction;
        }
        catch (Exception failure) when (IsOpen(transaction))
        {
            await Undo(transaction).ConfigureAwait(false);
            _done.Remove(unit);
            unit.Fail(failure);
            return transaction;
        }
    }

    private async Task Finish(QueuedUnit unit, WalDbTransaction transaction)
    {
        await _connection!.CloseReaders(async: true).ConfigureAwait(false);
        if (!IsOpen(transaction))
        {
            RefuseEnded(unit);
        }

        if (_connection.CurrentTransaction != transaction)
        {
            throw new InvalidOperationException("The unit has left a transaction open that it began: commit it, or dispose it.");
        }

        await transaction.ReleaseAsync(Savepoint).ConfigureAwait(false);
    }

    private async Task Undo(WalDbTransaction transaction)
    {
        await _connection!.CloseReaders(async: true).ConfigureAwait(false);
        transaction.EndInner(_connection);
        await transaction.RollbackAsync(Savepoint).ConfigureAwait(false);
        await transaction.ReleaseAsync(Savepoint).ConfigureAwait(false);
    }

    private void RefuseEnded(QueuedUnit unit)
    {
        if (_connection is { State: System.Data.ConnectionState.Open, Session.WasCommittedByText: true })
        {
            // Those before it are committed, if not by us.
            _done.Remove(unit);
            _done.ForEach(committed => committed.Succeed());
            _done.Clear();
            _done.Add(unit);
        }

        throw new InvalidOperationException(
            "A unit of the write queue has ended the transaction that it shares with others. Leave COMMIT and ROLLBACK, and the "
            + "connection's life, to the queue; throw to undo a unit.");
    }

    private async Task<WalDbTransaction> Begin()
    {
        if (_connection is null)
        {
            _connection = open();
        }

        return (WalDbTransaction)await _connection.BeginTransactionAsync().ConfigureAwait(false);
    }

    private static bool IsOpen(WalDbTransaction transaction) => transaction is { Connection: not null, IsRolledBackExternally: false };

    private Exception Explain(Exception failure)
        => failure is SqliteException error and not WriteBatchLostException
            ? EngineErrors.BatchLost(error, _done.Count, error.SqliteErrorCode == SQLitePCL.raw.SQLITE_IOERR)
            : failure;

    private async Task Discard(WalDbTransaction? transaction)
    {
        if (transaction is not null)
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }

        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
