using NUnit.Framework;
using Shouldly;
using WalProvider.Tests;

namespace WalProvider.Tool.Tests.Statistics;

public class StatsTests
{
    [Test]
    public async Task Stats_show_tables_rows_and_indexes([Values] bool asJson)
    {
        using var folder = new TempFolder();
        Create(folder.File(), "PRAGMA user_version = 7");

        var run = await ToolRun.Of(["stats", folder.File(), .. asJson ? (string[])["--json"] : []]);

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        if (asJson)
        {
            run.Json.GetProperty("journalMode").GetString().ShouldBe("wal");
            run.Json.GetProperty("userVersion").GetInt64().ShouldBe(7);
            run.Json.GetProperty("pageSize").GetInt64().ShouldBe(4096);
            var table = run.Json.GetProperty("tables").EnumerateArray().Single();
            table.GetProperty("name").GetString().ShouldBe("things [x]");
            table.GetProperty("rows").GetInt64().ShouldBe(2);
            table.GetProperty("indexes")[0].GetString().ShouldBe("by_name");
        }
        else
        {
            run.Output.ShouldContain("journal mode wal");
            run.Output.ShouldMatch(@"things \[x\]\s*│\s*2\s*│\s*2\s*│\s*by_name");
        }
    }

    [Test]
    public async Task Stats_change_nothing_when_the_database_has_another_journal_mode()
    {
        using var folder = new TempFolder();
        Create(folder.File(), "PRAGMA journal_mode = DELETE");
        var before = await File.ReadAllBytesAsync(folder.File());

        var run = await ToolRun.Of("stats", folder.File(), "--json");

        run.Json.GetProperty("journalMode").GetString().ShouldBe("delete");
        (await File.ReadAllBytesAsync(folder.File())).ShouldBe(before);
        Directory.GetFiles(folder.Path).ShouldBe([folder.File()]);
    }

    [Test]
    public async Task Stats_see_rows_that_are_only_in_the_wal()
    {
        using var folder = new TempFolder();
        using var writer = new WalDbConnection($"Data Source={folder.File()};Pooling=False");
        writer.Open();
        Execute(writer, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");

        var run = await ToolRun.Of("stats", folder.File(), "--json");

        run.Json.GetProperty("tables")[0].GetProperty("rows").GetInt64().ShouldBe(1);
        run.Json.GetProperty("walBytes").GetInt64().ShouldBeGreaterThan(0);
    }

    [TestCase("missing.db", null, ExitCode.BadInput)]
    [TestCase("text.db", "This is not a database.", ExitCode.DatabaseError)]
    public async Task Stats_fail_and_make_no_file_when_there_is_no_database(string name, string? text, int exitCode)
    {
        using var folder = new TempFolder();
        if (text is not null)
            await File.WriteAllTextAsync(folder.File(name), text);

        var run = await ToolRun.Of("stats", folder.File(name), "--json");

        run.ExitCode.ShouldBe(exitCode);
        run.Json.GetProperty("exitCode").GetInt32().ShouldBe(exitCode);
        Directory.GetFiles(folder.Path).Length.ShouldBe(text is null ? 0 : 1);
    }

    private static void Create(string database, string pragma)
    {
        using var connection = new WalDbConnection($"Data Source={database};Pooling=False");
        connection.Open();
        Execute(connection, """CREATE TABLE "things [x]" (id INTEGER PRIMARY KEY, name TEXT)""");
        Execute(connection, """CREATE INDEX by_name ON "things [x]" (name)""");
        Execute(connection, """INSERT INTO "things [x]" (name) VALUES ('a'), ('b')""");
        Execute(connection, pragma);
    }

    private static void Execute(WalDbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
