using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SqliteConnection = WalProvider.WalDbConnection;

namespace WalProvider.Tests;

/// <summary>Ordinary code that teaches a connection functions, aggregates and collations.</summary>
[TestFixture]
public sealed class DropInFunctionTests
{
    [Test]
    public void Functions_of_any_arity_are_called()
    {
        using var connection = Open();
        connection.CreateFunction("none", () => 7);
        connection.CreateFunction("twice", (int a) => a * 2);
        connection.CreateFunction("sum3", (int a, int b, int c) => a + b + c, isDeterministic: true);
        connection.CreateFunction("with_state", 10, (int state, int a) => state + a);
        connection.CreateFunction("any", (object?[] values) => values.Length);
        connection.CreateFunction("regexp", (string pattern, string input) => System.Text.RegularExpressions.Regex.IsMatch(input, pattern));
        connection.CreateFunction<double?, double?>("root", a => a is null ? null : Math.Sqrt(a.Value));
        Scalar(connection, "SELECT none()").ShouldBe(7L);
        Scalar(connection, "SELECT twice(21)").ShouldBe(42L);
        Scalar(connection, "SELECT sum3(1, 2, 3)").ShouldBe(6L);
        Scalar(connection, "SELECT with_state(5)").ShouldBe(15L);
        Scalar(connection, "SELECT any(1, 'a', NULL)").ShouldBe(3L);
        Scalar(connection, "SELECT 'abc' REGEXP '^a.c$'").ShouldBe(1L);
        Scalar(connection, "SELECT root(9.0)").ShouldBe(3.0);
        Scalar(connection, "SELECT root(NULL)").ShouldBe(DBNull.Value);
    }

    [Test]
    public void Function_that_throws_fails_the_statement()
    {
        using var connection = Open();
        connection.CreateFunction<int>("fails", () => throw new InvalidOperationException("on purpose"));
        Should.Throw<SqliteException>(() => Scalar(connection, "SELECT fails()")).SqliteErrorCode.ShouldBe(1);
        Scalar(connection, "SELECT 1").ShouldBe(1L);
    }

    [Test]
    public void Aggregates_gather_rows()
    {
        using var connection = Open();
        connection.CreateAggregate("join_up", "", (string all, string one) => all + one);
        connection.CreateAggregate(
            "spread",
            (Least: double.MaxValue, Most: double.MinValue),
            ((double Least, double Most) seen, double value) => (Math.Min(seen.Least, value), Math.Max(seen.Most, value)),
            seen => seen.Most - seen.Least);
        Scalar(connection, "SELECT join_up(x) FROM (SELECT 'a' AS x UNION ALL SELECT 'b')").ShouldBe("ab");
        Scalar(connection, "SELECT spread(x) FROM (SELECT 3 AS x UNION ALL SELECT 10 UNION ALL SELECT 5)").ShouldBe(7.0);
    }

    [Test]
    public void Collations_order_rows()
    {
        using var connection = Open();
        connection.CreateCollation("by_length", (one, other) => one.Length.CompareTo(other.Length));
        connection.CreateCollation("by_distance", 'm', (middle, one, other) => Math.Abs(one[0] - middle).CompareTo(Math.Abs(other[0] - middle)));
        const string Words = "SELECT x FROM (SELECT 'ccc' AS x UNION ALL SELECT 'm' UNION ALL SELECT 'zz') ORDER BY x COLLATE ";
        Scalar(connection, Words + "by_length DESC").ShouldBe("ccc");
        Scalar(connection, Words + "by_distance").ShouldBe("m");
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
