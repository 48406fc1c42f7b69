using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace WalProvider;

/// <summary>
/// A reader between a query and the DataTable that it fills: each column in the type of the DataColumn that is there, or in
/// one that holds all its values.
/// </summary>
/// <remarks>
/// Rows pass through one by one where all their columns are known; where a type has to be found first, a result is read
/// to its end, or to the last row that is wanted, before its first row is given out.
/// </remarks>
internal sealed class FillReader : IDataReader
{
    private readonly DbDataReader _inner;
    private readonly Func<int, string?> _declaredType;
    private readonly Func<int, string, Type?> _target;
    private readonly Action<DataTable> _complete;
    private readonly int _limit;
    private readonly Queue<object[]> _read = new();
    private Type?[] _targets = [];
    private ColumnGuess[] _guesses = [];
    private object[]? _row;
    private int _result = -1;
    private bool _isBuffered;

    /// <param name="inner">The query's reader.</param>
    /// <param name="declaredType">The declared type of a column of the current result.</param>
    /// <param name="target">The type of the DataColumn for a column, by the result's number and its name; null without one.</param>
    /// <param name="complete">Adds to a schema table what the reader does not tell.</param>
    /// <param name="limit">How many rows of each result are wanted.</param>
    internal FillReader(
        DbDataReader inner, Func<int, string?> declaredType, Func<int, string, Type?> target, Action<DataTable> complete, int limit)
    {
        _inner = inner;
        _declaredType = declaredType;
        _target = target;
        _complete = complete;
        _limit = limit;
        BeginResult();
    }

    /// <inheritdoc/>
    public int Depth => _inner.Depth;

    /// <inheritdoc/>
    public int FieldCount => _inner.FieldCount;

    /// <inheritdoc/>
    public bool IsClosed => _inner.IsClosed;

    /// <inheritdoc/>
    public int RecordsAffected => _inner.RecordsAffected;

    /// <inheritdoc/>
    public object this[int i] => GetValue(i);

    /// <inheritdoc/>
    public object this[string name] => GetValue(GetOrdinal(name));

    /// <inheritdoc/>
    public bool Read()
    {
        _row = _isBuffered ? _read.TryDequeue(out var row) ? row : null : _inner.Read() ? ReadRow() : null;
        return _row is not null;
    }

    /// <inheritdoc/>
    public bool NextResult()
    {
        if (!_inner.NextResult())
        {
            return false;
        }

        BeginResult();
        return true;
    }

    /// <inheritdoc/>
    public void Close() => _inner.Close();

    /// <inheritdoc/>
    public void Dispose() => _inner.Dispose();

    /// <inheritdoc/>
    public DataTable? GetSchemaTable()
    {
        if (_inner.GetSchemaTable() is not { } schema)
        {
            return null;
        }

        _complete(schema);
        foreach (DataRow row in schema.Rows)
        {
            Complete(row, (int)row[SchemaTableColumn.ColumnOrdinal]);
        }

        return schema;
    }

    /// <inheritdoc/>
    public string GetName(int i) => _inner.GetName(i);

    /// <inheritdoc/>
    public int GetOrdinal(string name) => _inner.GetOrdinal(name);

    /// <inheritdoc/>
    public string GetDataTypeName(int i) => _inner.GetDataTypeName(i);

    /// <inheritdoc/>
    [UnconditionalSuppressMessage("Trimming", "IL2063", Justification = "The type is that of a DataColumn, which keeps what it needs.")]
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public Type GetFieldType(int i) => _targets[i] ?? _guesses[i].Type;

    /// <inheritdoc/>
    public object GetValue(int i) => _targets[i] is null ? _guesses[i].Convert(Row[i]) : Row[i];

    /// <inheritdoc/>
    public int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, Row.Length);
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            values[ordinal] = GetValue(ordinal);
        }

        return count;
    }

    /// <inheritdoc/>
    public bool IsDBNull(int i) => GetValue(i) is DBNull;

    /// <inheritdoc/>
    public bool GetBoolean(int i) => (bool)GetValue(i);

    /// <inheritdoc/>
    public byte GetByte(int i) => (byte)GetValue(i);

    /// <inheritdoc/>
    public long GetBytes(int i, long fieldOffset, byte[]? buffer, int bufferoffset, int length)
        => StreamChunk.Bytes(new MemoryStream((byte[])GetValue(i)), fieldOffset, buffer, bufferoffset, length);

    /// <inheritdoc/>
    public char GetChar(int i) => (char)GetValue(i);

    /// <inheritdoc/>
    public long GetChars(int i, long fieldoffset, char[]? buffer, int bufferoffset, int length)
        => StreamChunk.Chars(
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes((string)GetValue(i))), fieldoffset, buffer, bufferoffset, length);

    /// <inheritdoc/>
    public IDataReader GetData(int i) => throw new NotSupportedException("SQLite has no nested rows.");

    /// <inheritdoc/>
    public DateTime GetDateTime(int i) => (DateTime)GetValue(i);

    /// <inheritdoc/>
    public decimal GetDecimal(int i) => (decimal)GetValue(i);

    /// <inheritdoc/>
    public double GetDouble(int i) => (double)GetValue(i);

    /// <inheritdoc/>
    public float GetFloat(int i) => (float)GetValue(i);

    /// <inheritdoc/>
    public Guid GetGuid(int i) => (Guid)GetValue(i);

    /// <inheritdoc/>
    public short GetInt16(int i) => (short)GetValue(i);

    /// <inheritdoc/>
    public int GetInt32(int i) => (int)GetValue(i);

    /// <inheritdoc/>
    public long GetInt64(int i) => (long)GetValue(i);

    /// <inheritdoc/>
    public string GetString(int i) => (string)GetValue(i);

    private void Complete(DataRow row, int ordinal)
    {
        row[SchemaTableColumn.DataType] = GetFieldType(ordinal);
        if (row[SchemaTableColumn.IsKey] is true)
        {
            // NB: SQLite lets NULL into keys, and a DataTable makes a primary key only of columns that take none.
            row[SchemaTableColumn.AllowDBNull] = _guesses[ordinal].HasNull;
        }

        if (row[EngineColumns.IsRowId] is true)
        {
            row[SchemaTableOptionalColumn.IsAutoIncrement] = true;
        }
    }

    private object[] Row => _row ?? throw new InvalidOperationException(WrappedMessages.NoData());

    private void BeginResult()
    {
        _row = null;
        _read.Clear();
        var count = _inner.FieldCount;
        if (count > 0)
        {
            _result++;
        }

        _targets = new Type?[count];
        _guesses = new ColumnGuess[count];
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            _targets[ordinal] = _target(_result, _inner.GetName(ordinal));
            _guesses[ordinal] = new ColumnGuess(_declaredType(ordinal));
        }

        _isBuffered = Array.Exists(_targets, target => target is null);
        if (_isBuffered)
        {
            Buffer();
        }
    }

    private void Buffer()
    {
        while (_read.Count < _limit && _inner.Read())
        {
            var row = ReadRow();
            for (var ordinal = 0; ordinal < row.Length; ordinal++)
            {
                _guesses[ordinal].See(row[ordinal]);
            }

            _read.Enqueue(row);
        }
    }

    private object[] ReadRow()
    {
        var row = new object[_targets.Length];
        for (var ordinal = 0; ordinal < row.Length; ordinal++)
        {
            row[ordinal] = _targets[ordinal] is { } target
                ? TargetValue.Read(_inner, ordinal, target)
                : _inner.GetValue(ordinal);
        }

        return row;
    }
}
