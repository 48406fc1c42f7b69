using System.Data;
using System.Globalization;
using Dapper;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Ecosystem.Tests;

/// <summary>Handlers that a program registers with Dapper for types that SQLite does not have.</summary>
[TestFixtureSource(typeof(Provider), nameof(Provider.All))]
public sealed class DapperHandlerTests(Provider provider) : LibraryTest(provider)
{
    [OneTimeSetUp]
    public void Register()
    {
        SqlMapper.AddTypeHandler(new DayHandler());
        SqlMapper.AddTypeHandler(new MoneyHandler());
    }

    [Test]
    public async Task Handlers_write_and_read_their_types([Values] bool async)
    {
        Connection.Execute("CREATE TABLE sale(Id INTEGER PRIMARY KEY, Day TEXT, Price INTEGER)");
        var sale = new Sale { Id = 1, Day = new Day(2024, 60), Price = new Money(12.34m) };
        const string Insert = "INSERT INTO sale VALUES (@Id, @Day, @Price)";
        _ = async ? await Connection.ExecuteAsync(Insert, sale) : Connection.Execute(Insert, sale);
        Connection.QuerySingle<string>("SELECT Day || '|' || Price FROM sale").ShouldBe("2024-060|1234");
        Connection.QuerySingle<Sale>("SELECT * FROM sale WHERE Price = @Price", new { sale.Price }).ShouldBe(sale);
        Connection.QuerySingle<Day>("SELECT Day FROM sale").ShouldBe(sale.Day);
    }

    private readonly record struct Money(decimal Amount);

    private readonly record struct Day(int Year, int Number);

    private sealed record Sale
    {
        public long Id { get; init; }

        public Day Day { get; init; }

        public Money Price { get; init; }
    }

    private sealed class MoneyHandler : SqlMapper.TypeHandler<Money>
    {
        public override void SetValue(IDbDataParameter parameter, Money value) => parameter.Value = (long)(value.Amount * 100);

        public override Money Parse(object value) => new((long)value / 100m);
    }

    private sealed class DayHandler : SqlMapper.TypeHandler<Day>
    {
        public override void SetValue(IDbDataParameter parameter, Day value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = string.Create(CultureInfo.InvariantCulture, $"{value.Year:0000}-{value.Number:000}");
        }

        public override Day Parse(object value)
            => new(int.Parse(((string)value).AsSpan(0, 4), CultureInfo.InvariantCulture), int.Parse(((string)value).AsSpan(5), CultureInfo.InvariantCulture));
    }
}
