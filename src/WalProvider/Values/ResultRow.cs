using System.Runtime.CompilerServices;
using SQLitePCL;

namespace WalProvider;

/// <summary>The row that a statement stands on.</summary>
/// <remarks>
/// NB: to be asked only while the statement stands on a row: the values are read where the engine keeps them, and there
/// is nothing to read before the first step and after the last.
/// </remarks>
internal sealed class ResultRow(sqlite3_stmt statement)
{
    private nint _first;
    private int _count;

    /// <summary>The statement.</summary>
    internal sqlite3_stmt Statement => statement;

    /// <summary>What its dates are.</summary>
    internal DateTimeKind DateTimeKind { get; set; }

    /// <summary>How many columns the row has.</summary>
    internal int Count => _count;

    /// <summary>Takes the place of the values of a result whose first row the statement has reached.</summary>
    internal void Begin()
    {
        _count = EngineExports.ColumnCount(statement);
        MoveNext();
    }

    /// <summary>Takes the place of the values of the row that the statement has reached.</summary>
    internal void MoveNext()
    {
        if (EngineValues.Stride != 0)
        {
            _first = EngineValues.First(statement);
        }
    }

    /// <summary>Takes the place of one value that the engine has handed to a function.</summary>
    internal void Take(nint value)
    {
        _first = value;
        _count = 1;
    }

    /// <summary>The storage class of a column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int TypeOf(int ordinal)
    {
        Check(ordinal);
        return EngineValues.Stride != 0 ? EngineValues.Type(ValueOf(ordinal)) : EngineExports.ColumnType(statement, ordinal);
    }

    /// <summary>A column as an integer, converted where it is none. The column was checked by <see cref="TypeOf"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long Int64(int ordinal)
        => EngineValues.Stride != 0 ? EngineValues.Int64(ValueOf(ordinal)) : EngineExports.ColumnInt64(statement, ordinal);

    /// <summary>A column as a real number, converted where it is none.</summary>
    /// <inheritdoc cref="Int64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Double(int ordinal)
        => EngineValues.Stride != 0 ? EngineValues.Double(ValueOf(ordinal)) : EngineExports.ColumnDouble(statement, ordinal);

    /// <summary>A column as UTF-8; valid until the next step.</summary>
    /// <inheritdoc cref="Int64"/>
    internal ReadOnlySpan<byte> Text(int ordinal)
        => EngineValues.Stride != 0 ? EngineValues.Text(ValueOf(ordinal)) : EngineExports.ColumnText(statement, ordinal);

    /// <summary>A column's bytes; valid until the next step.</summary>
    /// <inheritdoc cref="Int64"/>
    internal ReadOnlySpan<byte> Blob(int ordinal)
        => EngineValues.Stride != 0 ? EngineValues.Blob(ValueOf(ordinal)) : EngineExports.ColumnBlob(statement, ordinal);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nint ValueOf(int ordinal) => _first + (nint)ordinal * EngineValues.Stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Check(int ordinal)
    {
        if ((uint)ordinal >= (uint)_count)
        {
            Refuse(ordinal);
        }
    }

    private static void Refuse(int ordinal) => throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, message: null);
}
