using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>The results of a command, row by row, straight from the engine.</summary>
/// <remarks>
/// Closing it runs the rest of a text of several statements, as the wrapped provider does. An open reader pins its
/// snapshot in the WAL: dispose it soon.
/// </remarks>
public sealed class WalDbDataReader : DbDataReader
{
    private readonly WalDbCommand? _command;
    private readonly BatchRun? _run;
    private readonly bool _closesConnection;
    private Execution? _execution;
    private CompiledStatement? _result;
    private ResultRow? _row;
    private ResultColumns? _columns;
    private RowStreams? _streams;
    private bool _isBeforeFirst;
    private bool _hasRows;
    private int _recordsAffected = -1;

    internal WalDbDataReader(
        WalDbCommand? command, BatchRun? run, WalDbConnection connection, Execution execution, bool closesConnection)
    {
        _command = command;
        _run = run;
        Owner = connection;
        _execution = execution;
        _closesConnection = closesConnection;
    }

    internal WalDbConnection Owner { get; }

    /// <summary>Always 0: results do not nest.</summary>
    public override int Depth => 0;

    /// <summary>How many columns the current result has; 0 without one.</summary>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    public override int FieldCount
    {
        get
        {
            RefuseClosed(nameof(FieldCount));
            return _result is null ? 0 : EngineExports.ColumnCount(_result.Handle);
        }
    }

    /// <summary>The engine's statement of the current result; null without one. It must not be stepped or reset.</summary>
    public sqlite3_stmt? Handle => _result?.Handle;

    /// <summary>Whether the current result has rows.</summary>
    public override bool HasRows => _hasRows;

    /// <summary>Whether the reader is closed.</summary>
    public override bool IsClosed => _execution is null;

    /// <summary>Rows inserted, updated or deleted so far, those of RETURNING when its result is closed; -1 for queries alone.</summary>
    public override int RecordsAffected => _execution?.RecordsAffected ?? _recordsAffected;

    /// <summary>The value of a column.</summary>
    /// <param name="name">Its name.</param>
    public override object this[string name] => this[_result is null ? 0 : GetOrdinal(name)];

    /// <summary>The value of a column.</summary>
    /// <param name="ordinal">Its place, from 0.</param>
    public override object this[int ordinal]
        // NB: the wrapped provider's indexers speak of the missing row on a closed reader too.
        => ValueReader.GetValue(_row ?? throw new InvalidOperationException(WrappedMessages.NoData()), ordinal);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    /// <exception cref="SqliteException">SQLite's error.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the rest of the text does not run any more.</exception>
    public override bool Read() => Read(CancellationToken.None);

    /// <inheritdoc cref="Read()"/>
    /// <param name="cancellationToken">Stops the step to the next row. Cancelled before the call, it changes nothing.</param>
    public override async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Read(cancellationToken);
    }

    /// <summary>Runs the text up to its next result; false at the end of the text.</summary>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    /// <exception cref="SqliteException">SQLite's error; the reader is closed then.</exception>
    public override bool NextResult() => NextResult(async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="NextResult()"/>
    /// <param name="cancellationToken">Stops it. Cancelled before the call, it changes nothing.</param>
    public override Task<bool> NextResultAsync(CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<bool>(cancellationToken)
            : NextResult(async: true, cancellationToken).AsTask();

    /// <summary>Closes the reader and runs the rest of the text; errors in the rest are passed over, as in the wrapped provider.</summary>
    /// <exception cref="WriteBatchLostException">Writes were lost in doing so.</exception>
    /// <exception cref="SqliteBusyException">A write with a result could not be committed.</exception>
    /// <exception cref="InvalidOperationException">Called from inside a user function on its connection; it stays open.</exception>
    public override void Close() => CloseAsync(async: false).GetAwaiter().GetResult();

    /// <inheritdoc cref="Close()"/>
    public override Task CloseAsync() => CloseAsync(async: true).AsTask();

    /// <summary>The name of a column.</summary>
    /// <param name="ordinal">Its place, from 0.</param>
    public override string GetName(int ordinal) => Columns(nameof(GetName)).GetName(ordinal);

    /// <summary>The place of a column, by its exact name or, if only one fits, in any case.</summary>
    /// <param name="name">Its name.</param>
    public override int GetOrdinal(string name) => Columns(nameof(GetOrdinal)).GetOrdinal(name);

    /// <summary>The declared type of a column without its length; of an expression the storage class of its value.</summary>
    /// <param name="ordinal">Its place, from 0.</param>
    public override string GetDataTypeName(int ordinal) => Columns(nameof(GetDataTypeName)).GetDataTypeName(ordinal);

    /// <summary>The CLR type of a column's value; of NULL the last seen, or that of the declared type.</summary>
    /// <param name="ordinal">Its place, from 0.</param>
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public override Type GetFieldType(int ordinal) => Columns(nameof(GetFieldType)).GetFieldType(ordinal);

    /// <inheritdoc/>
    public override bool IsDBNull(int ordinal) => ValueReader.IsNull(Row(nameof(IsDBNull)), ordinal);

    /// <inheritdoc/>
    public override bool GetBoolean(int ordinal) => ValueReader.GetInt64(Row(nameof(GetBoolean)), ordinal) != 0;

    /// <inheritdoc/>
    public override byte GetByte(int ordinal) => checked((byte)ValueReader.GetInt64(Row(nameof(GetByte)), ordinal));

    /// <inheritdoc/>
    public override char GetChar(int ordinal) => ValueReader.GetChar(Row(nameof(GetChar)), ordinal);

    /// <inheritdoc/>
    public override DateTime GetDateTime(int ordinal) => ValueReader.GetDateTime(Row(nameof(GetDateTime)), ordinal);

    /// <summary>The value as a DateTimeOffset.</summary>
    /// <param name="ordinal">The column's place, from 0.</param>
    public DateTimeOffset GetDateTimeOffset(int ordinal) => ValueReader.GetDateTimeOffset(Row(nameof(GetDateTimeOffset)), ordinal);

    /// <summary>The value as a TimeSpan.</summary>
    /// <param name="ordinal">The column's place, from 0.</param>
    public TimeSpan GetTimeSpan(int ordinal) => ValueReader.GetTimeSpan(Row(nameof(GetTimeSpan)), ordinal);

    /// <inheritdoc/>
    public override decimal GetDecimal(int ordinal) => ValueReader.GetDecimal(Row(nameof(GetDecimal)), ordinal);

    /// <inheritdoc/>
    public override double GetDouble(int ordinal) => ValueReader.GetDouble(Row(nameof(GetDouble)), ordinal);

    /// <inheritdoc/>
    public override float GetFloat(int ordinal) => (float)ValueReader.GetDouble(Row(nameof(GetFloat)), ordinal);

    /// <inheritdoc/>
    public override Guid GetGuid(int ordinal) => ValueReader.GetGuid(Row(nameof(GetGuid)), ordinal);

    /// <inheritdoc/>
    public override short GetInt16(int ordinal) => checked((short)ValueReader.GetInt64(Row(nameof(GetInt16)), ordinal));

    /// <inheritdoc/>
    public override int GetInt32(int ordinal) => checked((int)ValueReader.GetInt64(Row(nameof(GetInt32)), ordinal));

    /// <inheritdoc/>
    public override long GetInt64(int ordinal) => ValueReader.GetInt64(Row(nameof(GetInt64)), ordinal);

    /// <inheritdoc/>
    public override string GetString(int ordinal) => ValueReader.GetString(Row(nameof(GetString)), ordinal);

    /// <inheritdoc/>
    public override object GetValue(int ordinal) => ValueReader.GetValue(Row(nameof(GetValue)), ordinal);

    /// <inheritdoc/>
    public override int GetValues(object[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return ValueReader.GetValues(Row(nameof(GetValues)), values);
    }

    /// <summary>The value as a type.</summary>
    /// <typeparam name="T">
    /// Any type that the typed getters have, a nullable or an enum of it, Stream or TextReader.
    /// </typeparam>
    /// <param name="ordinal">The column's place, from 0.</param>
    public override T GetFieldValue<T>(int ordinal)
        => typeof(T) == typeof(Stream) ? (T)(object)GetStream(nameof(GetFieldValue), ordinal)
            : typeof(T) == typeof(TextReader) ? (T)(object)GetTextReader(nameof(GetFieldValue), ordinal)
            : FieldReader.Get<T>(Row(nameof(GetFieldValue)), ordinal);

    /// <inheritdoc/>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
        => StreamChunk.Bytes(OpenStream(nameof(GetBytes), ordinal), dataOffset, buffer, bufferOffset, length);

    /// <inheritdoc/>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
        => StreamChunk.Chars(OpenStream(nameof(GetChars), ordinal), dataOffset, buffer, bufferOffset, length);

    /// <summary>The value as a stream: over the value in its table where the result holds the row's id, otherwise over a copy.</summary>
    /// <param name="ordinal">The column's place, from 0.</param>
    /// <exception cref="SqliteException">The row's id is there, and the value is neither text nor a blob.</exception>
    public override Stream GetStream(int ordinal) => GetStream(nameof(GetStream), ordinal);

    /// <inheritdoc/>
    public override TextReader GetTextReader(int ordinal) => GetTextReader(nameof(GetTextReader), ordinal);

    /// <summary>Describes the columns of the current result.</summary>
    /// <exception cref="InvalidOperationException">The reader is closed, or there is no result.</exception>
    // NB: the columns come first: a closed reader is refused, whose connection may have no session.
    public override DataTable GetSchemaTable()
        => SchemaTableBuilder.Build(Columns(nameof(GetSchemaTable)), Owner.Session.Engine.Db, Owner.DataSource);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync(async: true).ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs the text up to its first result.</summary>
    internal async ValueTask Begin(bool async, CancellationToken cancellationToken)
    {
        Owner.Add(this);
        _ = await Advance(async, cancellationToken).ConfigureAwait(false);
    }

    internal async ValueTask CloseAsync(bool async)
    {
        if (_execution is not { } execution)
            return;

        execution.Session.Lock.RefuseInside();
        try
        {
            await execution.RunRest(async).ConfigureAwait(false);
        }
        finally
        {
            await Release(async).ConfigureAwait(false);
        }
    }

    /// <summary>Closes without running the rest: a row could not be read.</summary>
    internal ValueTask Abandon(bool async) => _execution is null ? default : Release(async);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();

        base.Dispose(disposing);
    }

    private bool Read(CancellationToken cancellationToken)
    {
        if (_isBeforeFirst)
        {
            _isBeforeFirst = false;
            _row = _hasRows ? _result?.Row : null;
            if (_row is null)
                RefuseClosed(nameof(Read));
            return _row is not null;
        }

        if (_row is not { } row)
        {
            RefuseClosed(nameof(Read));
            return false;
        }

        // NB: while it steps, and after it failed, there is no row.
        _row = null;
        _streams = null;
        _row = (_execution ?? throw StopErrors.ClosedMeanwhile()).Step(cancellationToken) ? row : null;
        return _row is not null;
    }

    private async ValueTask<bool> NextResult(bool async, CancellationToken cancellationToken)
    {
        RefuseClosed(nameof(NextResult));
        return await Advance(async, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> Advance(bool async, CancellationToken cancellationToken)
    {
        var execution = _execution ?? throw StopErrors.ClosedMeanwhile();
        execution.Session.Lock.RefuseInside();
        _row = null;
        _result = null;
        _columns = null;
        _streams = null;
        _isBeforeFirst = _hasRows = false;
        try
        {
            if (!await execution.NextResult(async, cancellationToken).ConfigureAwait(false))
                return false;
        }
        catch (SqliteException error) when (_run is not null)
        {
            var explained = _run.Explain(error, execution.TextIndex);
            await Release(async).ConfigureAwait(false);
            throw explained;
        }
        catch (Exception)
        {
            await Release(async).ConfigureAwait(false);
            throw;
        }

        _result = execution.Result ?? throw StopErrors.ClosedMeanwhile();
        _hasRows = execution.HasRows;
        _isBeforeFirst = true;
        return true;
    }

    private async ValueTask Release(bool async)
    {
        // Exchanged: given back twice, by a thread that closes the connection meanwhile, it would be two others' at once.
        if (Interlocked.Exchange(ref _execution, null) is not { } execution)
            return;

        _recordsAffected = execution.RecordsAffected;
        _result = null;
        _columns = null;
        _row = null;
        _streams = null;
        _isBeforeFirst = _hasRows = false;
        _command?.OnReaderClosed();
        Owner.Remove(this);
        execution.Abandon();
        _run?.End(execution);
        Owner.ReturnExecution(execution);
        if (_closesConnection)
        {
            await Owner.Close(async).ConfigureAwait(false);
        }
    }

    private TextReader GetTextReader(string operation, int ordinal)
        => ValueReader.IsNull(Row(operation), ordinal)
            ? new StringReader("") : new StreamReader(GetStream(operation, ordinal), Encoding.UTF8);

    private Stream GetStream(string operation, int ordinal)
        => Streams(operation, out var row) is var streams && streams.Find(row, ordinal) is { } value
            ? WalDbBlob.OpenToRead(Owner, value)
            : streams.OpenCopy(row, ordinal);

    private Stream OpenStream(string operation, int ordinal) => Streams(operation, out var row).Open(row, ordinal);

    private RowStreams Streams(string operation, out ResultRow row)
    {
        row = Row(operation);
        return _streams ??= new RowStreams(Owner.Session);
    }

    private ResultRow Row(string operation)
    {
        if (_row is { } row)
        {
            return row;
        }

        RefuseClosed(operation);
        throw new InvalidOperationException(WrappedMessages.NoData());
    }

    private ResultColumns Columns(string operation)
    {
        if (_columns is { } known)
        {
            return known;
        }

        RefuseClosed(operation);
        return _columns = new ResultColumns(_result ?? throw new InvalidOperationException(WrappedMessages.NoData()));
    }

    private void RefuseClosed(string operation)
    {
        if (_execution is null)
        {
            throw new InvalidOperationException(WrappedMessages.ReaderClosed(operation));
        }
    }
}
