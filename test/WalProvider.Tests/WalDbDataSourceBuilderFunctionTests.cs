using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalDbDataSourceBuilderFunctionTests
{
    [Test]
    public void Functions_are_there_on_every_session_and_leave_it_clean()
    {
        using var folder = new TempFolder();
        var calls = 0;
        using var source = new WalDbDataSourceBuilder($"Data Source={folder.File()}")
            .CreateFunction("answer", () => 42L, isDeterministic: true)
            .CreateFunction("plus", (long a, long b) => a + b)
            .CreateFunction("count_of", (object?[] values) => (long)values.Length)
            .CreateFunction("called", (string text) => text + Interlocked.Increment(ref calls))
            .CreateCollation("backwards", (one, other) => string.CompareOrdinal(other, one))
            .Build();
        for (var round = 1; round <= 3; round++)
        {
            using var one = source.OpenConnection();
            using var other = source.OpenConnection();
            foreach (var connection in new[] { one, other })
            {
                connection.Ask("SELECT answer() + plus(1, 2)").ShouldBe(45L);
                connection.Ask("SELECT count_of(1, 2, 3)").ShouldBe(3L);
                connection.Ask("SELECT x FROM (SELECT 'a' AS x UNION SELECT 'b') ORDER BY x COLLATE backwards").ShouldBe("b");
            }
        }

        source.OpenConnection().Ask("SELECT called('x')").ShouldBe("x1");
        source.Statistics.Created.ShouldBe(2);
    }

    [Test]
    public void Function_of_a_connection_is_gone_with_it()
    {
        using var database = new TestDatabase();
        using (var connection = database.Open())
        {
            connection.CreateFunction("answer", () => 42L);
            connection.Ask("SELECT answer()").ShouldBe(42L);
        }

        using var next = database.Open();

        Should.Throw<SqliteException>(() => next.Ask("SELECT answer()"));
        database.Source.Statistics.Dropped.ShouldBe(1);
    }

    [Test]
    public void Function_that_throws_fails_its_statement_alone()
    {
        using var folder = new TempFolder();
        using var source = new WalDbDataSourceBuilder($"Data Source={folder.File()};Write Batch Size=10;Busy Timeout=20")
            .CreateFunction<long, long>("fails", value => value > 1 ? throw new NotSupportedException("on purpose") : value)
            .CreateFunction<long>("busy", () => throw new SqliteException("on purpose", 5))
            .Build();
        using var connection = source.OpenConnection();
        connection.Run("CREATE TABLE t(a); INSERT INTO t VALUES(1)");

        Should.Throw<SqliteException>(() => connection.Run("INSERT INTO t SELECT fails(a + 1) FROM t")).Message.ShouldContain("on purpose");
        Should.Throw<SqliteException>(() => connection.Ask("SELECT busy()")).SqliteErrorCode.ShouldBe(5);

        connection.Run("INSERT INTO t SELECT fails(a) FROM t").ShouldBe(1);
        connection.CommitBatch();
        connection.Ask("SELECT count(*) FROM t").ShouldBe(2L);
    }

    [Test]
    public void Function_of_a_wrong_name_or_without_one_is_refused()
    {
        var builder = new WalDbDataSourceBuilder("Data Source=:memory:");

        Should.Throw<ArgumentNullException>(() => builder.CreateFunction(null!, () => 1));
        Should.Throw<ArgumentNullException>(() => builder.CreateFunction("f", (Func<int>)null!));
        Should.Throw<ArgumentNullException>(() => builder.CreateCollation("c", null!));
        Should.Throw<ArgumentNullException>(() => builder.LoadExtension(null!));
        using var source = builder.CreateFunction(new string('f', 300), () => 1).Build();
        Should.Throw<SqliteException>(source.OpenConnection);
    }

    [Test]
    public void Extension_that_cannot_be_loaded_fails_Open_and_is_named()
    {
        using var source = new WalDbDataSourceBuilder("Data Source=:memory:").LoadExtension("/nowhere/extension").Build();

        Should.Throw<SqliteException>(source.OpenConnection).Message.ShouldContain("/nowhere/extension");
    }

    [Test]
    public void Extensions_are_loaded_by_SQL_only_where_that_was_enabled([Values] bool enabled)
    {
        var builder = new WalDbDataSourceBuilder("Data Source=:memory:");
        using var source = (enabled ? builder.EnableExtensions() : builder).Build();
        using var connection = source.OpenConnection();

        var error = Should.Throw<SqliteException>(() => connection.Ask("SELECT load_extension('/nowhere/extension')"));

        error.Message.Contains("not authorized", StringComparison.Ordinal).ShouldBe(!enabled);
    }
}
