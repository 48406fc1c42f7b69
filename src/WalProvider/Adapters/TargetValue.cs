using System.Data.Common;

namespace WalProvider;

/// <summary>
/// Reads a value for a column of a DataTable that is there already, in that column's type: as the reader's typed getters
/// have it, where the DataTable itself would go by the current culture or refuse.
/// </summary>
internal static class TargetValue
{
    private static readonly Dictionary<Type, Func<DbDataReader, int, object>> Getters = new()
    {
        [typeof(DateTime)] = (reader, ordinal) => reader.GetDateTime(ordinal),
        [typeof(DateTimeOffset)] = (reader, ordinal) => reader.GetFieldValue<DateTimeOffset>(ordinal),
        [typeof(DateOnly)] = (reader, ordinal) => reader.GetFieldValue<DateOnly>(ordinal),
        [typeof(TimeOnly)] = (reader, ordinal) => reader.GetFieldValue<TimeOnly>(ordinal),
        [typeof(TimeSpan)] = (reader, ordinal) => reader.GetFieldValue<TimeSpan>(ordinal),
        [typeof(Guid)] = (reader, ordinal) => reader.GetGuid(ordinal),
        [typeof(decimal)] = (reader, ordinal) => reader.GetDecimal(ordinal),
        [typeof(string)] = (reader, ordinal) => reader.GetString(ordinal),
        [typeof(char)] = (reader, ordinal) => reader.GetChar(ordinal),
    };

    /// <exception cref="InvalidCastException">The value has a fraction, and the column takes whole numbers.</exception>
    /// <exception cref="FormatException">The value is a text that is none of the column's type.</exception>
    internal static object Read(DbDataReader reader, int ordinal, Type target)
    {
        if (reader.IsDBNull(ordinal))
        {
            return DBNull.Value;
        }

        if (Getters.TryGetValue(target, out var get))
        {
            return get(reader, ordinal);
        }

        var value = reader.GetValue(ordinal);
        return value is double real && IsWhole(target) && real != Math.Floor(real)
            ? throw new InvalidCastException(
                $"Column '{reader.GetName(ordinal)}' holds {real.ToString(System.Globalization.CultureInfo.InvariantCulture)}, "
                + $"and the DataColumn takes whole numbers ({target.Name}): it would be rounded. Give the DataColumn the type Double or Decimal.")
            : value;
    }

    private static bool IsWhole(Type type) => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64;
}
