using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class PragmaApplierTests
{
    [TestCase(WalProfile.Balanced)]
    [TestCase(WalProfile.Durable)]
    [TestCase(WalProfile.Bulk)]
    [TestCase(WalProfile.ReadHeavy)]
    [TestCase(WalProfile.Hardened)]
    [TestCase(WalProfile.None)]
    public void Apply_sets_every_pragma_of_a_profile(WalProfile name)
    {
        using var folder = new TempFolder();
        var settings = WalSettings.Parse($"Data Source={folder.File()};Profile={name}");
        using var connection = OpenDatabase.Open(settings);

        var profile = PragmaApplier.Apply(connection, settings);

        profile.Name.ShouldBe(name);
        profile.IsComplete.ShouldBeTrue(profile.ToString());
        var expected = settings.Pragmas.Select(pragma => pragma.Name == "temp_store" && MemoryJournalBug.IsInEngine ? pragma with { Value = "DEFAULT" } : pragma).ToList();
        profile.Take(expected.Count).Select(pragma => new Pragma(pragma.Name, pragma.Requested)).ShouldBe(expected);
        // Through the wrapped provider, which knows nothing of the applier.
        foreach (var pragma in expected.Where(pragma => pragma.Name != "busy_timeout"))
            PragmaAnswers.Grants(pragma, $"{connection.Query($"PRAGMA {pragma.Name}")}").ShouldBeTrue(pragma.ToString());
    }

    [TestCase("Data Source=:memory:")]
    [TestCase("Data Source=")]
    [TestCase("Data Source=applier;Mode=Memory;Cache=Shared")]
    [TestCase("Data Source=:memory:;Profile=Bulk")]
    [TestCase("Data Source=:memory:;Profile=ReadHeavy")]
    [TestCase("Data Source=:memory:;Profile=Hardened")]
    [TestCase("Data Source=:memory:;Profile=None")]
    public void Apply_is_complete_in_memory(string connectionString)
    {
        var profile = OpenDatabase.OpenAndApply(connectionString);
        profile.IsComplete.ShouldBeTrue(profile.ToString());
        profile["journal_mode"].ShouldBe(profile.Name == WalProfile.None ? null : "MEMORY");
    }

    [TestCase("Page Size=8192", "page_size", "8192")]
    [TestCase("Auto Vacuum=INCREMENTAL", "auto_vacuum", "INCREMENTAL")]
    [TestCase("Auto Vacuum=FULL;Page Size=1024", "page_size", "1024")]
    [TestCase("Pragmas=\"encoding='UTF-16le'\"", "encoding", "'UTF-16le'")]
    [TestCase("Max Page Count=500", "max_page_count", "500")]
    [TestCase("Journal Mode=TRUNCATE", "journal_mode", "TRUNCATE")]
    [TestCase("Synchronous=EXTRA", "synchronous", "EXTRA")]
    [TestCase("Cache Size=123", "cache_size", "123")]
    [TestCase("Temp Store=FILE", "temp_store", "FILE")]
    [TestCase("Mmap Size=8192", "mmap_size", "8192")]
    [TestCase("Wal Autocheckpoint=0", "wal_autocheckpoint", "0")]
    [TestCase("Journal Size Limit=-1", "journal_size_limit", "-1")]
    [TestCase("Foreign Keys=False", "foreign_keys", "OFF")]
    [TestCase("Pragmas=secure_delete=FAST", "secure_delete", "FAST")]
    [TestCase("Pragmas=user_version=7", "user_version", "7")]
    [TestCase("Pragmas=case_sensitive_like=ON", "case_sensitive_like", null)]
    [TestCase("Busy Timeout=1234", "busy_timeout", "1234")]
    public void Apply_sets_a_pragma_on_a_new_file(string keyword, string name, string? expected)
    {
        using var folder = new TempFolder();
        var settings = WalSettings.Parse($"Data Source={folder.File()};{keyword}");
        EffectiveProfile profile;
        using (var connection = OpenDatabase.Open(settings))
        {
            profile = PragmaApplier.Apply(connection, settings);
            connection.Query("CREATE TABLE t(a)");
        }

        profile[name].ShouldBe(expected);
        profile.IsComplete.ShouldBeTrue(profile.ToString());
        // Opened again it is the same, now that the file has content.
        OpenDatabase.OpenAndApply(settings.ConnectionString).ToString().ShouldBe(profile.ToString());
    }

    [Test]
    public void Apply_leaves_the_engines_busy_timeout_off()
    {
        using var folder = new TempFolder();
        var settings = WalSettings.Parse($"Data Source={folder.File()}");
        using var connection = OpenDatabase.Open(settings);

        PragmaApplier.Apply(connection, settings)["busy_timeout"].ShouldBe("30000");

        connection.Query("PRAGMA busy_timeout").ShouldBe(0L);
    }

    [TestCase("Page Size=8192", "page_size", "4096")]
    [TestCase("Auto Vacuum=FULL", "auto_vacuum", "NONE")]
    [TestCase("Pragmas=\"encoding='UTF-16le'\"", "encoding", "UTF-8")]
    [TestCase("Max Page Count=1", "max_page_count", "2")]
    public void Apply_names_a_pragma_that_a_file_with_content_does_not_take(string keyword, string name, string actual)
    {
        using var folder = new TempFolder();
        MakeDatabase(folder.File(), "DELETE");

        var profile = OpenDatabase.OpenAndApply($"Data Source={folder.File()};{keyword}");

        profile.IsComplete.ShouldBeFalse();
        profile.Single(pragma => !pragma.IsInEffect).Name.ShouldBe(name);
        profile[name].ShouldBe(actual);
        profile["journal_mode"].ShouldBe("WAL");
    }

    [TestCase("Data Source={0};Mode=ReadOnly")]
    [TestCase("Data Source='file:{0}?mode=ro'")]
    [TestCase("Data Source='file:{0}?immutable=1'")]
    public void Apply_says_what_a_read_only_file_has(string connectionString)
    {
        using var folder = new TempFolder();
        MakeDatabase(folder.File(), "DELETE");
        var text = string.Format(connectionString, folder.File()) + ";Page Size=8192;Auto Vacuum=FULL;Pragmas=user_version=7";

        var profile = OpenDatabase.OpenAndApply(text);

        profile.Where(pragma => !pragma.IsInEffect).Select(pragma => pragma.ToString()).ShouldBe(
        [
            "page_size=4096 (asked for 8192)", "auto_vacuum=NONE (asked for FULL)", "journal_mode=DELETE (asked for WAL)",
            "user_version=0 (asked for 7)",
        ]);
        profile["synchronous"].ShouldBe("NORMAL");
        profile["cache_size"].ShouldBe("-64000");
    }

    [Test]
    public void Apply_finds_WAL_on_a_read_only_connection_to_a_file_that_has_it()
    {
        using var folder = new TempFolder();
        MakeDatabase(folder.File(), "WAL");
        var profile = OpenDatabase.OpenAndApply($"Data Source={folder.File()};Mode=ReadOnly");
        profile["journal_mode"].ShouldBe("WAL");
        profile.IsComplete.ShouldBeTrue();
    }

    [Test]
    public void Apply_needs_no_lock_when_the_file_has_WAL_already()
    {
        using var folder = new TempFolder();
        MakeDatabase(folder.File(), "WAL");
        using var writer = Writer(folder.File(), "BEGIN IMMEDIATE");

        OpenDatabase.OpenAndApply($"Data Source={folder.File()};Busy Timeout=0").IsComplete.ShouldBeTrue();
    }

    [Test]
    public void Apply_throws_BUSY_when_the_budget_is_spent()
    {
        using var folder = new TempFolder();
        MakeDatabase(folder.File(), "DELETE");
        using var writer = Writer(folder.File(), "BEGIN EXCLUSIVE");

        Should.Throw<SqliteException>(() => OpenDatabase.OpenAndApply($"Data Source={folder.File()};Busy Timeout=0"))
            .SqliteErrorCode.ShouldBe(raw.SQLITE_BUSY);
    }

    [Test]
    public void Apply_throws_when_the_engine_refuses_WAL_for_a_file_it_can_write()
    {
        // unix-none has no shared memory, as a network file system has none.
        using var folder = new TempFolder();
        var settings = WalSettings.Parse($"Data Source='file:{folder.File()}?vfs=unix-none'");
        using var connection = OpenDatabase.Open(settings);

        var error = Should.Throw<SqliteException>(() => PragmaApplier.Apply(connection, settings));

        error.SqliteErrorCode.ShouldBe(raw.SQLITE_CANTOPEN);
        error.Message.ShouldStartWith("SQLite Error 14: 'unable to open database file'.");
        foreach (var fact in new[] { settings.DataSource, "journal_mode=WAL", "DELETE", "'Journal Mode'" })
            error.Message.ShouldContain(fact);
        new FileInfo(folder.File()).Length.ShouldBe(0);
    }

    [Test]
    public void Apply_throws_when_the_engine_does_not_know_a_pragma_and_writes_nothing()
    {
        using var folder = new TempFolder();
        var settings = WalSettings.Parse($"Data Source={folder.File()};Pragmas=secure_delete=ON,secure_delet=ON");
        using var connection = OpenDatabase.Open(settings);

        var error = Should.Throw<ArgumentException>(() => PragmaApplier.Apply(connection, settings));

        error.Message.ShouldContain("'Pragmas'");
        error.Message.ShouldContain("'secure_delet'");
        new FileInfo(folder.File()).Length.ShouldBe(0);
    }

    [Test]
    public void Apply_puts_a_hardened_connection_in_defensive_mode()
    {
        using var folder = new TempFolder();
        var settings = WalSettings.Parse($"Data Source={folder.File()};Profile=Hardened");
        using var connection = OpenDatabase.Open(settings);

        PragmaApplier.Apply(connection, settings)["defensive"].ShouldBe("ON");

        connection.Query("PRAGMA writable_schema=ON");
        Should.Throw<SqliteException>(() => connection.Query("DELETE FROM sqlite_master"));
    }

    private static void MakeDatabase(string path, string journalMode)
    {
        using var connection = Writer(path, $"PRAGMA journal_mode={journalMode}; CREATE TABLE t(a)");
    }

    private static SqliteConnection Writer(string path, string sql)
    {
        var connection = OpenDatabase.Open(WalSettings.Parse($"Data Source={path}"));
        connection.Query(sql);
        return connection;
    }
}
