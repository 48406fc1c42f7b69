using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class ColumnGuessTests
{
    private static readonly object[] Values = [1L, 1.5, "x", new byte[] { 1 }, DBNull.Value, 1L << 60];

    [TestCase("INTEGER", typeof(long))]
    [TestCase("VARCHAR(20)", typeof(string))]
    [TestCase("DOUBLE", typeof(double))]
    [TestCase("BLOB", typeof(byte[]))]
    [TestCase("DECIMAL(10,2)", typeof(decimal))]
    [TestCase("NUMERIC", typeof(decimal))]
    [TestCase("DATETIME", typeof(DateTime))]
    [TestCase("TIMESTAMP", typeof(DateTime))]
    [TestCase("BOOLEAN", typeof(bool))]
    [TestCase("BIT", typeof(bool))]
    [TestCase("UNIQUEIDENTIFIER", typeof(Guid))]
    [TestCase("anything", typeof(string))]
    [TestCase(null, typeof(object))]
    public void Type_is_that_of_the_declaration_when_there_are_no_values(string? declared, Type type)
        => new ColumnGuess(declared).Type.ShouldBe(type);

    [TestCase(null, "1", typeof(long))]
    [TestCase(null, "1,1.5", typeof(double))]
    [TestCase("REAL", "1", typeof(double))]
    [TestCase(null, "1.5", typeof(double))]
    [TestCase("INTEGER", "1,x", typeof(object))]
    [TestCase("INTEGER", "1.5", typeof(double))]
    [TestCase("TEXT", "x,NULL", typeof(string))]
    [TestCase("DECIMAL", "1,1.5", typeof(decimal))]
    [TestCase("DECIMAL", "1,0.30000000000000004", typeof(double))]
    [TestCase("DECIMAL", "x", typeof(string))]
    [TestCase("BOOLEAN", "0,1", typeof(bool))]
    [TestCase("BOOLEAN", "0,2", typeof(long))]
    [TestCase("DATETIME", "2024-02-29 12:30:00", typeof(DateTime))]
    [TestCase("DATETIME", "2024-02-29 12:30:00.1234567", typeof(DateTime))]
    [TestCase("DATETIME", "2024-02-29T12:30:00Z", typeof(string))]
    [TestCase("DATE", "2024-02-29", typeof(string))]
    [TestCase("DATETIME", "1", typeof(long))]
    [TestCase("GUID", "6F9619FF-8B86-D011-B42D-00C04FC964FF", typeof(Guid))]
    [TestCase("GUID", "6f9619ff-8b86-d011-b42d-00c04fc964ff", typeof(string))]
    public void Type_holds_all_values_unchanged(string? declared, string values, Type type)
    {
        var guess = new ColumnGuess(declared);
        var parsed = values.Split(',').Select(Parse).ToArray();
        foreach (var value in parsed)
            guess.See(value);

        guess.Type.ShouldBe(type);
        parsed.Where(value => value is not DBNull).ShouldAllBe(value => type.IsInstanceOfType(guess.Convert(value)));
    }

    [Test]
    public void Type_is_object_when_a_double_would_not_hold_the_integers()
    {
        var guess = new ColumnGuess(null);
        guess.See(1L << 60);
        guess.See(0.5);

        guess.Type.ShouldBe(typeof(object));
        guess.Convert(1L << 60).ShouldBe(1L << 60);
    }

    [Test]
    public void HasNull_tells_of_NULL()
    {
        var guess = new ColumnGuess(null);
        guess.HasNull.ShouldBeFalse();
        foreach (var value in Values)
            guess.See(value);

        guess.HasNull.ShouldBeTrue();
        guess.Convert(DBNull.Value).ShouldBe(DBNull.Value);
    }

    private static object Parse(string text)
        => text == "NULL" ? DBNull.Value
            : long.TryParse(text, out var whole) ? whole
            : double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var real) ? real
            : text;
}
