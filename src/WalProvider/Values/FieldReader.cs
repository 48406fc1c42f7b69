using System.Runtime.CompilerServices;

namespace WalProvider;

/// <summary>Reads a column as the type that GetFieldValue was asked for.</summary>
/// <remarks>
/// The JIT compiles the chain of comparisons once for each value type and folds it to the one branch that holds, and
/// the casts through object with it.
/// </remarks>
internal static class FieldReader
{
    internal static T Get<T>(ResultRow row, int ordinal)
    {
        if (default(T) is null && ValueReader.IsNull(row, ordinal))
        {
            return GetNull<T>(ordinal);
        }

        if (typeof(T) == typeof(int))
        {
            return As<int, T>(checked((int)ValueReader.GetInt64(row, ordinal)));
        }

        if (typeof(T) == typeof(long))
        {
            return As<long, T>(ValueReader.GetInt64(row, ordinal));
        }

        if (typeof(T) == typeof(string))
        {
            return (T)(object)ValueReader.GetString(row, ordinal);
        }

        if (typeof(T) == typeof(double))
        {
            return As<double, T>(ValueReader.GetDouble(row, ordinal));
        }

        if (typeof(T) == typeof(bool))
        {
            return As<bool, T>(ValueReader.GetInt64(row, ordinal) != 0);
        }

        if (typeof(T) == typeof(DateTime))
        {
            return As<DateTime, T>(ValueReader.GetDateTime(row, ordinal));
        }

        if (typeof(T) == typeof(byte[]))
        {
            return (T)(object)ValueReader.GetBlob(row, ordinal);
        }

        return (T)GetBoxed(row, ordinal, typeof(T));
    }

    private static T As<TValue, T>(TValue value) => Unsafe.As<TValue, T>(ref value);

    private static T GetNull<T>(int ordinal)
        => typeof(T) == typeof(DBNull) || typeof(T) == typeof(object)
            ? (T)(object)DBNull.Value
            : throw new InvalidOperationException(WrappedMessages.NullValue(ordinal));

    private static object GetBoxed(ResultRow row, int ordinal, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
        {
            return Enum.ToObject(plain, GetSimple(row, ordinal, Enum.GetUnderlyingType(plain))!);
        }

        if (plain == typeof(DBNull))
        {
            throw new InvalidCastException();
        }

        return GetSimple(row, ordinal, plain) ?? GetRarer(row, ordinal, plain) ?? ValueReader.GetValue(row, ordinal);
    }

    private static object? GetSimple(ResultRow row, int ordinal, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => ValueReader.GetInt64(row, ordinal) != 0,
        TypeCode.Byte => checked((byte)ValueReader.GetInt64(row, ordinal)),
        TypeCode.SByte => checked((sbyte)ValueReader.GetInt64(row, ordinal)),
        TypeCode.Int16 => checked((short)ValueReader.GetInt64(row, ordinal)),
        TypeCode.UInt16 => checked((ushort)ValueReader.GetInt64(row, ordinal)),
        TypeCode.Int32 => checked((int)ValueReader.GetInt64(row, ordinal)),
        TypeCode.UInt32 => checked((uint)ValueReader.GetInt64(row, ordinal)),
        TypeCode.Int64 => ValueReader.GetInt64(row, ordinal),
        TypeCode.UInt64 => (ulong)ValueReader.GetInt64(row, ordinal),
        TypeCode.Single => (float)ValueReader.GetDouble(row, ordinal),
        TypeCode.Double => ValueReader.GetDouble(row, ordinal),
        TypeCode.Decimal => ValueReader.GetDecimal(row, ordinal),
        TypeCode.DateTime => ValueReader.GetDateTime(row, ordinal),
        TypeCode.Char => ValueReader.GetChar(row, ordinal),
        TypeCode.String => ValueReader.GetString(row, ordinal),
        _ => null,
    };

    private static object? GetRarer(ResultRow row, int ordinal, Type type)
        => type == typeof(byte[]) ? ValueReader.GetBlob(row, ordinal)
            : type == typeof(Guid) ? ValueReader.GetGuid(row, ordinal)
            : type == typeof(DateTimeOffset) ? ValueReader.GetDateTimeOffset(row, ordinal)
            : type == typeof(DateOnly) ? ValueReader.GetDateOnly(row, ordinal)
            : type == typeof(TimeOnly) ? ValueReader.GetTimeOnly(row, ordinal)
            : type == typeof(TimeSpan) ? ValueReader.GetTimeSpan(row, ordinal)
            : null;
}
