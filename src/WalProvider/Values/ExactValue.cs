using System.Globalization;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// The type that a declaration such as DECIMAL(10,2) or DATETIME asks for beyond SQLite's storage classes, and the values
/// that go through it unchanged: bound as a parameter again, they are what was stored.
/// </summary>
internal static class ExactValue
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.FFFFFFF";
    private const string DecimalFormat = "0.0###########################";

    // NB: in the order of the storage classes' own rules: what counts as an integer or a text there is one here.
    private static readonly (string Part, Type Type)[] Types =
    [
        ("BOOL", typeof(bool)), ("GUID", typeof(Guid)), ("UNIQUEIDENTIFIER", typeof(Guid)), ("DATE", typeof(DateTime)),
        ("TIMESTAMP", typeof(DateTime)), ("DEC", typeof(decimal)), ("NUM", typeof(decimal)), ("MONEY", typeof(decimal)),
        ("CURRENCY", typeof(decimal)),
    ];

    /// <summary>The type that a declaration asks for; null where a storage class says it all.</summary>
    internal static Type? TypeFor(string? declared)
    {
        if (declared is null || IsStorageClass(declared))
        {
            return null;
        }

        return declared.Trim().Equals("BIT", StringComparison.OrdinalIgnoreCase)
            ? typeof(bool)
            : Types.FirstOrDefault(entry => Has(declared, entry.Part)).Type;
    }

    /// <summary>The value in a type of <see cref="TypeFor"/>; null if it would come back as another one.</summary>
    internal static object? In(Type type, object value) => type == typeof(bool) ? Bool(value)
        : type == typeof(Guid) ? Guid(value)
        : type == typeof(DateTime) ? Time(value)
        : Decimal(value);

    private static bool IsStorageClass(string declared)
        => ColumnTypes.Affinity(declared) != raw.SQLITE_TEXT
            || Has(declared, "CHAR") || Has(declared, "CLOB") || Has(declared, "TEXT");

    private static object? Bool(object value) => value switch
    {
        0L => false,
        1L => true,
        _ => null,
    };

    private static object? Guid(object value)
        => value is string text && System.Guid.TryParseExact(text, "D", out var guid) && guid.ToString().ToUpperInvariant() == text
            ? guid
            : null;

    private static object? Time(object value)
        => value is string text
            && DateTime.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && time.ToString(TimeFormat, CultureInfo.InvariantCulture) == text
                ? time
                : null;

    private static object? Decimal(object value) => value switch
    {
        long whole => (decimal)whole,
        double real when Math.Abs(real) < 1e15 && (double)(decimal)real == real => (decimal)real,
        string text when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            && number.ToString(DecimalFormat, CultureInfo.InvariantCulture) == text => number,
        _ => null,
    };

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
