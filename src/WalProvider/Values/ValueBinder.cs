using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>Binds a parameter's value as the wrapped provider does, type for type.</summary>
internal static class ValueBinder
{
    private const string DateTimeFormat = @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF";
    private const string DateTimeOffsetFormat = @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFFzzz";
    private const string DecimalFormat = "0.0###########################";

    /// <summary>Binds a value; false when the type is not known here.</summary>
    /// <exception cref="InvalidOperationException">The value is a NaN, by the wrapped provider's rule.</exception>
    internal static bool TryBind(CompiledStatement statement, int index, SqliteParameter parameter, object value)
    {
        switch (value)
        {
            case string text:
                BindText(statement, index, Truncate(text, parameter));
                return true;
            case int number:
                _ = EngineExports.BindInt64(statement.Handle, index, number);
                return true;
            case long number:
                _ = EngineExports.BindInt64(statement.Handle, index, number);
                return true;
            case double number:
                BindDouble(statement, index, number);
                return true;
            case float number:
                BindDouble(statement, index, number);
                return true;
            case byte[] blob:
                _ = EngineExports.BindBlob(statement.Handle, index, Truncate(blob, parameter));
                return true;
            case DBNull:
                _ = EngineExports.BindNull(statement.Handle, index);
                return true;
            case bool or byte or sbyte or short or ushort or uint or ulong or Enum:
                _ = EngineExports.BindInt64(statement.Handle, index, ToInt64(value));
                return true;
            default:
                return TryBindFormatted(statement, index, parameter, value);
        }
    }

    private static long ToInt64(object value) => value switch
    {
        bool flag => flag ? 1 : 0,
        byte number => number,
        sbyte number => number,
        short number => number,
        ushort number => number,
        uint number => number,
        ulong number => (long)number,
        _ => EnumToInt64((Enum)value),
    };

    private static long EnumToInt64(Enum value)
        => value.GetTypeCode() == TypeCode.UInt64
            ? (long)Convert.ToUInt64(value, CultureInfo.InvariantCulture)
            : Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static bool TryBindFormatted(CompiledStatement statement, int index, SqliteParameter parameter, object value)
    {
        switch (value)
        {
            case DateTime time when ParameterType.Is(parameter, SqliteType.Real):
                BindDouble(statement, index, JulianDay.From(DateKind.ToStore(time, statement.Row.DateTimeKind)));
                return true;
            case DateTime time:
                BindFormatted(statement, index, parameter, DateKind.ToStore(time, statement.Row.DateTimeKind), DateTimeFormat);
                return true;
            case decimal number:
                BindFormatted(statement, index, parameter, number, DecimalFormat);
                return true;
            case Guid guid when ParameterType.Is(parameter, SqliteType.Blob):
                _ = EngineExports.BindBlob(statement.Handle, index, Truncate(guid.ToByteArray(), parameter));
                return true;
            case Guid guid:
                BindText(statement, index, Truncate(guid.ToString().ToUpperInvariant(), parameter));
                return true;
            case char character when ParameterType.Is(parameter, SqliteType.Integer):
                _ = EngineExports.BindInt64(statement.Handle, index, character);
                return true;
            case char character:
                BindText(statement, index, Truncate(character.ToString(), parameter));
                return true;
            default:
                return TryBindRarer(statement, index, parameter, value);
        }
    }

    private static bool TryBindRarer(CompiledStatement statement, int index, SqliteParameter parameter, object value)
    {
        switch (value)
        {
            case DateTimeOffset time when ParameterType.Is(parameter, SqliteType.Real):
                BindDouble(statement, index, JulianDay.From(time.DateTime));
                return true;
            case DateTimeOffset time:
                BindFormatted(statement, index, parameter, time, DateTimeOffsetFormat);
                return true;
            case TimeSpan time when ParameterType.Is(parameter, SqliteType.Real):
                BindDouble(statement, index, time.TotalDays);
                return true;
            case TimeSpan time:
                BindFormatted(statement, index, parameter, time, "c");
                return true;
            case DateOnly date when ParameterType.IsReal(parameter):
                BindDouble(statement, index, JulianDay.From(date.ToDateTime(default)));
                return true;
            case DateOnly date:
                BindFormatted(statement, index, parameter, date, @"yyyy\-MM\-dd");
                return true;
            case TimeOnly time when ParameterType.IsReal(parameter):
                BindDouble(statement, index, JulianDay.FractionOf(time));
                return true;
            case TimeOnly time:
                BindFormatted(
                    statement, index, parameter, time, time.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.fffffff");
                return true;
            default:
                return false;
        }
    }

    private static void BindFormatted<T>(
        CompiledStatement statement, int index, SqliteParameter parameter, T value, string format)
        where T : IUtf8SpanFormattable
    {
        Span<byte> utf8 = stackalloc byte[64];
        value.TryFormat(utf8, out var length, format, CultureInfo.InvariantCulture);
        // NB: the form is ASCII, so a Size in characters is one in bytes.
        var size = parameter.Size;
        _ = EngineExports.BindText(statement.Handle, index, size > 0 && size < length ? utf8[..size] : utf8[..length]);
    }

    private static void BindDouble(CompiledStatement statement, int index, double value)
    {
        if (double.IsNaN(value))
        {
            throw new InvalidOperationException(WrappedMessages.NotANumber());
        }

        _ = EngineExports.BindDouble(statement.Handle, index, value);
    }

    private static unsafe void BindText(CompiledStatement statement, int index, ReadOnlySpan<char> text)
    {
        if (EngineExports.CanBindInPlace && Encoding.UTF8.TryGetBytes(text, statement.Arena.Rest, out var length))
        {
            _ = EngineExports.BindTextInPlace(statement.Handle, index, statement.Arena.Take(length), length);
            return;
        }

        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(text));
        try
        {
            length = Encoding.UTF8.GetBytes(text, utf8);
            SqliteException.ThrowExceptionForRC(EngineExports.BindText(statement.Handle, index, utf8.AsSpan(0, length)), null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    // NB: Size without a value set gives the value's own length, and for values that are neither text nor blob zero; so
    // a Size of zero cannot be told from none there, and counts as none.
    private static ReadOnlySpan<char> Truncate(string text, SqliteParameter parameter)
    {
        var size = parameter.Size;
        return size >= 0 && size < text.Length && (size > 0 || parameter.Value is string) ? text.AsSpan(0, size) : text;
    }

    private static ReadOnlySpan<byte> Truncate(byte[] blob, SqliteParameter parameter)
    {
        var size = parameter.Size;
        return size >= 0 && size < blob.Length && (size > 0 || parameter.Value is byte[]) ? blob.AsSpan(0, size) : blob;
    }
}
