using System.Collections;
using System.Data;
using System.Globalization;
using System.Text;

namespace WalProvider.Tests;

/// <summary>
/// What a call came to, as text that two providers can be held against each other by: the value with its type and every
/// bit of it, or the exception's type and message.
/// </summary>
internal static class Outcome
{
    public static string Of(Func<object?> call)
    {
        try
        {
            return Describe(call());
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return Describe(error);
        }
    }

    public static async Task<string> Of(Func<Task<object?>> call)
    {
        try
        {
            return Describe(await call());
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return Describe(error);
        }
    }

    public static string Describe(Exception error) => $"{error.GetType().FullName}: {error.Message}";

    public static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"\"{Escape(text)}\"",
        byte[] blob => $"byte[{blob.Length}] {Convert.ToHexString(blob)}",
        double number => $"double {BitConverter.DoubleToInt64Bits(number):x16}",
        float number => $"float {BitConverter.SingleToInt32Bits(number):x8}",
        decimal number => $"decimal {string.Join(',', decimal.GetBits(number))}",
        char character => $"char {(int)character}",
        DateTime time => $"DateTime {time.Ticks} {time.Kind}",
        DateTimeOffset time => $"DateTimeOffset {time.Ticks} {time.Offset}",
        TimeSpan time => $"TimeSpan {time.Ticks}",
        DateOnly date => $"DateOnly {date.DayNumber}",
        TimeOnly time => $"TimeOnly {time.Ticks}",
        Type type => $"Type {type}",
        Stream stream => Read(stream),
        TextReader reader => Read(reader),
        DataTable table => Read(table),
        IEnumerable values => $"[{string.Join("; ", values.Cast<object?>().Select(Describe))}]",
        _ => $"{value.GetType()} {Convert.ToString(value, CultureInfo.InvariantCulture)}",
    };

    private static string Read(Stream stream)
    {
        using (stream)
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            // Ours stands for the wrapped provider's.
            var name = stream is WalDbBlob ? "SqliteBlob" : stream.GetType().Name;
            return $"{name} {Convert.ToHexString(copy.ToArray())}";
        }
    }

    private static string Read(TextReader reader)
    {
        using (reader)
            return $"{reader.GetType().Name} {Escape(reader.ReadToEnd())}";
    }

    private static string Read(DataTable table)
    {
        var text = new StringBuilder($"DataTable {table.TableName}");
        foreach (DataColumn column in table.Columns)
            text.Append($"\n  column {column.ColumnName} {column.DataType} null:{column.AllowDBNull} unique:{column.Unique} readonly:{column.ReadOnly}");
        foreach (DataRow row in table.Rows)
            text.Append($"\n  row {Describe(row.ItemArray)}");
        return text.ToString();
    }

    private static string Escape(string text) => string.Concat(text.Select(c => c is >= ' ' and < '\x7f' ? c.ToString() : $"\\u{(int)c:x4}"));
}
