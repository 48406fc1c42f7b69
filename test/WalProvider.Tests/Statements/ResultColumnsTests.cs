using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class ResultColumnsTests
{
    [Test]
    public void GetFieldType_of_null_is_that_of_the_value_seen_last_in_that_column()
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT 1.5, 'x', NULL UNION ALL SELECT NULL, NULL, NULL");
        var columns = new ResultColumns(statement);
        _ = raw.sqlite3_step(statement.Handle);
        Types(columns).ShouldBe([typeof(double), typeof(string), typeof(byte[])]);

        _ = raw.sqlite3_step(statement.Handle);

        Types(columns).ShouldBe([typeof(double), typeof(string), typeof(byte[])]);
    }

    [TestCase(-1)]
    [TestCase(2)]
    public void Column_that_is_not_there_is_refused(int ordinal)
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT 1 AS a, 2 AS b");
        var columns = new ResultColumns(statement);
        columns.GetName(1).ShouldBe("b");

        Should.Throw<ArgumentOutOfRangeException>(() => columns.GetName(ordinal)).ParamName.ShouldBe("ordinal");
        Should.Throw<ArgumentOutOfRangeException>(() => columns.GetFieldType(ordinal)).ParamName.ShouldBe("ordinal");
    }

    private static Type[] Types(ResultColumns columns) => [columns.GetFieldType(0), columns.GetFieldType(1), columns.GetFieldType(2)];
}
