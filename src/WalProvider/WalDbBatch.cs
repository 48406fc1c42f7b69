using System.Data;
using System.Data.Common;

namespace WalProvider;

/// <summary>
/// Several commands in one call. They run in one transaction of their own, unless a transaction or the write batch is
/// there to join, or one of them cannot run in a transaction (PRAGMA, ATTACH, VACUUM, BEGIN and the like).
/// </summary>
public sealed class WalDbBatch : DbBatch, IExecutionOwner
{
    private readonly WalDbBatchCommandCollection _commands = new();
    private WalDbConnection? _connection;
    private WalDbTransaction? _transaction;
    private int? _timeout;
    private StopRequest _stopRequest;

    /// <summary>Creates a batch without a connection.</summary>
    public WalDbBatch()
    {
    }

    /// <summary>Creates a batch.</summary>
    /// <param name="connection">The connection to execute it on.</param>
    /// <param name="transaction">The transaction; null means whatever is current.</param>
    public WalDbBatch(WalDbConnection? connection, WalDbTransaction? transaction = null)
    {
        _connection = connection;
        _transaction = transaction;
    }

    /// <summary>The commands.</summary>
    public new WalDbBatchCommandCollection BatchCommands => _commands;

    /// <summary>How long one execution may wait for locks, in seconds; as <see cref="WalDbCommand.CommandTimeout"/>.</summary>
    public override int Timeout
    {
        get => _timeout ?? _connection?.DefaultTimeout ?? 30;
        set => _timeout = value;
    }

    /// <summary>The connection to execute on.</summary>
    public new WalDbConnection? Connection
    {
        get => _connection;
        set => _connection = value;
    }

    /// <summary>The transaction; null, or one that is over, means whatever is current.</summary>
    public new WalDbTransaction? Transaction
    {
        get => _transaction;
        set => _transaction = value;
    }

    /// <inheritdoc/>
    protected override DbBatchCommandCollection DbBatchCommands => _commands;

    /// <inheritdoc/>
    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => _connection = (WalDbConnection?)value;
    }

    /// <inheritdoc/>
    protected override DbTransaction? DbTransaction
    {
        get => _transaction;
        set => _transaction = (WalDbTransaction?)value;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // Nothing is held between two executions.
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => default;

    /// <inheritdoc/>
    ref StopRequest IExecutionOwner.StopRequest => ref _stopRequest;

    /// <summary>
    /// Stops what the batch executes, as <see cref="WalDbCommand.Cancel"/> does. A transaction of the batch's own is rolled back,
    /// with the commands that were done.
    /// </summary>
    /// <seealso href="https://learn.microsoft.com/dotnet/api/system.data.common.dbbatch.cancel"/>
    public override void Cancel() => _stopRequest.Make();

    /// <summary>Executes all commands and gives the rows affected by all of them; -1 for queries alone.</summary>
    /// <exception cref="InvalidOperationException">The connection is not open, there are no commands, or a parameter is missing.</exception>
    /// <exception cref="DbException">A command failed; a transaction of the batch's own is rolled back.</exception>
    public override int ExecuteNonQuery() => ExecuteNonQuery(async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="ExecuteNonQuery()"/>
    /// <param name="cancellationToken">Stops it as <see cref="Cancel"/> does.</param>
    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<int>(cancellationToken)
            : ExecuteNonQuery(async: true, cancellationToken).AsTask();

    /// <summary>Executes all commands and gives the first column of the first row of the first result.</summary>
    /// <inheritdoc cref="ExecuteNonQuery()" path="/exception"/>
    public override object? ExecuteScalar() => ExecuteScalar(async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="ExecuteScalar()"/>
    /// <param name="cancellationToken">Stops it as <see cref="Cancel"/> does.</param>
    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<object?>(cancellationToken)
            : ExecuteScalar(async: true, cancellationToken).AsTask();

    /// <summary>Executes the commands up to the first result and gives a reader over the results of all.</summary>
    /// <param name="behavior">CloseConnection is honoured.</param>
    /// <inheritdoc cref="ExecuteNonQuery()" path="/exception"/>
    public new WalDbDataReader ExecuteReader(CommandBehavior behavior = CommandBehavior.Default)
        => ExecuteReader(behavior, async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Compiles the texts now, so that a mistake shows.</summary>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    public override void Prepare()
    {
        var connection = OpenConnection(nameof(Prepare));
        foreach (WalDbBatchCommand command in _commands)
        {
            connection.CheckText(command.CommandText);
        }
    }

    /// <inheritdoc cref="Prepare()"/>
    public override Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        Prepare();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override DbBatchCommand CreateDbBatchCommand() => new WalDbBatchCommand();

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => ExecuteReader(behavior);

    /// <inheritdoc/>
    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await ExecuteReader(behavior, async: true, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<int> ExecuteNonQuery(bool async, CancellationToken cancellationToken)
    {
        var reader = await ExecuteReader(CommandBehavior.Default, async, cancellationToken).ConfigureAwait(false);
        await ToEnd(reader, async, cancellationToken).ConfigureAwait(false);
        return reader.RecordsAffected;
    }

    private async ValueTask<object?> ExecuteScalar(bool async, CancellationToken cancellationToken)
    {
        var reader = await ExecuteReader(CommandBehavior.Default, async, cancellationToken).ConfigureAwait(false);
        object? value;
        try
        {
            value = reader.Read() ? reader.GetValue(0) : null;
        }
        catch (Exception)
        {
            await reader.Abandon(async).ConfigureAwait(false);
            throw;
        }

        await ToEnd(reader, async, cancellationToken).ConfigureAwait(false);
        return value;
    }

    private static async ValueTask ToEnd(WalDbDataReader reader, bool async, CancellationToken cancellationToken)
    {
        try
        {
            while (async ? await reader.NextResultAsync(cancellationToken).ConfigureAwait(false) : reader.NextResult())
            {
            }
        }
        finally
        {
            await reader.CloseAsync(async).ConfigureAwait(false);
        }
    }

    private async ValueTask<WalDbDataReader> ExecuteReader(CommandBehavior behavior, bool async, CancellationToken cancellationToken)
    {
        var connection = OpenConnection(nameof(ExecuteReader));
        if (_commands.Count == 0)
        {
            throw new InvalidOperationException($"The batch has no commands. Add some to {nameof(BatchCommands)}.");
        }

        if (_transaction?.Connection is { } other && !ReferenceEquals(other, connection))
        {
            throw new InvalidOperationException(WrappedMessages.TransactionElsewhere());
        }

        connection.RefuseLostTransaction();
        var run = new BatchRun([.. _commands.Cast<WalDbBatchCommand>().Select(command => command.BeginRun())], connection.Session);
        var execution = connection.RentExecution();
        execution.Start(new TextSequence(run.Texts), connection.LockWait(_timeout), this);
        var reader = new WalDbDataReader(null, run, connection, execution, behavior.HasFlag(CommandBehavior.CloseConnection));
        await reader.Begin(async, cancellationToken).ConfigureAwait(false);
        return reader;
    }

    private WalDbConnection OpenConnection(string method)
        => _connection is { State: ConnectionState.Open } open
            ? open
            : throw new InvalidOperationException(WrappedMessages.NeedsOpenConnection(method));
}
