using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class EngineErrorsTests
{
    [TestCase(raw.SQLITE_ERROR)]
    [TestCase(raw.SQLITE_CONSTRAINT)]
    [TestCase(raw.SQLITE_FULL)]
    public void For_gives_the_wrapped_providers_own_exception(int code)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        var error = EngineErrors.For(code, connection.Session.Engine, TimeSpan.Zero);
        error.GetType().ShouldBe(typeof(SqliteException));
        error.SqliteErrorCode.ShouldBe(code);
        error.IsTransient.ShouldBeFalse();
    }

    [TestCase(raw.SQLITE_BUSY, true, "1500 ms")]
    [TestCase(raw.SQLITE_LOCKED, false, "close its readers first")]
    public void For_says_what_was_waited_for_and_whether_it_is_transient(int code, bool isTransient, string fact)
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        var error = EngineErrors.For(code, connection.Session.Engine, TimeSpan.FromMilliseconds(1500));
        error.ShouldBeOfType<SqliteBusyException>();
        error.SqliteErrorCode.ShouldBe(code);
        error.IsTransient.ShouldBe(isTransient);
        error.SqlState.ShouldBeNull();
        error.HelpLink.ShouldBe("docs/errors.md");
        error.Message.ShouldStartWith($"SQLite Error {code}: ");
        error.Message.ShouldContain(fact);
    }

    [Test]
    public void For_blames_the_connections_own_statement_where_it_is_that()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        var error = EngineErrors.For(raw.SQLITE_BUSY, connection.Session.Engine, TimeSpan.Zero, isOwn: true);
        error.Message.ShouldContain("close its readers first");
        error.IsTransient.ShouldBeFalse();
    }

    [Test]
    public void Plain_refuses_a_code_that_is_no_error()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        Should.Throw<ArgumentOutOfRangeException>(() => EngineErrors.Plain(raw.SQLITE_OK, connection.Session.Engine.Db));
    }

    [TestCase(raw.SQLITE_FULL, false, "Lost: 7")]
    [TestCase(raw.SQLITE_IOERR, true, "unknown")]
    public void BatchLost_says_how_much_and_whether_that_is_known(int code, bool isUnknown, string fact)
    {
        var error = EngineErrors.BatchLost(new SqliteException("SQLite Error: 'x'.", code, code + 256), 7, isUnknown);
        error.LostWrites.ShouldBe(7);
        error.SqliteErrorCode.ShouldBe(code);
        error.SqliteExtendedErrorCode.ShouldBe(code + 256);
        error.IsTransient.ShouldBeFalse();
        error.HelpLink.ShouldBe("docs/errors.md");
        error.Message.ShouldStartWith("SQLite Error: 'x'.");
        error.Message.ShouldContain(fact);
    }

    [TestCase("'app' holds it", "'app' holds it")]
    [TestCase(null, "it has just finished")]
    public void WriteGateTimeout_names_the_holder_and_the_setting(string? holder, string fact)
    {
        var error = WriteGateTimeoutException.Create(TimeSpan.FromSeconds(30), holder);
        error.ShouldBeAssignableTo<SqliteBusyException>();
        error.SqliteErrorCode.ShouldBe(5);
        error.Message.ShouldContain("30000 ms");
        error.Message.ShouldContain("'Busy Timeout'");
        error.Message.ShouldContain(fact);
    }

    [Test]
    public void Existing_filters_of_the_wrapped_provider_catch_a_lock()
    {
        using var database = new TestDatabase("Busy Timeout=0");
        using var connection = database.OpenWithTable();
        using var elsewhere = database.OpenElsewhere();
        elsewhere.Run("BEGIN IMMEDIATE");
        var isCaught = false;
        try
        {
            connection.Run("INSERT INTO t VALUES(1)");
        }
        catch (SqliteException error) when (error.SqliteErrorCode == 5)
        {
            isCaught = true;
        }

        isCaught.ShouldBeTrue();
    }
}
