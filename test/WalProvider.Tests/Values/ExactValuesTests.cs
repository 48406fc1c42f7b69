using System.Globalization;
using Dapper;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Values;

/// <summary>Dates, times and decimals come back as they went in, by typed getters and through Dapper.</summary>
[TestFixture("")]
[TestFixture("DateTime Kind=Utc")]
public sealed class ExactValuesTests(string keywords)
{
    private const string Columns = "TEXT|DATETIME|TIMESTAMP|BLOB|";

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static IEnumerable<object> Values { get; } =
    [
        DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch,
        new DateTimeOffset(638_000_000_001_234_567, TimeSpan.FromHours(-14)),
        new DateTimeOffset(638_000_000_000_000_001, TimeSpan.FromHours(5.75)),
        new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.FromMinutes(-210)),
        // Both hours called 02:30 of the night in which the clocks go back, and one beside the hour that is left out.
        new DateTimeOffset(2024, 10, 27, 2, 30, 0, TimeSpan.FromHours(2)),
        new DateTimeOffset(2024, 10, 27, 2, 30, 0, TimeSpan.FromHours(1)),
        TimeZoneInfo.ConvertTime(new DateTimeOffset(2024, 3, 31, 1, 0, 0, TimeSpan.Zero), Berlin),
        DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(2024, 2, 29), new DateOnly(1582, 10, 10),
        TimeOnly.MinValue, TimeOnly.MaxValue, new TimeOnly(13, 14, 15), new TimeOnly(1), new TimeOnly(863_999_990_000),
        TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromTicks(1), TimeSpan.FromTicks(-1),
        new TimeSpan(-1, 2, 3, 4, 5), new TimeSpan(24, 0, 0), TimeSpan.FromTicks(-863_999_999_999),
        0m, 1m, -1m, 1.50m, 100.00m, 0.1m, -12345.678m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m,
        -0.0000000000000000000000000001m, 7.9228162514264337593543950335m, 1234567890123456789.012345678m, 79228162514264337593543950334.5m,
    ];

    private static IEnumerable<DateTime> Dates { get; } =
    [
        DateTime.MinValue, DateTime.MaxValue, DateTime.UnixEpoch, new(2024, 2, 29), new(638_000_000_001_234_567), new(638_000_000_000_000_001),
        new(2024, 3, 31, 2, 30, 0), new(2024, 10, 27, 2, 30, 0), new(1582, 10, 10),
    ];

    [Test]
    public void Value_comes_back_by_its_getter([ValueSource(nameof(Values))] object value, [Values] bool withDapper)
    {
        using var database = new TestDatabase(keywords);
        using var connection = WithTable(database, value is decimal ? "TEXT|BLOB|" : Columns);
        for (var column = 0; column < ColumnCount(connection); column++)
            (withDapper ? ThroughDapper(connection, value, column) : ThroughGetter(connection, value, column)).ShouldBe(value, $"column {column}");
    }

    [Test]
    public void DateTime_comes_back_to_the_tick([ValueSource(nameof(Dates))] DateTime date, [Values] DateTimeKind kind)
    {
        var value = DateTime.SpecifyKind(date, kind);
        using var database = new TestDatabase(keywords);
        using var connection = WithTable(database, Columns);
        for (var column = 0; column < ColumnCount(connection); column++)
        {
            var back = (DateTime)ThroughGetter(connection, value, column);
            var isUtc = keywords.Length > 0;
            back.ShouldBe(isUtc && kind == DateTimeKind.Local ? value.ToUniversalTime() : value);
            back.Kind.ShouldBe(isUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified);

            back = (DateTime)ThroughDapper(connection, value, column);
            back.ShouldBe(kind == DateTimeKind.Local ? value.ToUniversalTime() : value);
            back.Kind.ShouldBe(DateTimeKind.Utc);
        }
    }

    [Test]
    public void Dapper_reads_lists_and_members_and_nulls()
    {
        WalDapperTypes.Register();
        using var database = new TestDatabase(keywords);
        using var connection = database.Open();
        connection.Execute("CREATE TABLE v(Id INTEGER PRIMARY KEY, At TEXT, Offset TEXT, Day TEXT, Time TEXT, Length TEXT, Price TEXT, MaybeAt TEXT, MaybePrice TEXT)");
        var row = new Row(1, DateTime.UnixEpoch, DateTimeOffset.MaxValue, DateOnly.MaxValue, TimeOnly.MaxValue, TimeSpan.MinValue, decimal.MaxValue, null, null);
        connection.Execute("INSERT INTO v VALUES (@Id, @At, @Offset, @Day, @Time, @Length, @Price, @MaybeAt, @MaybePrice)", row);
        connection.Execute("INSERT INTO v SELECT 2, At, Offset, Day, Time, Length, Price, At, Price FROM v");
        connection.Query<Row>("SELECT * FROM v ORDER BY Id").ShouldBe([row, row with { Id = 2, MaybeAt = row.At, MaybePrice = row.Price }]);
        connection.Query<decimal>("SELECT Price FROM v").ShouldBe([row.Price, row.Price]);
        connection.ExecuteScalar<long>("SELECT count(*) FROM v WHERE Day = @Day AND Length = @Length AND Price = @Price", row).ShouldBe(2);
    }

    [Test]
    public void Dapper_takes_a_stream()
    {
        WalDapperTypes.Register();
        using var database = new TestDatabase(keywords);
        using var connection = database.OpenWithTable();
        connection.Execute("INSERT INTO t VALUES (@data)", new { data = (Stream)new MemoryStream([1, 2]) });
        connection.Ask("SELECT hex(a) FROM t").ShouldBe("0102");
    }

    private static object ThroughGetter(WalDbConnection connection, object value, int column)
    {
        using var command = new WalDbCommand($"DELETE FROM v; INSERT INTO v(c{column}) VALUES ($v); SELECT c{column} FROM v", connection);
        command.Parameters.AddWithValue("$v", value);
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();
        return value switch
        {
            DateTime => reader.GetDateTime(0),
            DateTimeOffset => reader.GetFieldValue<DateTimeOffset>(0),
            DateOnly => reader.GetFieldValue<DateOnly>(0),
            TimeOnly => reader.GetFieldValue<TimeOnly>(0),
            TimeSpan => reader.GetTimeSpan(0),
            _ => reader.GetDecimal(0),
        };
    }

    private static object ThroughDapper(WalDbConnection connection, object value, int column) => value switch
    {
        DateTime date => ThroughDapper(connection, date, column),
        DateTimeOffset date => ThroughDapper(connection, date, column),
        DateOnly date => ThroughDapper(connection, date, column),
        TimeOnly time => ThroughDapper(connection, time, column),
        TimeSpan time => ThroughDapper(connection, time, column),
        _ => ThroughDapper(connection, (decimal)value, column),
    };

    private static object ThroughDapper<T>(WalDbConnection connection, T value, int column)
        where T : struct
    {
        WalDapperTypes.Register();
        connection.Execute($"DELETE FROM v; INSERT INTO v(c{column}) VALUES (@value)", new { value });
        return connection.QuerySingle<T>($"SELECT c{column} FROM v");
    }

    private static WalDbConnection WithTable(TestDatabase database, string types)
    {
        var connection = database.Open();
        connection.Run($"CREATE TABLE v({string.Join(", ", types.Split('|').Select((type, i) => $"c{i} {type}"))})");
        return connection;
    }

    private static int ColumnCount(WalDbConnection connection)
        => Convert.ToInt32(connection.Ask("SELECT count(*) FROM pragma_table_info('v')"), CultureInfo.InvariantCulture);

    private sealed record Row(
        long Id, DateTime At, DateTimeOffset Offset, DateOnly Day, TimeOnly Time, TimeSpan Length, decimal Price, DateTime? MaybeAt, decimal? MaybePrice);
}
