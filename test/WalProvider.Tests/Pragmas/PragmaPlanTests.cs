using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class PragmaPlanTests
{
    private const string Balanced = "busy_timeout=30000 journal_mode=WAL synchronous=NORMAL temp_store=MEMORY cache_size=-64000 "
        + "foreign_keys=ON wal_autocheckpoint=1000 journal_size_limit=67108864";

    [TestCase("", Balanced)]
    [TestCase("Profile=Balanced", Balanced)]
    [TestCase("Profile=Durable", "busy_timeout=30000 journal_mode=WAL synchronous=FULL temp_store=MEMORY cache_size=-64000 foreign_keys=ON "
        + "wal_autocheckpoint=1000 journal_size_limit=67108864")]
    [TestCase("Profile=Bulk", "busy_timeout=30000 journal_mode=WAL synchronous=NORMAL temp_store=MEMORY cache_size=-100000 foreign_keys=ON "
        + "wal_autocheckpoint=10000 journal_size_limit=67108864")]
    [TestCase("Profile=ReadHeavy", Balanced + " mmap_size=268435456")]
    [TestCase("Profile=Hardened", Balanced + " trusted_schema=OFF cell_size_check=ON mmap_size=0")]
    [TestCase("Profile=None", "busy_timeout=30000")]
    public void Profile_has_its_pragmas(string connectionString, string expected) =>
        Plan(connectionString).ShouldBe(expected.Split(' '), ignoreOrder: true);

    [TestCase("Journal Mode=delete", "journal_mode=DELETE")]
    [TestCase("Synchronous=3", "synchronous=EXTRA")]
    [TestCase("Cache Size=500", "cache_size=500")]
    [TestCase("Temp Store=FILE", "temp_store=FILE")]
    [TestCase("Mmap Size=1024", "mmap_size=1024")]
    [TestCase("Page Size=8192", "page_size=8192")]
    [TestCase("Wal Autocheckpoint=0", "wal_autocheckpoint=0")]
    [TestCase("Journal Size Limit=-1", "journal_size_limit=-1")]
    [TestCase("Auto Vacuum=INCREMENTAL", "auto_vacuum=INCREMENTAL")]
    [TestCase("Foreign Keys=False", "foreign_keys=OFF")]
    [TestCase("Max Page Count=7", "max_page_count=7")]
    [TestCase("Busy Timeout=1", "busy_timeout=1")]
    [TestCase("Pragmas=threads=2", "threads=2")]
    public void Keyword_goes_over_the_profile_and_stands_alone_without_one(string keyword, string pragma)
    {
        Plan(keyword).ShouldContain(pragma);
        Plan(keyword).Select(text => text.Split('=')[0]).ShouldBeUnique();
        Plan("Profile=None;" + keyword).Where(text => !text.StartsWith("busy_timeout=30000")).ShouldBe([pragma]);
    }

    [Test]
    public void Order_is_the_one_that_SQLite_wants()
    {
        var plan = Plan("Pragmas='threads=2,encoding=''UTF-8''';Auto Vacuum=FULL;Page Size=8192;Mmap Size=5;Profile=Durable");
        plan.Take(6).ShouldBe(
            ["busy_timeout=30000", "page_size=8192", "encoding='UTF-8'", "auto_vacuum=FULL", "journal_mode=WAL", "synchronous=FULL"]);
        plan[^1].ShouldBe("threads=2");
    }

    [TestCase("Data Source=:memory:", "MEMORY")]
    [TestCase("Data Source=", "MEMORY")]
    [TestCase("Data Source=x;Mode=Memory;Cache=Shared", "MEMORY")]
    [TestCase("Data Source=:memory:;Journal Mode=DELETE", "MEMORY")]
    [TestCase("Data Source=:memory:;Journal Mode=OFF", "OFF")]
    public void Database_in_memory_has_a_journal_in_memory(string connectionString, string mode) =>
        Names(WalSettings.Parse(connectionString)).ShouldContain($"journal_mode={mode}");

    [Test]
    public void Database_in_memory_maps_nothing() =>
        Names(WalSettings.Parse("Data Source=:memory:;Profile=ReadHeavy")).ShouldNotContain(text => text.StartsWith("mmap_size"));

    [Test]
    public void Database_in_memory_without_a_profile_has_no_journal_mode() =>
        Names(WalSettings.Parse("Data Source=:memory:;Profile=None")).ShouldBe(["busy_timeout=30000"]);

    [TestCase("Mmap Size=4096", "mmap_size")]
    [TestCase("Pragmas=trusted_schema=ON", "trusted_schema")]
    [TestCase("Pragmas=cell_size_check=OFF", "cell_size_check")]
    [TestCase("Pragmas=WRITABLE_SCHEMA=ON", "WRITABLE_SCHEMA")]
    public void Hardened_profile_is_not_softened(string keyword, string pragma) =>
        Should.Throw<ArgumentException>(() => Plan("Profile=Hardened;" + keyword)).Message.ShouldContain(pragma);

    [Test]
    public void Hardened_profile_takes_its_own_values_and_others() =>
        Plan("Profile=Hardened;Mmap Size=0;Pragmas=threads=2;Cache Size=5").ShouldContain("mmap_size=0");

    private static IReadOnlyList<string> Plan(string connectionString) => Names(WalSettings.Parse("Data Source=a.db;" + connectionString));

    private static IReadOnlyList<string> Names(WalSettings settings) => [.. settings.Pragmas.Select(pragma => pragma.ToString())];
}
