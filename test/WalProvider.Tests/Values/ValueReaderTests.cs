using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>A value comes out as the wrapped provider would give it, whatever it is stored as and asked for as.</summary>
[TestFixture]
public sealed class ValueReaderTests
{
    private static IEnumerable<string> GetterNames => ReaderCalls.Getters.Keys;

    [TestCaseSource(nameof(GetterNames))]
    public void Getters_give_what_the_wrapped_provider_gives(string name)
    {
        using var pair = new ProviderPair();
        var call = ReaderCalls.Getters.Where(getter => getter.Key == name).ToArray();
        StoredValues.All.SelectMany(value => pair.Differences($"SELECT {value} AS x", call)).ShouldBeEmpty();
    }

    [TestCaseSource(nameof(GetterNames))]
    public void Getters_give_what_the_wrapped_provider_gives_when_the_value_stands_in_a_table_beside_its_row_id(string name)
    {
        using var pair = new ProviderPair();
        var call = ReaderCalls.Getters.Where(getter => getter.Key == name).ToArray();
        Fill(pair);
        Enumerable.Range(1, StoredValues.All.Length)
            .SelectMany(id => pair.Differences($"SELECT x, id FROM v WHERE id = {id}", call))
            .ShouldBeEmpty();
    }

    [TestCaseSource(nameof(GetterNames))]
    public void Getters_refuse_an_ordinal_as_the_wrapped_provider_does(string name)
    {
        using var pair = new ProviderPair();
        var call = ReaderCalls.Getters.Where(getter => getter.Key == name).ToArray();
        new[] { -1, 2, int.MinValue, int.MaxValue }
            .SelectMany(ordinal => pair.Differences("SELECT 1 AS a, 'x' AS b", call, ordinal))
            .ShouldBeEmpty();
    }

    [Test]
    public void Getters_give_what_the_wrapped_provider_gives_of_any_double()
    {
        using var pair = new ProviderPair();
        Prop.ForAll(
                Gen.Choose(int.MinValue, int.MaxValue).Two().ToArbitrary(),
                halves => Agrees(pair, BitConverter.Int64BitsToDouble(((long)halves.Item1 << 32) ^ halves.Item2)))
            .QuickCheckThrowOnFailure();
    }

    [Test]
    public void Getters_give_what_the_wrapped_provider_gives_of_any_julian_day()
    {
        using var pair = new ProviderPair();
        Prop.ForAll(
                Gen.Choose(1_721_000, 5_374_000).Two().ToArbitrary(),
                day => Agrees(pair, day.Item1 + (day.Item2 - 1_721_000) / 3_653_001.0))
            .QuickCheckThrowOnFailure();
    }

    [Test]
    public void Getters_give_what_the_wrapped_provider_gives_of_any_integer()
    {
        using var pair = new ProviderPair();
        Prop.ForAll(
                ArbMap.Default.ArbFor<long>(),
                value => !pair.Differences($"SELECT CAST('{value}' AS INTEGER)", ReaderCalls.Getters).Any())
            .QuickCheckThrowOnFailure();
    }

    [Test]
    public void Getters_give_what_the_wrapped_provider_gives_of_any_bytes([Values("TEXT", "BLOB")] string storage)
    {
        using var pair = new ProviderPair();
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>().Filter(bytes => bytes is not null),
                bytes => !pair.Differences($"SELECT CAST(x'{Convert.ToHexString(bytes)}' AS {storage})", ReaderCalls.Getters).Any())
            .QuickCheckThrowOnFailure();
    }

    [Test]
    public void Getters_give_what_the_wrapped_provider_gives_of_a_column_that_is_not_what_it_declares()
    {
        using var pair = new ProviderPair();
        string[] declared =
        [
            "", "INTEGER", "INT8", "VARCHAR(20)", "TEXT COLLATE NOCASE", "CLOB", "BLOB", "REAL", "DOUBLE PRECISION", "FLOAT(3)",
            "NUMERIC(10,2)", "DATE", "Point", "CHARINT", "()",
        ];
        for (var i = 0; i < declared.Length; i++)
            pair.Execute($"CREATE TABLE d{i}(x {declared[i].Replace("()", "\"()\"")}); INSERT INTO d{i} VALUES (NULL), (1), (1.5), ('a'), (x'41')");
        var typeCalls = ReaderCalls.Getters.Where(call => call.Key.Contains("Type", StringComparison.Ordinal)).ToArray();
        var queries =
            from table in Enumerable.Range(0, declared.Length)
            from row in Enumerable.Range(0, 5)
            select $"SELECT x FROM d{table} LIMIT 1 OFFSET {row}";
        queries.SelectMany(query => pair.Differences(query, typeCalls)).ShouldBeEmpty();
    }

    [Test]
    public void GetTimeSpan_reads_by_the_current_culture_as_the_wrapped_provider_does()
    {
        using var pair = new ProviderPair();
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        CultureInfo.CurrentCulture = comma;
        try
        {
            StoredValues.All.SelectMany(value => pair.Differences($"SELECT {value} AS x", ReaderCalls.Getters)).ShouldBeEmpty();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static bool Agrees(ProviderPair pair, double value)
        => !double.IsFinite(value)
            || !pair.Differences($"SELECT {value.ToString("E17", CultureInfo.InvariantCulture)}", ReaderCalls.Getters).Any();

    private static void Fill(ProviderPair pair)
    {
        for (var i = 0; i < StoredValues.All.Length; i++)
            pair.Execute($"INSERT INTO v VALUES ({i + 1}, {StoredValues.All[i]})");
    }
}
