using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class PragmaStatementTests
{
    private static readonly PatienceBudget NoPatience = new(TimeSpan.Zero);

    [TestCase("PRAGMA user_version", "0")]
    [TestCase("PRAGMA user_version=5", null)]
    [TestCase("SELECT NULL", null)]
    public void Execute_gives_the_first_value(string sql, string? expected)
    {
        using var connection = OpenDatabase.Open(WalSettings.Parse("Data Source=:memory:"));
        PragmaStatement.Execute(connection.Handle!, sql, NoPatience).ShouldBe(expected);
    }

    [Test]
    public void Execute_throws_the_engines_error()
    {
        using var connection = OpenDatabase.Open(WalSettings.Parse("Data Source=:memory:"));
        Should.Throw<SqliteException>(() => PragmaStatement.Execute(connection.Handle!, "no SQL", NoPatience))
            .SqliteErrorCode.ShouldBe(raw.SQLITE_ERROR);
    }

    [Test]
    public void Execute_throws_what_fails_after_the_answer()
    {
        using var folder = new TempFolder();
        using var connection = OpenDatabase.Open(WalSettings.Parse($"Data Source={folder.File()}"));

        // The mode is answered first, and then written into the file: refused here, as a disk that fails would.
        raw.sqlite3_commit_hook(connection.Handle!, _ => 1, null);

        Should.Throw<SqliteException>(() => PragmaStatement.Execute(connection.Handle!, "PRAGMA journal_mode=WAL", NoPatience))
            .SqliteErrorCode.ShouldBe(raw.SQLITE_CONSTRAINT);
    }

    [TestCase("PRAGMA schema_version")]
    [TestCase("PRAGMA journal_mode")]
    [TestCase("PRAGMA journal_mode=WAL")]
    public void Execute_tries_again_when_the_lock_is_gone(string sql)
    {
        using var folder = new TempFolder();
        var settings = WalSettings.Parse($"Data Source={folder.File()}");
        using var holder = OpenDatabase.Open(settings);
        holder.Query("CREATE TABLE t(a); BEGIN EXCLUSIVE");
        using var connection = OpenDatabase.Open(settings);
        var naps = 0;

        var answer = PragmaStatement.Execute(connection.Handle!, sql, new PatienceBudget(TimeSpan.FromHours(1), nap: () =>
        {
            naps++;
            holder.Query("COMMIT");
        }));

        answer.ShouldNotBeNull();
        naps.ShouldBe(1);
    }

    [Test]
    public void Execute_throws_BUSY_when_the_budget_is_spent()
    {
        using var folder = new TempFolder();
        var settings = WalSettings.Parse($"Data Source={folder.File()}");
        using var holder = OpenDatabase.Open(settings);
        holder.Query("CREATE TABLE t(a); BEGIN EXCLUSIVE");
        using var connection = OpenDatabase.Open(settings);
        var clock = new HandClock();

        var budget = new PatienceBudget(TimeSpan.FromSeconds(30), clock, () => clock.Advance(TimeSpan.FromSeconds(10)));

        Should.Throw<SqliteException>(() => PragmaStatement.Execute(connection.Handle!, "PRAGMA schema_version", budget))
            .SqliteErrorCode.ShouldBe(raw.SQLITE_BUSY);
        budget.Wait().ShouldBeFalse();
    }
}
