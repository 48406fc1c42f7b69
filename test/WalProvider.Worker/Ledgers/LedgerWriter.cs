namespace WalProvider.Worker;

/// <summary>Writes a ledger as its plan says, from where the table ends, and notes what it holds to be safe.</summary>
internal sealed class LedgerWriter : IDisposable
{
    private readonly string _database;
    private readonly LedgerPlan _plan;
    private readonly FileStream _acknowledgements;
    private readonly WalDbConnection _connection;
    private long _next;
    private long _committed;

    public LedgerWriter(string database, LedgerPlan plan)
    {
        _database = database;
        _plan = plan;
        _connection = new WalDbConnection(plan.ConnectionString(database));
        _connection.Open();
        Execute(Ledger.Schema);
        _connection.CommitBatch();
        _next = _committed = Scalar(Ledger.Units);

        // NB: unbuffered, so that each number is one write, in its place among those of the engine.
        _acknowledgements = new FileStream(
            Ledger.AcknowledgementsOf(database), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        if (plan.Way is LedgerWay.BatchUnits)
        {
            _connection.BatchCommitted += (_, committed) => Committed(committed.Writes);
        }
    }

    /// <summary>Writes until the plan's number of units is there.</summary>
    public void Run()
    {
        if (_plan.Way is LedgerWay.Queue)
        {
            RunQueue().GetAwaiter().GetResult();
            return;
        }

        for (; _plan.Units == 0 || _next < _plan.Units; _next++)
        {
            WriteUnit();
            if (_plan.CheckpointEvery > 0 && _next % _plan.CheckpointEvery == _plan.CheckpointEvery - 1)
            {
                _connection.Checkpoint((CheckpointMode)(_next / _plan.CheckpointEvery % 4));
            }
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _acknowledgements.Dispose();
    }

    private void WriteUnit()
    {
        switch (_plan.Way)
        {
            case LedgerWay.BatchUnits:
                using (var unit = _connection.BeginBatchUnit())
                {
                    WriteUnit(_connection, _next);
                    unit.Complete();
                }

                break;
            case LedgerWay.Transactions:
                using (var transaction = _connection.BeginTransaction())
                {
                    WriteUnit(_connection, _next);
                    transaction.Commit();
                }

                Committed(Ledger.RowsOfUnit);
                break;
            default:
                WriteUnit(_connection, _next);
                break;
        }

        if (_plan.AcknowledgesEarly)
        {
            Acknowledge(_next + 1);
        }
    }

    private async Task RunQueue()
    {
        using var source = new WalDbDataSourceBuilder(_plan.ConnectionString(_database)).Build();
        await using var queue = source.CreateWriteQueue();
        for (; _plan.Units == 0 || _next < _plan.Units; _next += _plan.BatchSize)
        {
            var first = _next;
            await Task.WhenAll(Enumerable.Range(0, _plan.BatchSize).Select(n => queue.WriteAsync(connection => WriteUnit(connection, first + n))));
            Acknowledge(first + _plan.BatchSize);
        }
    }

    /// <summary>Writes the rows of a unit.</summary>
    internal static void WriteUnit(WalDbConnection connection, long unit)
    {
        for (var part = 0; part < Ledger.RowsOfUnit; part++)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Ledger.Insert;
            command.Parameters.AddWithValue("$unit", unit);
            command.Parameters.AddWithValue("$part", part);
            command.Parameters.AddWithValue("$content", Ledger.Content(unit, part));
            command.ExecuteNonQuery();
        }
    }

    private void Committed(int rows)
    {
        _committed += rows / Ledger.RowsOfUnit;
        if (!_plan.AcknowledgesEarly)
        {
            Acknowledge(_committed);
        }
    }

    private void Acknowledge(long units) => _acknowledgements.Write(BitConverter.GetBytes(units));

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
