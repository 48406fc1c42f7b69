using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>A value goes in as the wrapped provider would put it in, whatever its type, the type chosen for it and its Size.</summary>
[TestFixture]
public sealed class ValueBinderTests
{
    private static readonly SqliteType?[] ChosenTypes = [null, SqliteType.Integer, SqliteType.Real, SqliteType.Text, SqliteType.Blob];
    private static readonly int?[] Sizes = [null, -1, 0, 1, 3, 100_000];

    [TestCaseSource(typeof(ParameterSamples), nameof(ParameterSamples.Types))]
    public void TryBind_stores_what_the_wrapped_provider_stores(string type)
    {
        using var pair = new ProviderPair();
        var differences =
            from value in ParameterSamples.ByType[type]
            from chosen in ChosenTypes
            from size in Sizes
            where !IsSizeLost(value, size)
            select Difference(pair, value, chosen, size);
        differences.OfType<string>().ShouldBeEmpty();
    }

    [Test]
    public void TryBind_counts_a_size_of_zero_as_none_when_the_value_is_neither_text_nor_blob()
    {
        // The one documented exception: the wrapped provider answers 0 for a Size that was never set there.
        using var pair = new ProviderPair();
        var (wrapped, ours) = pair.Bind(() => Parameter(1.5m, null, 0));
        wrapped.ShouldContain("\"text\"; \"\"");
        ours.ShouldContain("\"1.5\"");
    }

    [Test]
    public void TryBind_refuses_a_value_that_was_never_set()
    {
        using var pair = new ProviderPair();
        var (wrapped, ours) = pair.Bind(() => new SqliteParameter { ParameterName = "$p" });
        ours.ShouldBe(wrapped);
        ours.ShouldStartWith(typeof(InvalidOperationException).FullName!);
    }

    [Test]
    public void TryBind_refuses_a_null_that_is_not_DBNull()
    {
        using var pair = new ProviderPair();
        var (wrapped, ours) = pair.Bind(() => new SqliteParameter("$p", null));
        ours.ShouldBe(wrapped);
    }

    [Test]
    public void TryBind_forgets_a_type_that_was_reset()
    {
        using var pair = new ProviderPair();
        var (wrapped, ours) = pair.Bind(() =>
        {
            var parameter = Parameter(new DateTime(2024, 2, 29), SqliteType.Real, null);
            parameter.ResetSqliteType();
            return parameter;
        });
        ours.ShouldBe(wrapped);
        ours.ShouldContain("2024-02-29 00:00:00");
    }

    [Test]
    public void TryBind_stores_any_text_as_the_wrapped_provider_does()
        => Holds<string>(value => value is not null, ArbMap.Default.ArbFor<string>());

    [Test]
    public void TryBind_stores_any_utf16_as_the_wrapped_provider_does()
        => Holds<char[]>(_ => true, ArbMap.Default.ArbFor<char[]>(), value => new string(value));

    [Test]
    public void TryBind_stores_any_blob_as_the_wrapped_provider_does()
        => Holds<byte[]>(value => value is not null, ArbMap.Default.ArbFor<byte[]>());

    [Test]
    public void TryBind_stores_any_double_as_the_wrapped_provider_does() => Holds(_ => true, Bits(BitConverter.Int64BitsToDouble));

    [Test]
    public void TryBind_stores_any_float_as_the_wrapped_provider_does()
        => Holds(_ => true, Bits(bits => BitConverter.Int32BitsToSingle((int)bits)));

    [Test]
    public void TryBind_stores_any_decimal_as_the_wrapped_provider_does() => Holds(_ => true, ArbMap.Default.ArbFor<decimal>());

    [Test]
    public void TryBind_stores_any_integer_as_the_wrapped_provider_does() => Holds(_ => true, Bits(bits => bits));

    [Test]
    public void TryBind_stores_any_guid_as_the_wrapped_provider_does() => Holds(_ => true, ArbMap.Default.ArbFor<Guid>());

    [Test]
    public void TryBind_stores_any_date_and_time_as_the_wrapped_provider_does()
        => Holds(_ => true, Bits(bits => new DateTime(Fold(bits, DateTime.MaxValue.Ticks))));

    [Test]
    public void TryBind_stores_any_date_with_offset_as_the_wrapped_provider_does()
        => Holds(_ => true, Bits(bits => new DateTimeOffset(
            Fold(bits, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.FromMinutes(Fold(bits, 840))).AddHours(14)));

    [Test]
    public void TryBind_stores_any_date_as_the_wrapped_provider_does()
        => Holds(_ => true, Bits(bits => DateOnly.FromDayNumber((int)Fold(bits, DateOnly.MaxValue.DayNumber))));

    [Test]
    public void TryBind_stores_any_time_as_the_wrapped_provider_does()
        => Holds(_ => true, Bits(bits => new TimeOnly(Fold(bits, TimeOnly.MaxValue.Ticks))));

    [Test]
    public void TryBind_stores_any_time_of_whole_milliseconds_as_the_wrapped_provider_does()
        => Holds(_ => true, Bits(bits => new TimeOnly(Fold(bits, 86_399_999) * TimeSpan.TicksPerMillisecond)));

    [Test]
    public void TryBind_stores_any_time_span_as_the_wrapped_provider_does() => Holds(_ => true, Bits(bits => new TimeSpan(bits)));

    private static void Holds<T>(Func<T, bool> isMeant, Arbitrary<T> values, Func<T, object>? convert = null)
    {
        using var pair = new ProviderPair();
        Prop.ForAll(
                values,
                Gen.Elements(ChosenTypes).ToArbitrary(),
                Gen.Elements(Sizes).ToArbitrary(),
                (value, chosen, size) => !isMeant(value)
                    || IsSizeLost(convert?.Invoke(value) ?? value!, size)
                    || Difference(pair, convert?.Invoke(value) ?? value!, chosen, size) is null)
            .QuickCheckThrowOnFailure();
    }

    private static Arbitrary<T> Bits<T>(Func<long, T> make)
        => Gen.Choose(int.MinValue, int.MaxValue).Two().Select(halves => make(((long)halves.Item1 << 32) ^ halves.Item2)).ToArbitrary();

    private static long Fold(long bits, long most) => (long)((ulong)bits % (ulong)(most + 1));

    private static string? Difference(ProviderPair pair, object value, SqliteType? chosen, int? size)
    {
        var (wrapped, ours) = pair.Bind(() => Parameter(value, chosen, size));
        return wrapped == ours ? null : $"{Outcome.Describe(value)} as {chosen} size {size}: wrapped {wrapped} | ours {ours}";
    }

    private static SqliteParameter Parameter(object value, SqliteType? chosen, int? size)
    {
        var parameter = new SqliteParameter("$p", value);
        if (chosen is { } type)
            parameter.SqliteType = type;
        if (size is { } limit)
            parameter.Size = limit;
        return parameter;
    }

    private static bool IsSizeLost(object value, int? size) => size == 0 && value is not (string or byte[]);
}
