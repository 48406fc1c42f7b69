using NUnit.Framework;
using Shouldly;
using WalProvider.Tests;

namespace WalProvider.Tool.Tests.Commands;

public class BackupTests
{
    [Test]
    public async Task Backup_verify_and_restore_tell_as_json_what_they_did()
    {
        using var folder = new TempFolder();
        Sample(folder.File("a.db"), rows: 100);
        File.WriteAllText(folder.File("pass"), "secret\n");

        var backup = await ToolRun.Of("backup", folder.File("a.db"), folder.File("a.bak"), "--compress", "Brotli", "--passphrase-file", folder.File("pass"), "--json");
        var verify = await ToolRun.Of("verify", folder.File("a.bak"), "--passphrase-file", folder.File("pass"), "--verify", "Full", "--json");
        var restore = await ToolRun.Of("restore", folder.File("a.bak"), "--into", folder.File("b.db"), "--passphrase-file", folder.File("pass"), "--json");

        new[] { backup, verify, restore }.ShouldAllBe(run => run.ExitCode == ExitCode.Done);
        backup.Json.GetProperty("sha256").GetString().ShouldBe(File.ReadAllText(folder.File("a.bak.sha256"))[..64]);
        verify.Json.GetProperty("encrypted").GetBoolean().ShouldBeTrue();
        verify.Json.GetProperty("checksum").GetBoolean().ShouldBeTrue();
        restore.Json.GetProperty("into").GetString().ShouldBe(folder.File("b.db"));
        ToolRun.Query(folder.File("b.db"), "SELECT count(*) FROM t").ShouldBe("100");
    }

    [Test]
    public async Task Restore_replaces_an_existing_database_only_when_told_to()
    {
        using var folder = new TempFolder();
        Sample(folder.File("a.db"), rows: 100);
        await ToolRun.Of("backup", folder.File("a.db"), folder.File("a.bak"));
        Sample(folder.File("b.db"), rows: 5);

        (await ToolRun.Of("restore", folder.File("a.bak"), "--into", folder.File("b.db"))).ExitCode.ShouldBe(ExitCode.BadInput);
        ToolRun.Query(folder.File("b.db"), "SELECT count(*) FROM t").ShouldBe("5");
        var restored = await ToolRun.Of("restore", folder.File("a.bak"), "--into", folder.File("b.db"), "--replace");

        restored.ExitCode.ShouldBe(ExitCode.Done, restored.Error);
        restored.Output.ShouldContain("checksum agrees");
        ToolRun.Query(folder.File("b.db"), "SELECT count(*) FROM t").ShouldBe("100");
    }

    [Test]
    public async Task Exit_codes_tell_a_damaged_backup_from_bad_input()
    {
        using var folder = new TempFolder();
        Sample(folder.File("a.db"), rows: 1_000);
        await ToolRun.Of("backup", folder.File("a.db"), folder.File("a.bak"));
        File.WriteAllText(folder.File("text"), "no database");
        File.WriteAllText(folder.File("empty"), "");
        using (var handle = File.OpenHandle(folder.File("a.bak"), FileMode.Open, FileAccess.Write))
            RandomAccess.Write(handle, "x"u8, 5_000);

        (await ToolRun.Of("verify", folder.File("a.bak"))).ExitCode.ShouldBe(ExitCode.CheckFailed);
        (await ToolRun.Of("verify", folder.File("a.bak"), "--json")).Json.GetProperty("exitCode").GetInt32().ShouldBe(ExitCode.CheckFailed);
        (await ToolRun.Of("verify", folder.File("text"))).ExitCode.ShouldBe(ExitCode.BadInput);
        (await ToolRun.Of("verify", folder.File("none"))).ExitCode.ShouldBe(ExitCode.BadInput);
        (await ToolRun.Of("backup", folder.File("none"), folder.File("x"))).ExitCode.ShouldBe(ExitCode.BadInput);
        (await ToolRun.Of("backup", folder.File("a.db"), folder.File("a.db"))).ExitCode.ShouldBe(ExitCode.BadInput);
        (await ToolRun.Of("backup", folder.File("a.db"), folder.File("x"), "--passphrase-file", folder.File("empty"))).ExitCode.ShouldBe(ExitCode.BadInput);
        (await ToolRun.Of("backup", folder.File("a.db"), folder.File("x"), "--mode", "fast")).ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    private static void Sample(string path, int rows)
    {
        using var connection = new WalDbConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"CREATE TABLE t(a); WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) INSERT INTO t SELECT i FROM n";
        command.ExecuteNonQuery();
    }
}
