using System.Data.Common;
using NUnit.Framework;
using Shouldly;
using WalProvider.Tests;

namespace WalProvider.Conformance.Tests;

/// <summary>Values of every kind through every getter, and parameters of every type, out of a table of a real file.</summary>
public sealed class ValueConformance(Variant variant) : Conformance(variant)
{
    private static readonly Dictionary<string, Func<DbDataReader, Task<object?>>> AsyncCalls = new()
    {
        ["string"] = Field<string>(),
        ["byte[]"] = Field<byte[]>(),
        ["int"] = Field<int>(),
        ["int?"] = Field<int?>(),
        ["bool"] = Field<bool>(),
        ["decimal"] = Field<decimal>(),
        ["Guid"] = Field<Guid>(),
        ["DateTime"] = Field<DateTime>(),
        ["DateTimeOffset"] = Field<DateTimeOffset>(),
        ["DateOnly"] = Field<DateOnly>(),
        ["TimeOnly"] = Field<TimeOnly>(),
        ["TimeSpan"] = Field<TimeSpan>(),
        ["DateOnly?"] = Field<DateOnly?>(),
        ["Half"] = Field<Half>(),
        ["enum"] = Field<DayOfWeek>(),
        ["object"] = Field<object>(),
        ["DBNull"] = Field<DBNull>(),
        ["Stream"] = Field<Stream>(),
        ["TextReader"] = Field<TextReader>(),
    };

    private static IEnumerable<string> Getters => ReaderCalls.Getters.Keys;

    private static IEnumerable<string> FieldTypes => ReaderCalls.FieldValues.Keys;

    private static IEnumerable<string> AsyncTypes => AsyncCalls.Keys;

    private static IEnumerable<string> ParameterTypes => ParameterSamples.Types;

    [TestCaseSource(nameof(Getters))]
    public Task Getter_gives_the_same_of_every_stored_value(string name)
        => OfEveryValue(reader => Task.FromResult(ReaderCalls.Getters[name](reader, 1)));

    [TestCaseSource(nameof(FieldTypes))]
    public Task GetFieldValue_gives_the_same_of_every_stored_value(string type)
        => OfEveryValue(reader => Task.FromResult(ReaderCalls.FieldValues[type](reader, 1)));

    [TestCaseSource(nameof(AsyncTypes))]
    public Task GetFieldValueAsync_gives_the_same_of_every_stored_value(string type) => OfEveryValue(AsyncCalls[type]);

    [TestCaseSource(nameof(ParameterTypes))]
    public Task Parameters_of_a_type_are_stored_alike(string type) => Agree(async: true, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, "CREATE TABLE p(id INTEGER PRIMARY KEY, x)");
        foreach (var value in ParameterSamples.ByType[type])
        {
            await side.Note(() => side.Execute(side.Command(connection, "INSERT INTO p(x) VALUES (@x)", ("@x", value))));
            await side.Note(() => side.Rows(side.Command(connection, "SELECT @x, typeof(@x), hex(@x)", ("@x", value))));
        }

        await side.Note(() => side.Rows(connection, "SELECT x, typeof(x), hex(x) FROM p ORDER BY id"));
    });

    [Test]
    public async Task GetFieldValue_gives_a_nullable_enum([Values] bool async)
    {
        var ours = await Differ(Listed.NullableEnum, async, async side =>
        {
            var connection = await side.Open();
            await using var reader = await side.Reader(connection, "SELECT 3");
            await side.Read(reader);
            await side.Note(async () => async ? await reader.GetFieldValueAsync<DayOfWeek?>(0) : reader.GetFieldValue<DayOfWeek?>(0));
        });
        ours.ShouldHaveSingleItem().ShouldEndWith("System.DayOfWeek Wednesday");
    }

    private static Func<DbDataReader, Task<object?>> Field<T>() => async reader => await reader.GetFieldValueAsync<T>(1);

    private Task OfEveryValue(Func<DbDataReader, Task<object?>> call) => Agree(async: true, async side =>
    {
        var connection = await side.Open();
        await side.Execute(
            connection,
            "CREATE TABLE v(id INTEGER PRIMARY KEY, x); INSERT INTO v(x) VALUES " + string.Join(", ", StoredValues.All.Select(value => $"({value})")));
        await using var reader = await side.Reader(connection, "SELECT id, x FROM v ORDER BY id");
        while (await side.Read(reader))
            await side.Note(() => call(reader), StoredValues.All[reader.GetInt32(0) - 1]);
    });
}
