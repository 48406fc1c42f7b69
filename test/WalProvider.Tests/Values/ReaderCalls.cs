using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WalProvider.Tests;

/// <summary>Every way to ask a reader for a column, by name.</summary>
internal static class ReaderCalls
{
    public static IReadOnlyDictionary<string, Func<DbDataReader, int, object?>> Getters { get; } =
        new Dictionary<string, Func<DbDataReader, int, object?>>
        {
            ["IsDBNull"] = (reader, ordinal) => reader.IsDBNull(ordinal),
            ["IsDBNullAsync"] = (reader, ordinal) => reader.IsDBNullAsync(ordinal).GetAwaiter().GetResult(),
            ["GetBoolean"] = (reader, ordinal) => reader.GetBoolean(ordinal),
            ["GetByte"] = (reader, ordinal) => reader.GetByte(ordinal),
            ["GetChar"] = (reader, ordinal) => reader.GetChar(ordinal),
            ["GetDateTime"] = (reader, ordinal) => reader.GetDateTime(ordinal),
            ["GetDateTimeOffset"] = (reader, ordinal) => reader is SqliteDataReader wrapped
                ? wrapped.GetDateTimeOffset(ordinal)
                : ((WalDbDataReader)reader).GetDateTimeOffset(ordinal),
            ["GetTimeSpan"] = (reader, ordinal) => reader is SqliteDataReader wrapped
                ? wrapped.GetTimeSpan(ordinal)
                : ((WalDbDataReader)reader).GetTimeSpan(ordinal),
            ["GetDecimal"] = (reader, ordinal) => reader.GetDecimal(ordinal),
            ["GetDouble"] = (reader, ordinal) => reader.GetDouble(ordinal),
            ["GetFloat"] = (reader, ordinal) => reader.GetFloat(ordinal),
            ["GetGuid"] = (reader, ordinal) => reader.GetGuid(ordinal),
            ["GetInt16"] = (reader, ordinal) => reader.GetInt16(ordinal),
            ["GetInt32"] = (reader, ordinal) => reader.GetInt32(ordinal),
            ["GetInt64"] = (reader, ordinal) => reader.GetInt64(ordinal),
            ["GetString"] = (reader, ordinal) => reader.GetString(ordinal),
            ["GetValue"] = (reader, ordinal) => reader.GetValue(ordinal),
            ["Item"] = (reader, ordinal) => reader[ordinal],
            ["GetProviderSpecificValue"] = (reader, ordinal) => reader.GetProviderSpecificValue(ordinal),
            ["GetFieldType"] = (reader, ordinal) => reader.GetFieldType(ordinal),
            ["GetProviderSpecificFieldType"] = (reader, ordinal) => reader.GetProviderSpecificFieldType(ordinal),
            ["GetDataTypeName"] = (reader, ordinal) => reader.GetDataTypeName(ordinal),
            ["GetName"] = (reader, ordinal) => reader.GetName(ordinal),
            ["GetStream"] = (reader, ordinal) => reader.GetStream(ordinal),
            ["GetTextReader"] = (reader, ordinal) => reader.GetTextReader(ordinal),
            ["GetBytes of null"] = (reader, ordinal) => reader.GetBytes(ordinal, 0, null, 0, 0),
            ["GetBytes of all"] = (reader, ordinal) => Bytes(reader, ordinal, 0, 0, 2000),
            ["GetBytes from 1"] = (reader, ordinal) => Bytes(reader, ordinal, 1, 2, 3),
            ["GetBytes past the end"] = (reader, ordinal) => Bytes(reader, ordinal, 5000, 0, 1),
            ["GetBytes before the start"] = (reader, ordinal) => Bytes(reader, ordinal, -1, 0, 1),
            ["GetBytes past the buffer"] = (reader, ordinal) => Bytes(reader, ordinal, 0, 0, 2001),
            ["GetBytes before the buffer"] = (reader, ordinal) => Bytes(reader, ordinal, 0, -1, 1),
            ["GetBytes of less than none"] = (reader, ordinal) => Bytes(reader, ordinal, 0, 0, -1),
            ["GetChars of null"] = (reader, ordinal) => reader.GetChars(ordinal, 0, null, 0, 0),
            ["GetChars of all"] = (reader, ordinal) => Chars(reader, ordinal, 0, 0, 2000),
            ["GetChars from 1"] = (reader, ordinal) => Chars(reader, ordinal, 1, 2, 3),
            ["GetChars past the end"] = (reader, ordinal) => Chars(reader, ordinal, 5000, 0, 1),
            ["GetChars before the start"] = (reader, ordinal) => Chars(reader, ordinal, -1, 0, 1),
            ["GetChars past the buffer"] = (reader, ordinal) => Chars(reader, ordinal, 0, 0, 2001),
            ["GetChars before the buffer"] = (reader, ordinal) => Chars(reader, ordinal, 0, -1, 1),
            ["GetChars of less than none"] = (reader, ordinal) => Chars(reader, ordinal, 0, 0, -1),
        };

    public static IReadOnlyDictionary<string, Func<DbDataReader, int, object?>> FieldValues { get; } =
        new[]
        {
            Field<bool>(), Field<byte>(), Field<sbyte>(), Field<short>(), Field<ushort>(), Field<int>(), Field<uint>(), Field<long>(),
            Field<ulong>(), Field<float>(), Field<double>(), Field<decimal>(), Field<char>(), Field<string>(), Field<byte[]>(),
            Field<Guid>(), Field<DateTime>(), Field<DateTimeOffset>(), Field<DateOnly>(), Field<TimeOnly>(), Field<TimeSpan>(),
            Field<bool?>(), Field<byte?>(), Field<sbyte?>(), Field<short?>(), Field<ushort?>(), Field<int?>(), Field<uint?>(),
            Field<long?>(), Field<ulong?>(), Field<float?>(), Field<double?>(), Field<decimal?>(), Field<char?>(), Field<Guid?>(),
            Field<DateTime?>(), Field<DateTimeOffset?>(), Field<DateOnly?>(), Field<TimeOnly?>(), Field<TimeSpan?>(),
            Field<ParameterSamples.SByteEnum>(), Field<ParameterSamples.ByteEnum>(), Field<ParameterSamples.ShortEnum>(),
            Field<ParameterSamples.UShortEnum>(), Field<ParameterSamples.IntEnum>(), Field<ParameterSamples.UIntEnum>(),
            Field<ParameterSamples.LongEnum>(), Field<ParameterSamples.ULongEnum>(),
            Field<object>(), Field<DBNull>(), Field<Stream>(), Field<TextReader>(), Field<MemoryStream>(), Field<Half>(), Field<Half?>(),
            Field<Int128>(), Field<UInt128>(), Field<Uri>(), Field<Version>(), Field<char[]>(), Field<IComparable>(), Field<IConvertible>(),
            Field<ReadOnlyMemory<byte>>(), Field<ValueType>(), Field<Array>(), Field<nint>(),
        }.ToDictionary(call => call.Name, call => call.Get);

    private static (string Name, Func<DbDataReader, int, object?> Get) Field<T>()
        => (typeof(T).ToString(), (reader, ordinal) => reader.GetFieldValue<T>(ordinal));

    private static object Bytes(DbDataReader reader, int ordinal, long dataOffset, int bufferOffset, int length)
    {
        var buffer = new byte[2000];
        var read = reader.GetBytes(ordinal, dataOffset, buffer, bufferOffset, length);
        return new object[] { read, buffer[..((int)read + Math.Max(0, bufferOffset))] };
    }

    private static object Chars(DbDataReader reader, int ordinal, long dataOffset, int bufferOffset, int length)
    {
        var buffer = new char[2000];
        var read = reader.GetChars(ordinal, dataOffset, buffer, bufferOffset, length);
        return new object[] { read, new string(buffer, 0, (int)read + Math.Max(0, bufferOffset)) };
    }
}
