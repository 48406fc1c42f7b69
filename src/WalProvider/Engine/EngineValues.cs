using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Reads the values of a row where the engine keeps them: without taking the connection's mutex for each, and without
/// leaving the runtime's cooperative mode, since nothing in here can block.
/// </summary>
/// <remarks>
/// <para>A column's value is an object of the engine, and those of one row lie side by side. How far apart is found out
/// once, from a row of a database in memory; where they do not, or an export is missing, <see cref="Stride"/> is zero
/// and rows are read through <see cref="EngineExports"/>.</para>
/// <para>The engine calls such values unprotected: safe as long as one thread at a time uses the connection, which is the
/// rule of this library too.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/c3ref/value.html"/>
internal static unsafe class EngineValues
{
    private const int ProbedColumns = 9;

    private static readonly delegate* unmanaged[Cdecl]<nint, int, nint> ColumnValueExport
        = (delegate* unmanaged[Cdecl]<nint, int, nint>)Find("sqlite3_column_value");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> TypeExport
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)Find("sqlite3_value_type");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long> Int64Export
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long>)Find("sqlite3_value_int64");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, double> DoubleExport
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, double>)Find("sqlite3_value_double");
    private static readonly delegate* unmanaged[Cdecl]<nint, byte*> TextExport
        = (delegate* unmanaged[Cdecl]<nint, byte*>)Find("sqlite3_value_text");
    private static readonly delegate* unmanaged[Cdecl]<nint, byte*> BlobExport
        = (delegate* unmanaged[Cdecl]<nint, byte*>)Find("sqlite3_value_blob");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> BytesExport
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)Find("sqlite3_value_bytes");

    /// <summary>The distance between two values of a row, in bytes; zero where rows must be read column by column.</summary>
    internal static readonly int Stride = FindStride();

    /// <summary>The first value of the current row.</summary>
    internal static nint First(sqlite3_stmt statement) => ColumnValueExport(statement.DangerousGetHandle(), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Type(nint value) => TypeExport(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Int64(nint value) => Int64Export(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Double(nint value) => DoubleExport(value);

    // NB: text is asked for before its length, since a number becomes text only then; and that may take memory, and so
    // may block, which is why these two leave cooperative mode.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ReadOnlySpan<byte> Text(nint value)
    {
        var text = TextExport(value);
        return new ReadOnlySpan<byte>(text, BytesExport(value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ReadOnlySpan<byte> Blob(nint value)
    {
        var blob = BlobExport(value);
        return new ReadOnlySpan<byte>(blob, BytesExport(value));
    }

    private static int FindStride()
    {
        if (ColumnValueExport == null || TypeExport == null || Int64Export == null || DoubleExport == null
            || TextExport == null || BlobExport == null || BytesExport == null
            || raw.sqlite3_open(":memory:", out var db) != raw.SQLITE_OK)
        {
            return 0;
        }

        using (db)
        {
            var columns = string.Join(", ", Enumerable.Range(1, ProbedColumns));
            _ = raw.sqlite3_prepare_v2(db, "SELECT " + columns, out var statement);
            using (statement)
            {
                return raw.sqlite3_step(statement) == raw.SQLITE_ROW ? StrideOf(statement.DangerousGetHandle()) : 0;
            }
        }
    }

    private static int StrideOf(nint statement)
    {
        var first = ColumnValueExport(statement, 0);
        var stride = ColumnValueExport(statement, 1) - first;
        for (var column = 0; column < ProbedColumns; column++)
        {
            var value = ColumnValueExport(statement, column);
            if (value != first + column * stride || Int64Export(value) != column + 1)
            {
                return 0;
            }
        }

        return (int)stride;
    }

    private static nint Find(string name)
        => EngineLibrary.Handle != 0 && NativeLibrary.TryGetExport(EngineLibrary.Handle, name, out var export) ? export : 0;
}
