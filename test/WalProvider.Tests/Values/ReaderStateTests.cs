using System.Data.Common;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Getters called where there is no row refuse it in the wrapped provider's words.</summary>
[TestFixture]
public sealed class ReaderStateTests
{
    // NB: asked for a stream of one of two columns that stand in no table, the wrapped provider takes the process down.
    private const string Query = "SELECT x AS a, y AS b FROM s";

    private static IEnumerable<string> CallNames
        => ReaderCalls.Getters.Keys.Concat(["GetFieldValue", "GetFieldValue of Stream", "GetFieldValue of TextReader", "GetOrdinal", "GetOrdinal of none", "this[name]", "this[none]", "GetValues",
            "GetSchemaTable", "GetColumnSchema", "FieldCount", "HasRows", "IsClosed", "Depth", "VisibleFieldCount", "Read", "NextResult",
            "GetProviderSpecificValues", "GetEnumerator"]);

    [Test]
    public void Getters_refuse_as_the_wrapped_provider_does_before_the_first_row([ValueSource(nameof(CallNames))] string name)
        => ShouldAgree(name, Query, _ => { });

    [Test]
    public void Getters_refuse_as_the_wrapped_provider_does_after_the_last_row([ValueSource(nameof(CallNames))] string name)
        => ShouldAgree(name, Query, reader =>
        {
            reader.Read().ShouldBeTrue();
            reader.Read().ShouldBeFalse();
        });

    [Test]
    public void Getters_refuse_as_the_wrapped_provider_does_without_a_row([ValueSource(nameof(CallNames))] string name)
        => ShouldAgree(name, Query + " WHERE 0", _ => { });

    [Test]
    public void Getters_refuse_as_the_wrapped_provider_does_after_the_last_result([ValueSource(nameof(CallNames))] string name)
        => ShouldAgree(name, Query, reader => reader.NextResult().ShouldBeFalse());

    [Test]
    public void Getters_refuse_as_the_wrapped_provider_does_without_a_result([ValueSource(nameof(CallNames))] string name)
        => ShouldAgree(name, "CREATE TABLE n(x)", _ => { });

    [Test]
    public void Getters_refuse_as_the_wrapped_provider_does_when_the_reader_is_closed([ValueSource(nameof(CallNames))] string name)
        => ShouldAgree(name, Query, reader =>
        {
            reader.Read().ShouldBeTrue();
            reader.Close();
        });

    private static void ShouldAgree(string name, string sql, Action<DbDataReader> prepare)
    {
        using var pair = new ProviderPair();
        pair.Execute("CREATE TABLE s(x, y); INSERT INTO s VALUES (1, 'x')");
        Come(pair.Ours, name, sql, prepare).ShouldBe(Come(pair.Wrapped, name, sql, prepare));
    }

    private static string Come(DbConnection connection, string name, string sql, Action<DbDataReader> prepare)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        prepare(reader);
        return Outcome.Of(() => Call(name)(reader));
    }

    private static Func<DbDataReader, object?> Call(string name) => name switch
    {
        "GetFieldValue" => reader => reader.GetFieldValue<int>(0),
        "GetFieldValue of Stream" => reader => reader.GetFieldValue<Stream>(0),
        "GetFieldValue of TextReader" => reader => reader.GetFieldValue<TextReader>(0),
        "GetOrdinal" => reader => reader.GetOrdinal("B"),
        "this[name]" => reader => reader["b"],
        "GetOrdinal of none" => reader => reader.GetOrdinal("none"),
        "this[none]" => reader => reader["none"],
        "GetValues" => reader => reader.GetValues(new object[2]),
        "GetProviderSpecificValues" => reader => reader.GetProviderSpecificValues(new object[2]),
        "GetSchemaTable" => reader => reader.GetSchemaTable(),
        "GetColumnSchema" => reader => reader.GetColumnSchema().Count,
        "FieldCount" => reader => reader.FieldCount,
        "VisibleFieldCount" => reader => reader.VisibleFieldCount,
        "HasRows" => reader => reader.HasRows,
        "IsClosed" => reader => reader.IsClosed,
        "Depth" => reader => reader.Depth,
        "Read" => reader => reader.Read(),
        "NextResult" => reader => reader.NextResult(),
        "GetEnumerator" => reader => reader.Cast<DbDataRecord>().Select(record => record.GetValue(0)),
        _ => reader => ReaderCalls.Getters[name](reader, 0),
    };
}
