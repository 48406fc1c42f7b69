namespace WalProvider.Tests;

/// <summary>Values of every CLR type that a parameter may be given, with the edges of each; and of types that it may not.</summary>
internal static class ParameterSamples
{
    public static IReadOnlyDictionary<string, object[]> ByType { get; } = new Dictionary<string, object[]>
    {
        ["null"] = [DBNull.Value],
        ["bool"] = [true, false],
        ["byte"] = [byte.MinValue, byte.MaxValue],
        ["sbyte"] = [sbyte.MinValue, sbyte.MaxValue],
        ["short"] = [short.MinValue, short.MaxValue],
        ["ushort"] = [ushort.MinValue, ushort.MaxValue],
        ["int"] = [int.MinValue, 0, int.MaxValue],
        ["uint"] = [uint.MinValue, uint.MaxValue],
        ["long"] = [long.MinValue, -1L, 0L, long.MaxValue],
        ["ulong"] = [ulong.MinValue, (ulong)long.MaxValue, (ulong)long.MaxValue + 1, ulong.MaxValue],
        ["double"] =
        [
            0.0, -0.0, 1.5, Math.PI, double.Epsilon, double.MaxValue, double.MinValue, double.PositiveInfinity,
            double.NegativeInfinity, double.NaN,
        ],
        ["float"] = [0f, -0f, 1.1f, float.Epsilon, float.MaxValue, float.NegativeInfinity, float.NaN],
        ["decimal"] = [0m, -0.0m, 1m, 1.50m, 0.1m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, -12345.678m],
        ["char"] = ['a', '\0', 'é', '\uD83D', '\uFFFF', '1'],
        ["string"] =
        [
            "", "a", "abc", "abcd", "a\0b", "\0", "é", "日本語", "😀😀", "\uD83D", "x\uDE00y", "\uFEFFbom", new string('x', 511),
            new string('é', 600), "1", "1.5", "NULL", "'quoted'",
        ],
        ["byte[]"] = [Array.Empty<byte>(), new byte[] { 0 }, new byte[] { 1, 2, 3, 4 }, new byte[16], new byte[2000]],
        ["Guid"] = [Guid.Empty, new Guid("00112233-4455-6677-8899-aabbccddeeff")],
        ["DateTime"] =
        [
            DateTime.MinValue, DateTime.MaxValue, new DateTime(2024, 2, 29), new DateTime(2024, 2, 29, 23, 59, 59, 999),
            new DateTime(638_000_000_001_234_567), new DateTime(2000, 1, 1, 12, 0, 0, DateTimeKind.Utc),
            new DateTime(1582, 10, 15), new DateTime(100, 3, 1), new DateTime(4, 2, 29, 0, 0, 0, 1),
            new DateTime(2014, 4, 1, 14, 45, 12, 29),
        ],
        ["DateTimeOffset"] =
        [
            DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(5.5)),
            new DateTimeOffset(638_000_000_001_234_567, TimeSpan.FromHours(-14)),
        ],
        ["DateOnly"] = [DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(2024, 2, 29)],
        ["TimeOnly"] = [TimeOnly.MinValue, TimeOnly.MaxValue, new TimeOnly(1, 2, 3), new TimeOnly(1, 2, 3, 4)],
        ["TimeSpan"] = [TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromSeconds(1.5), new TimeSpan(-1, 2, 3, 4, 5)],
        ["enum"] =
        [
            SByteEnum.Least, ByteEnum.Most, ShortEnum.Least, UShortEnum.Most, IntEnum.Least, UIntEnum.Most, LongEnum.Least,
            ULongEnum.Most, (IntEnum)77, DayOfWeek.Friday,
        ],
        ["unknown"] =
        [
            new object(), (Half)1, (Int128)1, (UInt128)1, new Uri("http://a/"), new Version(1, 2),
            new[] { 1, 2 }, "abc".ToCharArray(), (nint)1, typeof(int), new ReadOnlyMemory<byte>([1]),
        ],
    };

    public static IEnumerable<string> Types => ByType.Keys;

    public enum SByteEnum : sbyte
    {
        Least = sbyte.MinValue,
    }

    public enum ByteEnum : byte
    {
        Most = byte.MaxValue,
    }

    public enum ShortEnum : short
    {
        Least = short.MinValue,
    }

    public enum UShortEnum : ushort
    {
        Most = ushort.MaxValue,
    }

    public enum IntEnum
    {
        Least = int.MinValue,
    }

    public enum UIntEnum : uint
    {
        Most = uint.MaxValue,
    }

    public enum LongEnum : long
    {
        Least = long.MinValue,
    }

    public enum ULongEnum : ulong
    {
        Most = ulong.MaxValue,
    }
}
