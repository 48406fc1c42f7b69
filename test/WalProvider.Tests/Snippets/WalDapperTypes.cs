using System.Data;
using System.Globalization;
using Dapper;

namespace WalProvider.Tests;

// snippet: dapper-types
public static class WalDapperTypes
{
    /// <summary>Makes Dapper read and write these types exactly. Every DateTime is UTC.</summary>
    public static void Register()
    {
        Add(text => DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc), ToUtc);
        Add(text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        Add(text => DateOnly.Parse(text, CultureInfo.InvariantCulture));
        Add(text => TimeOnly.Parse(text, CultureInfo.InvariantCulture));
        Add(text => TimeSpan.Parse(text, CultureInfo.InvariantCulture));
        Add(text => decimal.Parse(text, NumberStyles.Number | NumberStyles.AllowExponent, CultureInfo.InvariantCulture));
        SqlMapper.AddTypeHandler(new Handler<Stream>(_ => throw new NotSupportedException("Read it with GetStream."), stream => stream));
    }

    private static void Add<T>(Func<string, T> parse, Func<T, T>? prepare = null)
        where T : struct
    {
        SqlMapper.AddTypeHandler(new Handler<T>(parse, prepare ?? (value => value)));
        // What Dapper knows of a type by itself goes before a handler.
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
    }

    private static DateTime ToUtc(DateTime value) => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;

    private sealed class Handler<T>(Func<string, T> parse, Func<T, T> prepare) : SqlMapper.TypeHandler<T>
    {
        // The provider knows the form in which each type is stored.
        public override void SetValue(IDbDataParameter parameter, T? value)
            => parameter.Value = value is null ? DBNull.Value : prepare(value);

        public override T Parse(object value) => parse(Convert.ToString(value, CultureInfo.InvariantCulture)!);
    }
}
// end
