using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>A SQL text with its parameters. The text may hold several statements.</summary>
/// <remarks>
/// A fresh command for each execution costs no compiling: the session keeps compiled texts, so there is nothing to gain
/// by keeping commands or by <see cref="Prepare"/>.
/// </remarks>
public sealed class WalDbCommand : DbCommand, IExecutionOwner
{
    private WalDbConnection? _connection;
    private WalDbTransaction? _transaction;
    private WalDbDataReader? _reader;
    private CommandParameters? _parameters;
    private SqliteCommand? _wrapped;
    private string? _commandText;
    private int? _commandTimeout;
    private StopRequest _stopRequest;

    /// <summary>Creates a command without text or connection.</summary>
    public WalDbCommand()
        // NB: nothing here is left to a finalizer; without this each command that is not disposed would wait for one.
        => GC.SuppressFinalize(this);

    /// <summary>Creates a command.</summary>
    /// <param name="commandText">The SQL.</param>
    public WalDbCommand(string? commandText)
        : this()
        => _commandText = commandText;

    /// <summary>Creates a command.</summary>
    /// <param name="commandText">The SQL.</param>
    /// <param name="connection">The connection to execute it on.</param>
    public WalDbCommand(string? commandText, WalDbConnection? connection)
        : this(commandText)
        => _connection = connection;

    /// <summary>Creates a command.</summary>
    /// <param name="commandText">The SQL.</param>
    /// <param name="connection">The connection to execute it on.</param>
    /// <param name="transaction">The transaction; null means whatever is current.</param>
    public WalDbCommand(string? commandText, WalDbConnection? connection, WalDbTransaction? transaction)
        : this(commandText, connection)
        => _transaction = transaction;

    /// <summary>The SQL, one statement or several. Empty by default.</summary>
    /// <exception cref="InvalidOperationException">Set while a reader of this command is open.</exception>
    [AllowNull]
    public override string CommandText
    {
        get => _commandText ?? "";
        set
        {
            RefuseOpenReader(nameof(CommandText));
            _commandText = value;
        }
    }

    /// <summary>
    /// How long one execution may wait for locks, all waits together, in seconds. Once set it goes before Busy Timeout; 0
    /// waits for ever, -1 not at all. Default: the connection's <see cref="WalDbConnection.DefaultTimeout"/>, 30.
    /// </summary>
    public override int CommandTimeout
    {
        get => _commandTimeout ?? _connection?.DefaultTimeout ?? 30;
        set => _commandTimeout = value;
    }

    /// <summary>Always <see cref="CommandType.Text"/>: SQLite has no stored procedures.</summary>
    /// <exception cref="ArgumentException">Another value was set.</exception>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
            {
                throw new ArgumentException(WrappedMessages.CommandType(value));
            }
        }
    }

    /// <summary>The connection to execute on.</summary>
    /// <exception cref="InvalidOperationException">Set while a reader of this command is open.</exception>
    public new WalDbConnection? Connection
    {
        get => _connection;
        set
        {
            RefuseOpenReader(nameof(Connection));
            _connection = value;
        }
    }

    /// <summary>
    /// The transaction. Null, or one that is over, means whatever is current on the connection: the transaction begun last,
    /// or the batch.
    /// </summary>
    public new WalDbTransaction? Transaction
    {
        get => _transaction;
        set => _transaction = value;
    }

    /// <summary>The parameters.</summary>
    public new SqliteParameterCollection Parameters => _parameters ??= new CommandParameters();

    /// <summary>For designers; without meaning here.</summary>
    public override bool DesignTimeVisible { get; set; }

    /// <summary>How a DataAdapter applies results to a row; without meaning for the command itself.</summary>
    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <summary>
    /// A command of the wrapped provider with the same text, timeout and parameter objects. Executing it goes past the gate
    /// and the batch; and as with <see cref="WalDbConnection.WrappedConnection"/>, the session is not pooled then.
    /// </summary>
    public SqliteCommand WrappedCommand
    {
        get
        {
            _wrapped ??= new SqliteCommand();
            _wrapped.CommandText = CommandText;
            _wrapped.CommandTimeout = CommandTimeout;
            _wrapped.Connection = _connection?.WrappedConnection;
            _wrapped.Parameters.Clear();
            foreach (SqliteParameter parameter in Parameters)
            {
                _wrapped.Parameters.Add(parameter);
            }

            return _wrapped;
        }
    }

    /// <inheritdoc/>
    protected override DbConnection? DbConnection
    {
        get => Connection;
        set => Connection = (WalDbConnection?)value;
    }

    /// <inheritdoc/>
    protected override DbTransaction? DbTransaction
    {
        get => _transaction;
        set => _transaction = (WalDbTransaction?)value;
    }

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => Parameters;

    /// <inheritdoc/>
    ref StopRequest IExecutionOwner.StopRequest => ref _stopRequest;

    /// <summary>
    /// Stops what this command executes, from any thread: the execution, <see cref="DbDataReader.Read"/> or
    /// <see cref="DbDataReader.NextResult"/> that runs throws <see cref="OperationCanceledException"/>, and so does the next
    /// one of its open reader. Does nothing if nothing is executed.
    /// </summary>
    /// <remarks>
    /// <para>Never blocks, and never reaches another command or a later execution. A statement stops within a thousand of SQLite's
    /// operations; a wait ends at once. Closing the reader goes on as ever, running the rest of the text.</para>
    /// <para>A write that is stopped leaves nothing behind. Inside a transaction SQLite rolls back the whole transaction with it,
    /// and the exception says so. In a write batch that has pending writes, or in a unit of a write queue, a write runs to
    /// its end instead.</para>
    /// </remarks>
    /// <seealso href="https://learn.microsoft.com/dotnet/api/system.data.common.dbcommand.cancel"/>
    public override void Cancel() => _stopRequest.Make();

    /// <summary>Creates a parameter, not yet part of <see cref="Parameters"/>.</summary>
    public new SqliteParameter CreateParameter() => new SourceParameter();

    /// <summary>Compiles the text now, so that a mistake in it shows. Executing is no faster for it.</summary>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    /// <exception cref="SqliteException">The SQL is wrong.</exception>
    public override void Prepare() => OpenConnection(nameof(Prepare)).CheckText(CommandText);

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

    /// <summary>Executes the text and gives the rows that were inserted, updated or deleted; -1 for queries.</summary>
    /// <remarks>Waits for locks up to <see cref="CommandTimeout"/> or Busy Timeout.</remarks>
    /// <exception cref="InvalidOperationException">The connection is not open, no text was set, or a parameter is missing.</exception>
    /// <exception cref="SqliteException">SQLite's error; <see cref="SqliteBusyException"/> after waiting in vain.</exception>
    /// <exception cref="WriteBatchLostException">The pending writes of the batch were lost with this one.</exception>
    /// <exception cref="OperationCanceledException"><see cref="Cancel"/> was called, or the token cancelled, before it was done.</exception>
    /// <exception cref="QueryTimeoutException">A statement ran for longer than Query Timeout.</exception>
    public override int ExecuteNonQuery() => ExecuteNonQuery(async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="ExecuteNonQuery()"/>
    /// <param name="cancellationToken">Stops it as <see cref="Cancel"/> does. The engine's own work runs on the caller's thread.</param>
    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<int>(cancellationToken)
            : ExecuteNonQuery(async: true, cancellationToken).AsTask();

    /// <summary>Executes the text and gives the first column of the first row; null if the first result has no row.</summary>
    /// <inheritdoc cref="ExecuteNonQuery()" path="/remarks|/exception"/>
    public override object? ExecuteScalar() => ExecuteScalar(async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="ExecuteScalar()"/>
    /// <param name="cancellationToken">Stops it as <see cref="Cancel"/> does. The engine's own work runs on the caller's thread.</param>
    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<object?>(cancellationToken)
            : ExecuteScalar(async: true, cancellationToken).AsTask();

    /// <summary>Executes the text up to its first result and gives a reader.</summary>
    /// <inheritdoc cref="ExecuteNonQuery()" path="/remarks|/exception"/>
    public new WalDbDataReader ExecuteReader() => ExecuteReader(CommandBehavior.Default);

    /// <summary>Executes the text up to its first result and gives a reader.</summary>
    /// <param name="behavior">CloseConnection is honoured; the rest makes no difference to SQLite.</param>
    /// <inheritdoc cref="ExecuteNonQuery()" path="/remarks|/exception"/>
    public new WalDbDataReader ExecuteReader(CommandBehavior behavior)
        => ExecuteReader(behavior, async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="ExecuteReader()"/>
    public new Task<WalDbDataReader> ExecuteReaderAsync() => ExecuteReaderAsync(CommandBehavior.Default, CancellationToken.None);

    /// <inheritdoc cref="ExecuteReader()"/>
    /// <param name="cancellationToken">Stops it as <see cref="Cancel"/> does. The engine's own work runs on the caller's thread.</param>
    public new Task<WalDbDataReader> ExecuteReaderAsync(CancellationToken cancellationToken)
        => ExecuteReaderAsync(CommandBehavior.Default, cancellationToken);

    /// <inheritdoc cref="ExecuteReader(CommandBehavior)"/>
    public new Task<WalDbDataReader> ExecuteReaderAsync(CommandBehavior behavior)
        => ExecuteReaderAsync(behavior, CancellationToken.None);

    /// <inheritdoc cref="ExecuteReader(CommandBehavior)"/>
    /// <param name="behavior">CloseConnection is honoured; the rest makes no difference to SQLite.</param>
    /// <param name="cancellationToken">Stops it as <see cref="Cancel"/> does. The engine's own work runs on the caller's thread.</param>
    public new Task<WalDbDataReader> ExecuteReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<WalDbDataReader>(cancellationToken)
            : ExecuteReader(behavior, async: true, cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_reader is { } reader)
        {
            await reader.CloseAsync(async: true).ConfigureAwait(false);
        }

        Dispose(disposing: true);
    }

    /// <summary>Forgets the open reader, which was closed.</summary>
    internal void OnReaderClosed() => _reader = null;

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => CreateParameter();

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => ExecuteReader(behavior);

    /// <inheritdoc/>
    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(
        CommandBehavior behavior, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await ExecuteReader(behavior, async: true, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reader?.Close();
            _wrapped?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ExecuteNonQuery(bool async, CancellationToken cancellationToken)
    {
        var connection = Admit(nameof(ExecuteNonQuery));
        var execution = connection.RentExecution();
        execution.Start(new TextSequence(CommandText, _parameters), connection.LockWait(_commandTimeout), this);
        while (await execution.NextResult(async, cancellationToken).ConfigureAwait(false))
        {
        }

        var affected = execution.RecordsAffected;
        connection.ReturnExecution(execution);
        connection.ThrowHandlerFailures();
        return affected;
    }

    private async ValueTask<object?> ExecuteScalar(bool async, CancellationToken cancellationToken)
    {
        var connection = Admit(nameof(ExecuteScalar));
        var execution = connection.RentExecution();
        execution.Start(new TextSequence(CommandText, _parameters), connection.LockWait(_commandTimeout), this);
        object? value = null;
        if (await execution.NextResult(async, cancellationToken).ConfigureAwait(false))
        {
            value = execution.HasRows ? ReadFirst(execution) : null;
            while (await execution.NextResult(async, cancellationToken).ConfigureAwait(false))
            {
            }
        }

        connection.ReturnExecution(execution);
        connection.ThrowHandlerFailures();
        return value;
    }

    private async ValueTask<WalDbDataReader> ExecuteReader(CommandBehavior behavior, bool async, CancellationToken cancellationToken)
    {
        var connection = Admit(nameof(ExecuteReader));
        var execution = connection.RentExecution();
        execution.Start(new TextSequence(CommandText, _parameters), connection.LockWait(_commandTimeout), this);
        var reader = new WalDbDataReader(this, null, connection, execution, behavior.HasFlag(CommandBehavior.CloseConnection));
        await reader.Begin(async, cancellationToken).ConfigureAwait(false);
        _reader = reader;
        return reader;
    }

    private static object ReadFirst(Execution execution)
    {
        try
        {
            return ValueReader.GetValue(execution.Result!.Row, 0);
        }
        catch (Exception)
        {
            execution.Abandon();
            throw;
        }
    }

    private WalDbConnection Admit(string method)
    {
        if (_reader is not null)
        {
            throw new InvalidOperationException(WrappedMessages.ReaderOpen());
        }

        var connection = OpenConnection(method);
        if (_commandText is null)
        {
            throw new InvalidOperationException($"CommandText was never set: {method} has nothing to execute.");
        }

        if (_transaction?.Connection is { } other && !ReferenceEquals(other, connection))
        {
            throw new InvalidOperationException(WrappedMessages.TransactionElsewhere());
        }

        connection.ThrowHandlerFailures();
        connection.RefuseLostTransaction();
        return connection;
    }

    private WalDbConnection OpenConnection(string method)
        => _connection is { State: ConnectionState.Open } open
            ? open
            : throw new InvalidOperationException(WrappedMessages.NeedsOpenConnection(method));

    private void RefuseOpenReader(string property)
    {
        if (_reader is not null)
        {
            throw new InvalidOperationException(WrappedMessages.NeedsNoReader(property));
        }
    }
}
