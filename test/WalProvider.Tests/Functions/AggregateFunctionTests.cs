using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Functions;

[TestFixture]
public sealed class AggregateFunctionTests
{
    private const string Numbers = "(SELECT 1 AS x UNION SELECT 2 UNION SELECT 3 UNION SELECT 4)";

    [Test]
    public void Window_function_gives_what_the_engines_own_gives([Values("", "ORDER BY x", "ORDER BY x ROWS 1 PRECEDING",
        "ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING", "ORDER BY x DESC ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING",
        "PARTITION BY x % 2", "ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW")] string window)
    {
        using var connection = Open();

        var own = connection.Ask($"SELECT group_concat(s) FROM (SELECT total_of(x) OVER ({window}) AS s FROM {Numbers})");

        own.ShouldBe(connection.Ask($"SELECT group_concat(s) FROM (SELECT coalesce(sum(x) OVER ({window}), 0) AS s FROM {Numbers})"));
    }

    [Test]
    public void Window_function_is_an_aggregate_too_and_each_group_begins_anew()
    {
        using var connection = Open();
        for (var round = 0; round < 3; round++)
        {
            connection.Ask($"SELECT total_of(x) FROM {Numbers}").ShouldBe(10L);
            connection.Ask($"SELECT group_concat(s) FROM (SELECT total_of(x) AS s FROM {Numbers} GROUP BY x % 2 ORDER BY 1)").ShouldBe("4,6");
            connection.Ask($"SELECT total_of(x) FROM {Numbers} WHERE x > 9").ShouldBe(0L);
        }
    }

    [Test]
    public void Arguments_of_every_number_arrive()
    {
        using var connection = Open();
        connection.CreateWindowFunction("two", 0L, (long sum, long a, long b) => sum + a * b, (long sum, long a, long b) => sum - a * b, sum => sum);
        connection.CreateWindowFunction(
            "three", "", (string all, long a, string b, double c) => $"{all}{a}{b}{c}", (all, _, _, _) => all, all => all);
        connection.CreateWindowFunction(
            "any", "", (string all, object?[] values) => all + string.Join('/', values.Select(value => value ?? "null")), (all, _) => all, all => all);

        connection.Ask($"SELECT two(x, 2) FROM {Numbers}").ShouldBe(20L);
        connection.Ask("SELECT three(1, 'b', 0.5)").ShouldBe("1b0.5");
        connection.Ask("SELECT any(1, 'b', 2.5, NULL)").ShouldBe("1/b/2.5/null");
        connection.Ask("SELECT any()").ShouldBe("");
        Should.Throw<SqliteException>(() => connection.Ask("SELECT two(1)"));
    }

    [Test]
    public void Arguments_and_results_are_converted_as_columns_and_parameters_are()
    {
        using var connection = Open();
        var id = Guid.NewGuid();
        Last<string>(connection, "of_text", "'é'").ShouldBe("é");
        Last<byte[]>(connection, "of_blob", "x'0102'").ShouldBe(new byte[] { 1, 2 });
        Last<byte[]>(connection, "of_empty", "zeroblob(0)").ShouldBe(Array.Empty<byte>());
        Last<double>(connection, "of_real", "1.5").ShouldBe(1.5);
        Last<int>(connection, "of_int", "7").ShouldBe(7L);
        Last<bool>(connection, "of_bool", "3").ShouldBe(1L);
        Last<decimal>(connection, "of_decimal", "'1.10'").ShouldBe("1.1");
        Last<DateTime>(connection, "of_time", "'2024-02-29 12:30:00'").ShouldBe("2024-02-29 12:30:00");
        Last<Guid>(connection, "of_guid", $"'{id}'").ShouldBe(id.ToString().ToUpperInvariant());
        Last<long?>(connection, "of_nullable", "NULL").ShouldBe(DBNull.Value);
        Last<string?>(connection, "of_null_text", "NULL").ShouldBe(DBNull.Value);
        Last<DayOfWeek>(connection, "of_enum", "2").ShouldBe(2L);
    }

    [Test]
    public void What_the_functions_throw_fails_the_statement_alone([Values("step", "inverse", "result")] string where, [Values] bool isSqlite)
    {
        using var connection = Open();
        Exception Failure() => isSqlite ? new SqliteException("on purpose", 19) : new NotSupportedException("on purpose");
        connection.CreateWindowFunction<long, long, long>(
            "fails",
            0,
            (sum, value) => where == "step" ? throw Failure() : sum + value,
            (sum, value) => where == "inverse" ? throw Failure() : sum - value,
            sum => where == "result" ? throw Failure() : sum);

        var error = Should.Throw<SqliteException>(() => connection.Ask($"SELECT max(s) FROM (SELECT fails(x) OVER (ORDER BY x ROWS 1 PRECEDING) AS s FROM {Numbers})"));

        error.SqliteErrorCode.ShouldBe(isSqlite ? 19 : 1);
        error.Message.ShouldContain("on purpose");
        connection.Ask($"SELECT total_of(x) FROM {Numbers}").ShouldBe(10L);
    }

    [Test]
    public void Null_for_an_argument_that_has_none_fails_the_statement_and_names_both()
    {
        using var connection = Open();

        var error = Should.Throw<SqliteException>(() => connection.Ask("SELECT total_of(NULL)"));

        error.Message.ShouldContain("total_of");
        error.Message.ShouldContain("Int64");
    }

    [Test]
    public void Nan_and_types_that_nobody_knows_fail_the_statement()
    {
        using var connection = Open();
        connection.CreateWindowFunction("nan", 0L, (long sum, long _) => sum, (sum, _) => sum, _ => double.NaN);
        connection.CreateWindowFunction("version", 0L, (long sum, long _) => sum, (sum, _) => sum, _ => new Version(1, 2));

        Should.Throw<SqliteException>(() => connection.Ask("SELECT nan(1)"));
        Should.Throw<SqliteException>(() => connection.Ask("SELECT version(1)"));
    }

    [Test]
    public void Functions_that_are_missing_and_names_that_are_too_long_are_refused()
    {
        using var connection = Open();
        static long Step(long sum, long value) => sum + value;

        Should.Throw<ArgumentNullException>(() => connection.CreateWindowFunction<long, long, long>(null!, 0, Step, Step, sum => sum));
        Should.Throw<ArgumentNullException>(() => connection.CreateWindowFunction<long, long, long>("f", 0, null!, Step, sum => sum));
        Should.Throw<ArgumentNullException>(() => connection.CreateWindowFunction<long, long, long>("f", 0, Step, null!, sum => sum));
        Should.Throw<ArgumentNullException>(() => connection.CreateWindowFunction<long, long, long>("f", 0, Step, Step, null!));
        Should.Throw<SqliteException>(() => connection.CreateWindowFunction<long, long, long>(new string('f', 300), 0, Step, Step, sum => sum));
    }

    [Test]
    public void Functions_of_a_connection_are_there_again_and_do_not_reach_the_next_user()
    {
        using var database = new TestDatabase();
        using var connection = new WalDbConnection(database.ConnectionString);
        Define(connection);
        for (var round = 0; round < 2; round++)
        {
            connection.Open();
            connection.Ask($"SELECT total_of(x) FROM {Numbers}").ShouldBe(10L);
            connection.Close();
        }

        using var other = new WalDbConnection(database.ConnectionString);
        other.Open();
        Should.Throw<SqliteException>(() => other.Ask("SELECT total_of(1)"));
    }

    [Test]
    public void Functions_of_the_builder_are_on_every_session_and_begin_anew_for_every_user()
    {
        using var folder = new TempFolder();
        using var source = new WalDbDataSourceBuilder($"Data Source={folder.File()}")
            .CreateAggregate("longest", "", (string best, string text) => text.Length > best.Length ? text : best, best => best)
            .CreateWindowFunction("total_of", 0L, (long sum, long value) => sum + value, (long sum, long value) => sum - value, sum => sum)
            .Build();
        for (var round = 0; round < 3; round++)
        {
            using var connection = source.OpenConnection();
            connection.Ask("SELECT longest(x) FROM (SELECT 'a' AS x UNION SELECT 'abc' UNION SELECT 'ab')").ShouldBe("abc");
            connection.Ask("SELECT longest(x) FROM (SELECT 'a' AS x)").ShouldBe("a");
            connection.Ask($"SELECT max(s) FROM (SELECT total_of(x) OVER (ORDER BY x ROWS 1 PRECEDING) AS s FROM {Numbers})").ShouldBe(7L);
            Should.Throw<SqliteException>(() => connection.Ask($"SELECT longest(x) OVER () FROM {Numbers}"));
        }

        source.Statistics.Created.ShouldBe(1);
    }

    [Test]
    public void Sql_on_the_same_connection_from_inside_is_refused()
    {
        using var connection = Open();
        connection.CreateWindowFunction("asks", 0L, (long sum, long value) => sum + (long)connection.Ask("SELECT 1")!, (sum, _) => sum, sum => sum);

        Should.Throw<SqliteException>(() => connection.Ask("SELECT asks(1)")).Message.ShouldContain("second connection");

        connection.Ask("SELECT 1").ShouldBe(1L);
    }

    [Test]
    public void Statement_that_is_left_in_the_middle_frees_what_was_accumulated()
    {
        using var connection = Open();
        var references = new List<WeakReference>();
        connection.CreateWindowFunction(
            "keeps", (object?)null, (object? _, long _) => Remember(references), (sum, _) => sum, _ => 1L);
        using (var reader = connection.Read($"SELECT keeps(x) OVER (ORDER BY x ROWS 1 PRECEDING) FROM {Numbers}"))
            reader.Read().ShouldBeTrue();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        references.ShouldAllBe(reference => !reference.IsAlive);
    }

    private static object Remember(List<WeakReference> references)
    {
        var made = new object();
        references.Add(new WeakReference(made));
        return made;
    }

    private static object? Last<T>(WalDbConnection connection, string name, string argument)
    {
        connection.CreateWindowFunction<T, T?, T?>(name, default, (_, value) => value, (last, _) => last, last => last);
        return connection.Ask($"SELECT {name}({argument})") ?? DBNull.Value;
    }

    private static WalDbConnection Open()
    {
        var connection = new WalDbConnection("Data Source=:memory:");
        connection.Open();
        Define(connection);
        return connection;
    }

    private static void Define(WalDbConnection connection)
        => connection.CreateWindowFunction("total_of", 0L, (long sum, long value) => sum + value, (long sum, long value) => sum - value, sum => sum);
}
