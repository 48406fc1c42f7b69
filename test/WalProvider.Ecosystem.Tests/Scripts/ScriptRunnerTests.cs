using Dapper;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Ecosystem.Tests;

[TestFixtureSource(typeof(Provider), nameof(Provider.All))]
public sealed class ScriptRunnerTests(Provider provider) : LibraryTest(provider)
{
    private static readonly (string Name, string Sql)[] First =
    [
        ("001 tables", """
            -- what it all begins with
            CREATE TABLE people(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
            CREATE INDEX people_name ON people(name);
            CREATE TRIGGER people_loud AFTER INSERT ON people BEGIN
                UPDATE people SET name = upper(name) WHERE id = NEW.id;
                SELECT 1;
            END;
            /* the end; of it */
            """),
        ("002 data", "INSERT INTO people(name) VALUES ('ada;'), ('bob''s');"),
        ("003 view", "CREATE VIEW shouted AS SELECT name FROM people; ALTER TABLE people ADD COLUMN born TEXT;"),
    ];

    private static readonly (string Name, string Sql)[] Second =
    [
        .. First,
        ("004 more", "INSERT INTO people(name, born) VALUES ('cy', '1815-12-10'); UPDATE people SET born = '2000-01-01' WHERE born IS NULL"),
    ];

    [Test]
    public void Scripts_run_once_and_in_order([Values] ScriptTransactions transactions)
    {
        var runner = Runner(transactions);
        runner.Run(First).ShouldBe(First.Select(script => script.Name));
        runner.Run(First).ShouldBeEmpty();
        runner.Run(Second).ShouldBe(["004 more"]);
        Connection.Query<string>("SELECT name FROM shouted ORDER BY name").ShouldBe(["ADA;", "BOB'S", "CY"]);
        Connection.Query<string>($"SELECT ScriptName FROM {ScriptRunner.Journal} ORDER BY SchemaVersionID").ShouldBe(Second.Select(script => script.Name));
        Connection.ExecuteScalar<string>($"SELECT DISTINCT Applied FROM {ScriptRunner.Journal}").ShouldBe("1970-01-01 00:00:00");
    }

    [TestCase(ScriptTransactions.None, new[] { "001 tables" }, 1)]
    [TestCase(ScriptTransactions.OneEach, new[] { "001 tables" }, 0)]
    [TestCase(ScriptTransactions.OneForAll, new string[0], null)]
    public void Script_that_fails_takes_with_it_what_its_transaction_holds(ScriptTransactions transactions, string[] kept, int? rows)
    {
        var scripts = First.Take(1).Append(("002 wrong", "INSERT INTO people(name) VALUES ('one'); INSERT INTO missing VALUES (1)"));
        var error = Should.Throw<SqliteException>(() => Runner(transactions).Run(scripts));
        error.Message.ShouldContain("no such table: missing");
        Connection.Query<string>($"SELECT ScriptName FROM {ScriptRunner.Journal}").ShouldBe(kept);
        if (rows is null)
            Connection.ExecuteScalar<int>("SELECT count(*) FROM sqlite_master WHERE name = 'people'").ShouldBe(0);
        else
            Connection.ExecuteScalar<int>("SELECT count(*) FROM people").ShouldBe(rows.Value);
    }

    private ScriptRunner Runner(ScriptTransactions transactions) => new(() => Provider.Create(Path), transactions);
}
