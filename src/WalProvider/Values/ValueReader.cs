using System.Globalization;
using System.Text;
using SQLitePCL;

namespace WalProvider;

/// <summary>Reads a column of the current row as the wrapped provider does, type for type.</summary>
/// <remarks>The caller has made sure that there is a row.</remarks>
internal static class ValueReader
{
    internal static bool IsNull(sqlite3_stmt row, int ordinal) => TypeOf(row, ordinal) == raw.SQLITE_NULL;

    /// <summary>The storage class of the column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    internal static int TypeOf(sqlite3_stmt row, int ordinal)
    {
        var type = EngineExports.ColumnType(row, ordinal);
        // NB: the engine answers NULL for a column that is not there.
        if (type == raw.SQLITE_NULL && (uint)ordinal >= (uint)EngineExports.ColumnCount(row))
        {
            throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, message: null);
        }

        return type;
    }

    internal static long GetInt64(sqlite3_stmt row, int ordinal)
    {
        RefuseNull(row, ordinal);
        return EngineExports.ColumnInt64(row, ordinal);
    }

    internal static double GetDouble(sqlite3_stmt row, int ordinal)
    {
        RefuseNull(row, ordinal);
        return EngineExports.ColumnDouble(row, ordinal);
    }

    internal static string GetString(sqlite3_stmt row, int ordinal)
    {
        RefuseNull(row, ordinal);
        return Text(row, ordinal);
    }

    internal static byte[] GetBlob(sqlite3_stmt row, int ordinal)
    {
        RefuseNull(row, ordinal);
        return EngineExports.ColumnBlob(row, ordinal).ToArray();
    }

    internal static char GetChar(sqlite3_stmt row, int ordinal)
        => TypeOf(row, ordinal) == raw.SQLITE_TEXT && Text(row, ordinal) is [var only]
            ? only
            : checked((char)GetInt64(row, ordinal));

    internal static decimal GetDecimal(sqlite3_stmt row, int ordinal)
        => decimal.Parse(
            GetString(row, ordinal), NumberStyles.Number | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);

    internal static DateTime GetDateTime(sqlite3_stmt row, int ordinal)
        => IsNumber(row, ordinal)
            ? JulianDay.ToDateTime(EngineExports.ColumnDouble(row, ordinal))
            : DateTime.Parse(GetString(row, ordinal), CultureInfo.InvariantCulture);

    internal static DateTimeOffset GetDateTimeOffset(sqlite3_stmt row, int ordinal)
        => IsNumber(row, ordinal)
            ? new DateTimeOffset(JulianDay.ToDateTime(EngineExports.ColumnDouble(row, ordinal)))
            : DateTimeOffset.Parse(GetString(row, ordinal), CultureInfo.InvariantCulture);

    internal static DateOnly GetDateOnly(sqlite3_stmt row, int ordinal)
        => IsNumber(row, ordinal)
            ? DateOnly.FromDateTime(JulianDay.ToDateTime(EngineExports.ColumnDouble(row, ordinal)))
            : DateOnly.Parse(GetString(row, ordinal), CultureInfo.InvariantCulture);

    internal static TimeOnly GetTimeOnly(sqlite3_stmt row, int ordinal)
        => TimeOnly.Parse(GetString(row, ordinal), CultureInfo.InvariantCulture);

    internal static TimeSpan GetTimeSpan(sqlite3_stmt row, int ordinal)
        => IsNumber(row, ordinal)
            ? TimeSpan.FromDays(EngineExports.ColumnDouble(row, ordinal))
            // NB: the current culture, as in the wrapped provider.
            : TimeSpan.Parse(GetString(row, ordinal));

    internal static Guid GetGuid(sqlite3_stmt row, int ordinal)
    {
        if (TypeOf(row, ordinal) != raw.SQLITE_BLOB)
        {
            return new Guid(GetString(row, ordinal));
        }

        var bytes = EngineExports.ColumnBlob(row, ordinal);
        return bytes.Length == 16 ? new Guid(bytes) : new Guid(Encoding.UTF8.GetString(bytes));
    }

    /// <summary>The value in the type of its storage class; DBNull for NULL.</summary>
    internal static object GetValue(sqlite3_stmt row, int ordinal) => TypeOf(row, ordinal) switch
    {
        raw.SQLITE_INTEGER => EngineExports.ColumnInt64(row, ordinal),
        raw.SQLITE_FLOAT => EngineExports.ColumnDouble(row, ordinal),
        raw.SQLITE_TEXT => Text(row, ordinal),
        raw.SQLITE_NULL => DBNull.Value,
        _ => EngineExports.ColumnBlob(row, ordinal).ToArray(),
    };

    private static string Text(sqlite3_stmt row, int ordinal)
        => Encoding.UTF8.GetString(EngineExports.ColumnText(row, ordinal));

    private static bool IsNumber(sqlite3_stmt row, int ordinal)
        => TypeOf(row, ordinal) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT;

    private static void RefuseNull(sqlite3_stmt row, int ordinal)
    {
        if (TypeOf(row, ordinal) == raw.SQLITE_NULL)
        {
            throw new InvalidOperationException(WrappedMessages.NullValue(ordinal));
        }
    }
}
