using System.Globalization;
using System.Text;
using SQLitePCL;

namespace WalProvider;

/// <summary>Reads a column of the current row as the wrapped provider does, type for type.</summary>
/// <remarks>The caller has made sure that there is a row.</remarks>
internal static class ValueReader
{
    internal static bool IsNull(ResultRow row, int ordinal) => row.TypeOf(ordinal) == raw.SQLITE_NULL;

    internal static long GetInt64(ResultRow row, int ordinal)
    {
        RefuseNull(row, ordinal);
        return row.Int64(ordinal);
    }

    internal static double GetDouble(ResultRow row, int ordinal)
    {
        RefuseNull(row, ordinal);
        return row.Double(ordinal);
    }

    internal static string GetString(ResultRow row, int ordinal)
    {
        RefuseNull(row, ordinal);
        return Text(row, ordinal);
    }

    internal static byte[] GetBlob(ResultRow row, int ordinal)
    {
        RefuseNull(row, ordinal);
        return row.Blob(ordinal).ToArray();
    }

    internal static char GetChar(ResultRow row, int ordinal)
        => row.TypeOf(ordinal) == raw.SQLITE_TEXT && Text(row, ordinal) is [var only]
            ? only
            : checked((char)GetInt64(row, ordinal));

    internal static decimal GetDecimal(ResultRow row, int ordinal)
        => decimal.Parse(
            GetString(row, ordinal), NumberStyles.Number | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);

    internal static DateTime GetDateTime(ResultRow row, int ordinal)
        => DateKind.AsRead(
            IsNumber(row, ordinal)
                ? JulianDay.ToDateTime(row.Double(ordinal))
                : DateTime.Parse(GetString(row, ordinal), CultureInfo.InvariantCulture),
            row.DateTimeKind);

    internal static DateTimeOffset GetDateTimeOffset(ResultRow row, int ordinal)
        => IsNumber(row, ordinal)
            ? new DateTimeOffset(DateKind.AsRead(JulianDay.ToDateTime(row.Double(ordinal)), row.DateTimeKind))
            : DateTimeOffset.Parse(
                GetString(row, ordinal),
                CultureInfo.InvariantCulture,
                row.DateTimeKind == DateTimeKind.Utc ? DateTimeStyles.AssumeUniversal : DateTimeStyles.None);

    internal static DateOnly GetDateOnly(ResultRow row, int ordinal)
        => IsNumber(row, ordinal)
            ? DateOnly.FromDateTime(JulianDay.ToDateTime(row.Double(ordinal)))
            : DateOnly.Parse(GetString(row, ordinal), CultureInfo.InvariantCulture);

    internal static TimeOnly GetTimeOnly(ResultRow row, int ordinal)
        => TimeOnly.Parse(GetString(row, ordinal), CultureInfo.InvariantCulture);

    internal static TimeSpan GetTimeSpan(ResultRow row, int ordinal)
        => IsNumber(row, ordinal)
            ? TimeSpan.FromDays(row.Double(ordinal))
            // NB: the current culture, as in the wrapped provider.
            : TimeSpan.Parse(GetString(row, ordinal));

    internal static Guid GetGuid(ResultRow row, int ordinal)
    {
        if (row.TypeOf(ordinal) != raw.SQLITE_BLOB)
        {
            return new Guid(GetString(row, ordinal));
        }

        var bytes = row.Blob(ordinal);
        return bytes.Length == 16 ? new Guid(bytes) : new Guid(Encoding.UTF8.GetString(bytes));
    }

    /// <summary>The value in the type of its storage class; DBNull for NULL.</summary>
    internal static object GetValue(ResultRow row, int ordinal) => row.TypeOf(ordinal) switch
    {
        raw.SQLITE_INTEGER => row.Int64(ordinal),
        raw.SQLITE_FLOAT => row.Double(ordinal),
        raw.SQLITE_TEXT => Text(row, ordinal),
        raw.SQLITE_NULL => DBNull.Value,
        _ => row.Blob(ordinal).ToArray(),
    };

    /// <summary>The values of the first columns, as many as there is room for; how many.</summary>
    internal static int GetValues(ResultRow row, object[] values)
    {
        var count = Math.Min(values.Length, row.Count);
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            values[ordinal] = GetValue(row, ordinal);
        }

        return count;
    }

    private static string Text(ResultRow row, int ordinal)
        => Encoding.UTF8.GetString(row.Text(ordinal));

    private static bool IsNumber(ResultRow row, int ordinal)
        => row.TypeOf(ordinal) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT;

    private static void RefuseNull(ResultRow row, int ordinal)
    {
        if (row.TypeOf(ordinal) == raw.SQLITE_NULL)
        {
            throw new InvalidOperationException(WrappedMessages.NullValue(ordinal));
        }
    }
}
