using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class ExactValueTests
{
    [TestCase("INTEGER")]
    [TestCase("TEXT")]
    [TestCase("VARCHAR(10)")]
    [TestCase("BLOB")]
    [TestCase("DOUBLE")]
    [TestCase("DATETIMEINT")]
    [TestCase(null)]
    public void TypeFor_is_null_where_the_storage_class_says_it_all(string? declared) => ExactValue.TypeFor(declared).ShouldBeNull();

    [Test]
    public void In_gives_only_what_is_stored_as_it_was()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<double>(value =>
            ExactValue.In(typeof(decimal), value) is not decimal exact || (double)exact == value));

    [Test]
    public void In_takes_what_a_parameter_stored_and_stores_it_again_as_it_was()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT $v";
        var parameter = command.Parameters.AddWithValue("$v", null);
        object[] values = [new DateTime(2024, 2, 29, 1, 2, 3).AddTicks(5), DateTime.MinValue, Guid.NewGuid(), 1.10m, 0m, decimal.MaxValue, -0.0001m, true, false];
        foreach (var value in values)
        {
            parameter.Value = value;
            var stored = command.ExecuteScalar()!;

            ExactValue.In(value.GetType(), stored).ShouldBe(value);
        }
    }
}
