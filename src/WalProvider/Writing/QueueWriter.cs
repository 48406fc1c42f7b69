using System.Data;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>The one that runs a write queue's units: several in a transaction, each in a savepoint.</summary>
internal sealed class QueueWriter(
    ChannelReader<QueuedUnit> units, Func<WalDbConnection> open, WriteQueueOptions options, TimeProvider clock)
{
    private const string Savepoint = "walprovider_queue";

    // A writer that keeps the gate for longer will cause a checkpoint itself.
    private static readonly TimeSpan CheckpointWait = TimeSpan.FromMilliseconds(100);

    private readonly List<QueuedUnit> _done = [];
    private WalDbConnection? _connection;
    private WalSession? _session;

    /// <summary>Runs until the queue is completed and empty.</summary>
    internal async Task Run()
    {
        while (await units.WaitToReadAsync().ConfigureAwait(false))
        {
            await RunGroup().ConfigureAwait(false);
        }

        if (_connection is { } connection)
        {
            await using (connection.ConfigureAwait(false))
            {
                await TidyUp(connection).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Lets SQLite refresh its statistics and moves what was written into the main file.</summary>
    private static async Task TidyUp(WalDbConnection connection)
    {
        var command = new WalDbCommand("PRAGMA analysis_limit = 400; PRAGMA optimize", connection) { CommandTimeout = 1 };
        await using (command.ConfigureAwait(false))
        {
            try
            {
                await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
                await connection.CheckpointAsync(CheckpointMode.Passive, CheckpointWait).ConfigureAwait(false);
            }
            catch (SqliteBusyException)
            {
                // Both can wait for another time; the units are committed.
            }
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
                await Commit(transaction).ConfigureAwait(false);
            }

            _done.ForEach(unit => unit.Succeed());
        }
        catch (Exception failure)
        {
            _done.ForEach(unit => unit.Fail(Explain(failure, unit)));
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

    private async Task Commit(WalDbTransaction transaction)
    {
        _session!.Transaction.IsShared = false;
        try
        {
            await transaction.CommitAsync().ConfigureAwait(false);
        }
        catch (AggregateException failure) when (transaction.Connection is null)
        {
            // A handler of change events has failed; the units are committed, as the exception says.
            _done.ForEach(unit => unit.Fail(failure));
            _done.Clear();
        }
    }

    private async Task Finish(QueuedUnit unit, WalDbTransaction transaction)
    {
        await _connection!.CloseReaders(async: true).ConfigureAwait(false);
        if (!IsOpen(transaction))
        {
            throw new InvalidOperationException(
                "A unit of the write queue has ended the transaction that it shares with others, by closing the connection or by a "
                + "statement that rolled it back. Leave the connection's life to the queue; throw to undo a unit.");
        }

        if (_connection!.CurrentTransaction != transaction)
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

    private async Task<WalDbTransaction> Begin()
    {
        if (_connection is null)
        {
            _connection = open();
        }

        // NB: whatever Transaction Mode says: a unit that reads first must not make those after it fail with its snapshot.
        var transaction = await WalDbTransaction
            .Begin(_connection, IsolationLevel.Unspecified, deferred: false, async: true, CancellationToken.None, WalTransactionMode.Immediate)
            .ConfigureAwait(false);
        _session = _connection.Session;
        _session.Transaction.IsShared = true;
        return transaction;
    }

    private static bool IsOpen(WalDbTransaction transaction) => transaction is { Connection: not null, IsRolledBackExternally: false };

    /// <summary>What a unit is told of the end of its transaction: the one that caused it the cause, the others their loss.</summary>
    private Exception Explain(Exception failure, QueuedUnit unit) => failure switch
    {
        SqliteBusyException => failure,
        SqliteException error => Lost(error),
        _ when ReferenceEquals(unit, _done[^1]) => failure,
        _ => Lost(new SqliteException(
            $"Another unit of the same transaction has ended it: {failure.Message}", raw.SQLITE_ABORT, raw.SQLITE_ABORT_ROLLBACK)),
    };

    private WriteBatchLostException Lost(SqliteException cause)
        => new(
            $"{cause.Message} {(cause.SqliteErrorCode == raw.SQLITE_IOERR ? "It is unknown whether the unit was kept" : "Nothing of the unit was kept")}; "
            + $"{_done.Count} units shared its commit. The queue goes on: bring the unit again.",
            cause.SqliteErrorCode,
            cause.SqliteExtendedErrorCode,
            _done.Count);

    /// <summary>Gives the connection up, and whatever is open on it.</summary>
    private async Task Discard(WalDbTransaction? transaction)
    {
        var connection = _connection;
        _connection = null;
        _session?.Transaction.IsShared = false;
        try
        {
            if (transaction is not null)
            {
                await transaction.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is SqliteException or InvalidOperationException)
        {
            // NB: the units have been told already, and this loop must go on for those to come; the connection goes next.
        }
        finally
        {
            await Close(connection).ConfigureAwait(false);
        }
    }

    private static async Task Close(WalDbConnection? connection)
    {
        try
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is SqliteException or InvalidOperationException)
        {
            // NB: as above; its session is released all the same.
        }
    }
}
