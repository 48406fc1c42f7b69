using System.Data;
using System.Text;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using WalProvider.Tool.Tests;

namespace WalProvider.Tests;

[Row(19, "names with quotes, semicolons, `file:`, `..`, NUL and line breaks: databases, backups, tables, columns, savepoints, folders, headers of imports",
    "each means itself: no SQL of it runs, and no file is made or changed but the one that is named")]
public class HostileInputTests
{
    private const string Victim = "CREATE TABLE victim(a); INSERT INTO victim VALUES(42)";

    // The disk is waited for at each; a third of them in the ordinary run.
    private static readonly string[] Files = [.. HostileNames.Files.Where((_, index) => index % Extent.Of(fast: 3, whole: 1) == 0)];

    private static readonly string[] Quotable = [.. HostileNames.Identifiers.Where(name => !name.Contains('"'))];

    [Test]
    public void Database_and_backups_of_any_name_are_those_files_alone()
    {
        foreach (var name in Files)
        {
            using var site = new HostileSite();
            var backup = site.At($"{name}.copy");
            using (var connection = HostileSite.Open(site.At(name)))
            {
                connection.Run(Victim);
                connection.BackupTo(backup);
                connection.BackupTo(site.At($"{name}.vacuum"), new BackupOptions { Mode = BackupMode.VacuumInto });
                connection.BackupTo(site.At($"{name}.gz"), new BackupOptions { Compression = BackupCompression.Gzip, TemporaryFolder = site.Inside });
                connection.CheckpointBeforeFork(Patience.Limit);
                connection.RestoreFrom(site.At($"{name}.gz")).HasChecksum.ShouldBeTrue(name);
                connection.Ask("SELECT a FROM victim").ShouldBe(42L, name);
            }

            DatabaseBackup.Verify(backup).HasChecksum.ShouldBeTrue(name);
            DatabaseBackup.RestoreTo(site.At($"{name}.vacuum"), site.At($"{name}.restored")).HasChecksum.ShouldBeTrue(name);
            site.ShouldHoldOnly(
                [
                    name, $"{name}.copy", $"{name}.copy.sha256", $"{name}.gz", $"{name}.gz.sha256", $"{name}.restored", $"{name}.vacuum",
                    $"{name}.vacuum.sha256",
                ],
                name);
        }

        Report.Figures($"{Files.Length} names of databases and backups");
    }

    [Test]
    public void Keyword_holds_any_text_as_it_is()
    {
        foreach (var text in HostileNames.Files.Concat(HostileNames.Identifiers))
        {
            var written = new WalDbConnectionStringBuilder { DataSource = text, ApplicationName = text }.ConnectionString;
            var read = new WalDbConnectionStringBuilder(written);
            read.DataSource.ShouldBe(text);
            read.ApplicationName.ShouldBe(text);
            read.Keys.Cast<string>().Where(read.ShouldSerialize).ShouldBe(["Data Source", "Application Name"], text);
        }
    }

    [Test]
    public void Table_and_column_of_any_name_are_what_they_are_called()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        using var builder = new WalDbCommandBuilder();
        connection.Run(Victim);
        foreach (var name in HostileNames.Identifiers)
        {
            var quoted = builder.QuoteIdentifier(name);
            builder.UnquoteIdentifier(quoted).ShouldBe(name);
            connection.Run($"CREATE TABLE {quoted}(id INTEGER PRIMARY KEY, {quoted} BLOB); INSERT INTO {quoted} VALUES(1, x'0102')");
            connection.Run($"CREATE INDEX {builder.QuoteIdentifier("index of " + name)} ON {quoted}({quoted})");

            connection.GetSchema("Tables", [null, null, name]).Rows.Cast<DataRow>().Select(row => row["TABLE_NAME"]).ShouldBe([name]);
            connection.GetSchema("Columns", [null, null, name, name]).Rows.Count.ShouldBe(1, name);
            connection.GetSchema("IndexColumns", [null, null, name, "index of " + name]).Rows.Count.ShouldBe(1, name);
            using (var blob = connection.OpenBlob(name, name, 1, readOnly: true))
                blob.ReadByte().ShouldBe(1);
            using (var reader = connection.Read($"SELECT {quoted} FROM {quoted}"))
            {
                reader.GetName(0).ShouldBe(name);
                reader.GetSchemaTable()!.Rows[0]["BaseTableName"].ShouldBe(name);
            }

            connection.Run($"DROP TABLE {quoted}");
        }

        ShouldBeWhole(connection);
        Report.Figures($"{HostileNames.Identifiers.Length} names of tables, columns, savepoints, functions");
    }

    [Test]
    public void Adapter_writes_to_tables_and_columns_of_any_name()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run(Victim);
        foreach (var name in Quotable)
        {
            connection.Run($"CREATE TABLE \"{name}\"(id INTEGER PRIMARY KEY, \"{name}\"); INSERT INTO \"{name}\" VALUES(1, 'old')");
            using var adapter = new WalDbDataAdapter($"SELECT * FROM \"{name}\"", connection);
            using var builder = new WalDbCommandBuilder(adapter);
            using var table = new DataTable();
            adapter.Fill(table);
            table.Rows[0][name] = "new";
            table.Rows.Add(null, "added");
            adapter.Update(table).ShouldBe(2, name);
            connection.Ask($"SELECT group_concat(\"{name}\") FROM \"{name}\"").ShouldBe("new,added", name);
        }

        ShouldBeWhole(connection);
    }

    [Test]
    public void Savepoint_and_function_of_any_name_are_what_they_are_called()
    {
        using var database = new TestDatabase();
        using var connection = database.Open();
        connection.Run(Victim);
        foreach (var name in HostileNames.Identifiers)
        {
            using (var transaction = connection.BeginTransaction())
            {
                transaction.Save(name);
                connection.Run("INSERT INTO victim VALUES(1)");
                transaction.Rollback(name);
                transaction.Release(name);
                transaction.Commit();
            }

            connection.CreateFunction(name, () => name);
            connection.Ask($"SELECT \"{name.Replace("\"", "\"\"")}\"()").ShouldBe(name);
        }

        ShouldBeWhole(connection);
    }

    [Test]
    public async Task Folder_of_backups_takes_no_name_that_leads_out_of_it()
    {
        using var site = new HostileSite();
        var target = new FileBackupTarget(site.Inside);
        foreach (var name in HostileNames.Escapes)
        {
            await Should.ThrowAsync<ArgumentException>(() => target.WriteAsync(name, (_, _) => Task.CompletedTask), name);
            await Should.ThrowAsync<ArgumentException>(async () => await target.OpenReadAsync(name), name);
            await Should.ThrowAsync<ArgumentException>(() => target.DeleteAsync(name), name);
            if (name != ".." && name != ".")
                Should.Throw<ArgumentException>(() => new BackupRotation(target, name), name);
        }

        site.ShouldHoldOnly([], "nothing was written");
        Report.Figures($"{HostileNames.Escapes.Length} names that lead out of a folder");
    }

    [Test]
    public async Task Rotation_deletes_nothing_that_a_forged_list_names()
    {
        using var site = new HostileSite();
        using var connection = HostileSite.Open(Path.Combine(site.Inside, "a.db"));
        connection.Run(Victim);
        await File.WriteAllTextAsync(site.At("nightly.rotation"), "../escape\n../victim.db\n/etc/hostname\na.db\nother.db\n\nnightly-../../escape\n");
        File.WriteAllText(site.At("other.db"), "somebody's");
        var rotation = new BackupRotation(new FileBackupTarget(site.Inside), "nightly") { KeepNewest = 1 };
        await connection.BackupToAsync(rotation);
        await connection.BackupToAsync(rotation);

        var kept = (await rotation.ListAsync()).ShouldHaveSingleItem();
        site.ShouldHoldOnly(["a.db", "a.db-shm", "a.db-wal", "other.db", kept, $"{kept}.sha256", "nightly.rotation"], "the list was forged");
    }

    [Test]
    public void Hardened_schema_of_a_stranger_calls_no_function_of_the_program([Values] bool isHardened)
    {
        using var database = new TestDatabase($"Profile={(isHardened ? "Hardened" : "Balanced")}");
        using (var stranger = database.OpenElsewhere())
            stranger.Run("CREATE TABLE t(a); INSERT INTO t VALUES(1); CREATE VIEW v AS SELECT launch(a) FROM t");
        using var connection = database.Open();
        var launched = 0;
        connection.CreateFunction("launch", (long _) => ++launched);

        if (isHardened)
            Should.Throw<SqliteException>(() => connection.Ask("SELECT * FROM v")).Message.ShouldContain("unsafe use of launch()");
        else
            connection.Ask("SELECT * FROM v");

        // Without the profile it is called: the canary.
        launched.ShouldBe(isHardened ? 0 : 1);
    }

    [Test]
    public void Hardened_takes_no_extensions()
    {
        using var database = new TestDatabase("Profile=Hardened");
        using var connection = database.Open();
        Should.Throw<InvalidOperationException>(() => connection.EnableExtensions()).Message.ShouldContain("Hardened takes no extensions");
        Should.Throw<InvalidOperationException>(() => connection.LoadExtension("x"));
        Should.Throw<SqliteException>(() => connection.Ask("SELECT load_extension('x')")).Message.ShouldContain("not authorized");
        Should.Throw<InvalidOperationException>(() => new WalDbDataSourceBuilder(database.ConnectionString).EnableExtensions().Build());
        Should.Throw<InvalidOperationException>(() => new WalDbDataSourceBuilder(database.ConnectionString).LoadExtension("x").Build());
    }

    [Test]
    public async Task Import_takes_headers_and_table_names_for_what_they_are()
    {
        foreach (var name in HostileNames.Identifiers)
        {
            using var site = new HostileSite();
            using (var connection = HostileSite.Open(site.At("a.db")))
                connection.Run(Victim);
            await File.WriteAllTextAsync(site.At("in.csv"), $"{Csv(name)},n\nvalue,1\n", new UTF8Encoding(false));

            var run = await ToolRun.Of("import", site.At("in.csv"), "--into", site.At("a.db"), "--header", $"--table={name}");

            run.ExitCode.ShouldBe(0, $"{name}: {run.Error}");
            using (var connection = HostileSite.Open(site.At("a.db")))
            {
                ShouldBeWhole(connection);
                connection.Ask("SELECT name FROM sqlite_master WHERE name <> 'victim'").ShouldBe(name);
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT name FROM pragma_table_info($table) WHERE cid = 0";
                command.Parameters.AddWithValue("$table", name);
                command.ExecuteScalar().ShouldBe(name.Trim());
            }

            site.ShouldHoldOnly(["a.db", "in.csv"], name);
        }

        Report.Figures($"{HostileNames.Identifiers.Length} headers and tables of imports");
    }

    [Test]
    public async Task Tool_takes_paths_for_what_they_are()
    {
        foreach (var name in Files)
        {
            using var site = new HostileSite();
            await File.WriteAllTextAsync(site.At("in.csv"), "a,b\n1,2\n");
            await Done("import", site.At("in.csv"), "--into", site.At(name));
            await Done("stats", site.At(name));
            await Done("checkpoint", site.At(name));
            await Done("backup", site.At(name), site.At($"{name}.copy"));
            await Done("verify", site.At($"{name}.copy"));
            await Done("restore", site.At($"{name}.copy"), "--into", site.At($"{name}.restored"));
            site.ShouldHoldOnly(["in.csv", name, $"{name}.copy", $"{name}.copy.sha256", $"{name}.restored"], name);
        }
    }

    [Test]
    public async Task Tool_writes_no_control_characters_of_a_stranger_to_the_terminal()
    {
        using var site = new HostileSite();
        using (var connection = HostileSite.Open(site.At("a.db")))
            connection.Run("CREATE TABLE \"\u001b[2J\u001b]0;owned\u0007\u009b2J\"(a)");
        await File.WriteAllTextAsync(site.At("\u001b[2J.csv"), "\"\u001b[31mred\",b\n1,2\n");

        var stats = await ToolRun.Of("stats", site.At("a.db"));
        var import = await ToolRun.Of("import", site.At("\u001b[2J.csv"), "--into", site.At("b.db"));
        var missing = await ToolRun.Of("stats", site.At("\u001b[2J.db"));

        foreach (var text in new[] { stats.Output, import.Output, import.Error, missing.Error })
            text.ShouldNotContain(letter => char.IsControl(letter) && letter != '\n' && letter != '\r', text);
    }

    private static async Task Done(params string[] arguments)
    {
        var run = await ToolRun.Of(arguments);
        run.ExitCode.ShouldBe(0, $"{string.Join(' ', arguments)}: {run.Error}");
    }

    private static string Csv(string text) => $"\"{text.Replace("\"", "\"\"")}\"";

    private static void ShouldBeWhole(WalDbConnection connection)
    {
        connection.Ask("SELECT group_concat(a) FROM victim").ShouldBe("42");
        connection.Ask("PRAGMA integrity_check").ShouldBe("ok");
    }
}
