using System.Data.Common;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class FieldReaderTests
{
    private static IEnumerable<string> TypeNames => ReaderCalls.FieldValues.Keys;

    [TestCaseSource(nameof(TypeNames))]
    public void Get_gives_what_the_wrapped_provider_gives(string type)
    {
        using var pair = new ProviderPair();
        var call = ReaderCalls.FieldValues.Where(field => field.Key == type).ToArray();
        StoredValues.All.SelectMany(value => pair.Differences($"SELECT {value} AS x", call)).ShouldBeEmpty();
    }

    [TestCaseSource(nameof(TypeNames))]
    public void Get_refuses_an_ordinal_as_the_wrapped_provider_does(string type)
    {
        using var pair = new ProviderPair();
        var call = ReaderCalls.FieldValues.Where(field => field.Key == type).ToArray();
        new[] { -1, 2 }.SelectMany(ordinal => pair.Differences("SELECT 1 AS a, 'x' AS b", call, ordinal)).ShouldBeEmpty();
    }

    [Test]
    public void Get_gives_a_nullable_enum_which_the_wrapped_provider_cannot_unbox()
    {
        using var pair = new ProviderPair();
        (string, Func<DbDataReader, int, object?>)[] calls =
        [
            ("int", (reader, ordinal) => reader.GetFieldValue<DayOfWeek?>(ordinal)),
            ("byte", (reader, ordinal) => reader.GetFieldValue<ParameterSamples.ByteEnum?>(ordinal)),
        ];
        foreach (var (name, call) in calls)
        {
            var difference = pair.Differences("SELECT 3", [KeyValuePair.Create(name, call)]).ShouldHaveSingleItem();
            difference.ShouldContain($"wrapped {typeof(InvalidCastException)}");
            difference.ShouldEndWith(name == "int" ? "ours System.DayOfWeek Wednesday" : "Enum 3");
            pair.Differences("SELECT NULL", [KeyValuePair.Create(name, call)]).ShouldBeEmpty();
        }
    }
}
