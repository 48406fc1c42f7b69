using System.Data;
using System.Data.Common;
using Dapper;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Dapper, unchanged, with and without batching.</summary>
[TestFixture("")]
[TestFixture("Write Batch Size=3")]
[TestFixture("Statement Cache Size=0")]
public sealed class DapperTests(string keywords)
{
    private TempFolder _folder = null!;
    private WalDbConnection _connection = null!;

    private enum Colour
    {
        Red = 1,
        Green,
    }

    [SetUp]
    public void Open()
    {
        _folder = new TempFolder();
        _connection = new WalDbConnection($"Data Source={_folder.File()};{keywords}");
        _connection.Open();
        _connection.Execute("CREATE TABLE person(Id INTEGER PRIMARY KEY, Name TEXT, Age INTEGER, Weight REAL, Photo BLOB)");
    }

    [TearDown]
    public void Close()
    {
        _connection.Dispose();
        WalDbConnection.ClearPool(_connection);
        _folder.Dispose();
    }

    [Test]
    public void Query_maps_rows_to_objects()
    {
        _connection.Execute("INSERT INTO person VALUES (1, @name, @age, @weight, @photo)", new { name = "Ada", age = 36, weight = 55.5, photo = new byte[] { 1 } });
        var person = _connection.QuerySingle<Person>("SELECT * FROM person WHERE Id = @id", new { id = 1 });
        person.ShouldBe(new Person(1, "Ada", 36, 55.5, person.Photo));
        person.Photo.ShouldBe([1]);
        _connection.QueryFirstOrDefault<Person>("SELECT * FROM person WHERE Id = 2").ShouldBeNull();
        ((string)_connection.QuerySingle("SELECT Name FROM person").Name).ShouldBe("Ada");
        _connection.ExecuteScalar<long>("SELECT count(*) FROM person").ShouldBe(1);
    }

    [Test]
    public async Task Execute_with_a_list_runs_once_for_each([Values] bool async)
    {
        var people = Enumerable.Range(1, 10).Select(i => new { Id = i, Name = $"n{i}", Age = (int?)(i % 2 == 0 ? i : null) }).ToArray();
        const string Insert = "INSERT INTO person(Id, Name, Age) VALUES (@Id, @Name, @Age)";
        var count = async ? await _connection.ExecuteAsync(Insert, people) : _connection.Execute(Insert, people);
        count.ShouldBe(10);
        var ages = async
            ? await _connection.QueryAsync<int?>("SELECT Age FROM person ORDER BY Id")
            : _connection.Query<int?>("SELECT Age FROM person ORDER BY Id");
        ages.ShouldBe([null, 2, null, 4, null, 6, null, 8, null, 10]);
    }

    [Test]
    public async Task QueryMultiple_reads_result_after_result([Values] bool async)
    {
        const string Sql = "SELECT 1 UNION SELECT 2; SELECT 'a'; SELECT * FROM person";
        using var results = async ? await _connection.QueryMultipleAsync(Sql) : _connection.QueryMultiple(Sql);
        (async ? await results.ReadAsync<int>() : results.Read<int>()).ShouldBe([1, 2]);
        (async ? await results.ReadSingleAsync<string>() : results.ReadSingle<string>()).ShouldBe("a");
        (async ? await results.ReadAsync<Person>() : results.Read<Person>()).ShouldBeEmpty();
        results.IsConsumed.ShouldBeTrue();
    }

    [Test]
    public async Task Unbuffered_rows_come_one_by_one([Values] bool async)
    {
        _connection.Execute("INSERT INTO person(Id) VALUES (1), (2), (3), (4)");
        var seen = new List<long>();
        if (async)
        {
            await foreach (var id in _connection.QueryUnbufferedAsync<long>("SELECT Id FROM person ORDER BY Id"))
            {
                seen.Add(id);
                if (id == 3)
                    break;
            }
        }
        else
        {
            foreach (var id in _connection.Query<long>("SELECT Id FROM person ORDER BY Id", buffered: false))
            {
                seen.Add(id);
                if (id == 3)
                    break;
            }
        }

        seen.ShouldBe([1, 2, 3]);
        _connection.Execute("DELETE FROM person").ShouldBe(4);
    }

    [Test]
    public void Parameters_of_every_type_come_back()
    {
        ComesBack(true);
        ComesBack((byte)200);
        ComesBack((short)-5);
        ComesBack(int.MinValue);
        ComesBack(long.MaxValue);
        ComesBack(1.5f);
        ComesBack(Math.PI);
        ComesBack(123.45m);
        ComesBack('x');
        ComesBack("text with ' and \0");
        ComesBack(new DateTime(2024, 2, 29, 1, 2, 3, 4));
        ComesBack(Colour.Green);
        ComesBack((int?)7);
        ComesBack((int?)null);
        ComesBack((string?)null);
        _connection.QuerySingle<byte[]>("SELECT @value", new { value = new byte[] { 1, 2 } }).ShouldBe([1, 2]);
    }

    [Test]
    public void Lists_are_expanded_into_parameters()
    {
        _connection.Execute("INSERT INTO person(Id) VALUES (1), (2), (3)");
        _connection.Query<long>("SELECT Id FROM person WHERE Id IN @ids ORDER BY Id", new { ids = new[] { 3, 1, 9 } }).ShouldBe([1, 3]);
        _connection.Query<long>("SELECT Id FROM person WHERE Id IN @ids", new { ids = Array.Empty<int>() }).ShouldBeEmpty();
    }

    [Test]
    public void DynamicParameters_are_bound_by_name()
    {
        var parameters = new DynamicParameters();
        parameters.Add("a", 1, DbType.Int64);
        parameters.Add("@b", "two", DbType.String, size: 2);
        var row = _connection.QuerySingle<(long A, string B)>("SELECT @a, @b", parameters);
        row.ShouldBe((1, "tw"));
    }

    [Test]
    public async Task Transactions_hold_with_and_without_being_passed([Values] bool passes, [Values] bool commits)
    {
        await using (var transaction = await _connection.BeginTransactionAsync())
        {
            _connection.Execute("INSERT INTO person(Id) VALUES (1)", transaction: passes ? transaction : null);
            await _connection.ExecuteAsync("INSERT INTO person(Id) VALUES (2)", transaction: passes ? transaction : null);
            if (commits)
                await transaction.CommitAsync();
        }

        _connection.ExecuteScalar<int>("SELECT count(*) FROM person").ShouldBe(commits ? 2 : 0);
    }

    [Test]
    public void Rows_are_mapped_to_two_objects()
    {
        _connection.Execute("INSERT INTO person(Id, Name) VALUES (1, 'one'), (2, 'two')");
        var pairs = _connection.Query<Named, Named, (string, string)>(
            "SELECT a.Id, a.Name, b.Id, b.Name FROM person a JOIN person b ON b.Id > a.Id", (a, b) => (a.Name, b.Name), splitOn: "Id");
        pairs.ShouldBe([("one", "two")]);
    }

    [Test]
    public void ExecuteReader_gives_a_reader_of_ours_inside()
    {
        using var reader = _connection.ExecuteReader("SELECT 1 AS a UNION SELECT 2");
        var table = new DataTable();
        table.Load(reader);
        table.Rows.Count.ShouldBe(2);
        table.Rows[1]["a"].ShouldBe(2L);
    }

    [Test]
    public void Closed_connection_is_opened_and_closed_around_a_call()
    {
        _connection.Close();
        _connection.ExecuteScalar<int>("SELECT 1").ShouldBe(1);
        _connection.State.ShouldBe(ConnectionState.Closed);
        _connection.Query<int>("SELECT 1 UNION SELECT 2").ShouldBe([1, 2]);
        _connection.State.ShouldBe(ConnectionState.Closed);
        _connection.Execute("INSERT INTO person(Id) VALUES (1)").ShouldBe(1);
        _connection.State.ShouldBe(ConnectionState.Closed);
        _connection.ExecuteScalar<int>("SELECT count(*) FROM person").ShouldBe(1);
    }

    [Test]
    public void Type_handlers_of_the_users_are_asked()
    {
        SqlMapper.AddTypeHandler(new WeekHandler());
        var week = new Week(2024, 9);
        _connection.Execute("INSERT INTO person(Id, Name) VALUES (1, @week)", new { week });
        _connection.ExecuteScalar<string>("SELECT Name FROM person").ShouldBe("2024-W09");
        _connection.QuerySingle<Week>("SELECT Name FROM person").ShouldBe(week);
        _connection.QuerySingle<Diary>("SELECT Name AS Week FROM person").Week.ShouldBe(week);
    }

    [Test]
    public void Errors_come_unwrapped()
        => Should.Throw<DbException>(() => _connection.Query<int>("SELECT * FROM missing"))
            .ShouldBeOfType<Microsoft.Data.Sqlite.SqliteException>();

    private void ComesBack<T>(T value) => _connection.QuerySingle<T>("SELECT @value", new { value }).ShouldBe(value);

    private sealed record Person(long Id, string Name, long Age, double Weight, byte[] Photo);

    private sealed record Named(long Id, string Name);

    private sealed record Diary
    {
        public Week Week { get; init; } = null!;
    }

    private sealed record Week(int Year, int Number);

    private sealed class WeekHandler : SqlMapper.TypeHandler<Week>
    {
        public override void SetValue(IDbDataParameter parameter, Week? value) => parameter.Value = value is null ? DBNull.Value : $"{value.Year}-W{value.Number:00}";

        public override Week Parse(object value) => ((string)value).Split("-W") is [var year, var number] ? new Week(int.Parse(year), int.Parse(number)) : throw new FormatException();
    }
}
