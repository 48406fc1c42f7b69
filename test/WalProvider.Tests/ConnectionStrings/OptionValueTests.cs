using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class OptionValueTests
{
    [TestCase("true", true)]
    [TestCase("ON", true)]
    [TestCase("yes", true)]
    [TestCase("Y", true)]
    [TestCase("1", true)]
    [TestCase(" True ", true)]
    [TestCase("False", false)]
    [TestCase("off", false)]
    [TestCase("No", false)]
    [TestCase("n", false)]
    [TestCase("0", false)]
    [TestCase(true, true)]
    [TestCase(0, false)]
    [TestCase(1L, true)]
    [TestCase("", null)]
    public void SwitchValue_reads_each_spelling(object value, bool? expected)
    {
        new SwitchValue().TryConvert(value, out var converted).ShouldBeTrue();
        converted.ShouldBe(expected);
    }

    [TestCase("perhaps")]
    [TestCase("2")]
    [TestCase(1.5)]
    public void SwitchValue_refuses_anything_else(object value) => new SwitchValue().TryConvert(value, out _).ShouldBeFalse();

    private static object[] Integers() =>
        [(byte)7, (sbyte)7, (short)7, (ushort)7, 7, 7u, 7L, 7ul, "7", " 7 ", "+7"];

    [TestCaseSource(nameof(Integers))]
    public void NumberValue_reads_every_integer_type_and_text(object value)
    {
        new NumberValue<int>(0, 10).TryConvert(value, out var converted).ShouldBeTrue();
        converted.ShouldBeOfType<int>().ShouldBe(7);
    }

    private static object[] NoIntegers() =>
        ["", "7.0", "7,0", "seven", "0x7", 7.0, 7m, true, SqliteOpenMode.ReadOnly, ulong.MaxValue, "99999999999999999999", 11, -1];

    [TestCaseSource(nameof(NoIntegers))]
    public void NumberValue_refuses_anything_else(object value) =>
        new NumberValue<int>(0, 10).TryConvert(value, out _).ShouldBeFalse();

    [TestCase(0)]
    [TestCase(10)]
    public void NumberValue_takes_both_ends_of_its_range(int value) =>
        new NumberValue<int>(0, 10).TryConvert(value, out _).ShouldBeTrue();

    [TestCase(512, true)]
    [TestCase(4096, true)]
    [TestCase(65536, true)]
    [TestCase(1000, false)]
    [TestCase(256, false)]
    public void NumberValue_takes_only_powers_of_two_when_told_so(int value, bool expected) =>
        new NumberValue<int>(512, 65536, isPowerOfTwo: true).TryConvert(value, out _).ShouldBe(expected);

    private static object[] ReadOnlyInAllForms() => ["readonly", "ReadOnly", "2", 2, 2L, SqliteOpenMode.ReadOnly];

    [TestCaseSource(nameof(ReadOnlyInAllForms))]
    public void ChoiceValue_reads_name_and_number(object value)
    {
        new ChoiceValue<SqliteOpenMode>().TryConvert(value, out var converted).ShouldBeTrue();
        converted.ShouldBe(SqliteOpenMode.ReadOnly);
    }

    private static object[] NoModes() => ["", "Read", "9", 9, long.MaxValue, SqliteCacheMode.Shared, (SqliteOpenMode)9, 2.0];

    [TestCaseSource(nameof(NoModes))]
    public void ChoiceValue_refuses_anything_else(object value) =>
        new ChoiceValue<SqliteOpenMode>().TryConvert(value, out _).ShouldBeFalse();

    [TestCase("normal", "NORMAL")]
    [TestCase("1", "NORMAL")]
    [TestCase(2, "FULL")]
    [TestCase("Default", null)]
    [TestCase("", null)]
    public void WordValue_reads_word_and_number(object value, string? expected)
    {
        new WordValue(isNumbered: true, "OFF", "NORMAL", "FULL").TryConvert(value, out var converted).ShouldBeTrue();
        converted.ShouldBe(expected);
    }

    [TestCase("3")]
    [TestCase("-1")]
    [TestCase("NORM")]
    public void WordValue_refuses_anything_else(object value) =>
        new WordValue(isNumbered: true, "OFF", "NORMAL", "FULL").TryConvert(value, out _).ShouldBeFalse();

    [Test]
    public void WordValue_refuses_a_number_when_its_words_have_none() =>
        new WordValue(isNumbered: false, "DELETE", "WAL").TryConvert("1", out _).ShouldBeFalse();

    [Test]
    public void TextValue_takes_anything_as_text()
    {
        new TextValue().TryConvert(1.5, out var converted).ShouldBeTrue();
        converted.ShouldBe("1.5");
    }
}
