using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalOptionsTests
{
    private static IEnumerable<TestCaseData> Spellings() =>
        from option in WalOptions.All
        from spelling in option.Spellings
        select new TestCaseData(option.Name, spelling);

    // Written out a second time on purpose: a default that is changed by accident must show.
    private static object?[][] Defaults() =>
    [
        ["Data Source", ""],
        ["Mode", SqliteOpenMode.ReadWriteCreate],
        ["Cache", SqliteCacheMode.Default],
        ["Password", ""],
        ["Foreign Keys", null],
        ["Recursive Triggers", false],
        ["Default Timeout", 30],
        ["Pooling", true],
        ["Profile", WalProfile.Balanced],
        ["Journal Mode", null],
        ["Synchronous", null],
        ["Cache Size", null],
        ["Temp Store", null],
        ["Mmap Size", null],
        ["Page Size", null],
        ["Wal Autocheckpoint", null],
        ["Journal Size Limit", null],
        ["Auto Vacuum", null],
        ["Max Page Count", null],
        ["Pragmas", ""],
        ["Busy Timeout", 30000],
        ["Transaction Mode", WalTransactionMode.Immediate],
        ["Write Gate", true],
        ["Write Batch Size", 0],
        ["Write Batch Interval", 1000],
        ["Enlist", true],
        ["Max Pool Size", 32],
        ["Min Pool Size", 0],
        ["Max Open Sessions", 0],
        ["Connection Idle Lifetime", 300],
        ["Connection Timeout", 15],
        ["Statement Cache Size", 100],
        ["Query Timeout", 0],
        ["DateTime Kind", DateTimeKind.Unspecified],
        ["Application Name", ""],
        ["Allow Network File System", false],
    ];

    private static object[][] WrongValues() =>
    [
        ["Mode", "Sideways", "ReadWriteCreate"],
        ["Mode", "7", "ReadOnly"],
        ["Cache", "Big", "Shared"],
        ["Foreign Keys", "perhaps", "True or False"],
        ["Recursive Triggers", "perhaps", "True or False"],
        ["Default Timeout", "soon", "2147483647"],
        ["Pooling", "perhaps", "True or False"],
        ["Profile", "Fast", "Balanced, Durable, Bulk, ReadHeavy, Hardened, None"],
        ["Journal Mode", "WALL", "DELETE, TRUNCATE, PERSIST, MEMORY, WAL, OFF"],
        ["Synchronous", "4", "OFF, NORMAL, FULL, EXTRA"],
        ["Cache Size", "64MB", "KiB where negative"],
        ["Temp Store", "DISK", "DEFAULT, FILE, MEMORY"],
        ["Mmap Size", "-1", "from 0 to 1099511627776 (bytes)"],
        ["Page Size", "5000", "a power of two from 512 to 65536 (bytes)"],
        ["Page Size", "131072", "a power of two from 512 to 65536 (bytes)"],
        ["Wal Autocheckpoint", "-1", "(pages)"],
        ["Journal Size Limit", "-2", "(bytes)"],
        ["Auto Vacuum", "SOMETIMES", "NONE, FULL, INCREMENTAL"],
        ["Max Page Count", "0", "from 1 to 4294967294 (pages)"],
        ["Busy Timeout", "-5", "from 0 to 2147483647 (milliseconds)"],
        ["Busy Timeout", "30s", "(milliseconds)"],
        ["Busy Timeout", "2147483648", "(milliseconds)"],
        ["Transaction Mode", "Serial", "Deferred, Immediate, Exclusive"],
        ["Write Gate", "2 or so", "True or False"],
        ["Write Batch Size", "-1", "from 0 to 10000000 (writes)"],
        ["Write Batch Interval", "-1", "(milliseconds)"],
        ["Enlist", "maybe", "True or False"],
        ["Max Pool Size", "0", "from 1 to 10000 (sessions)"],
        ["Min Pool Size", "-1", "from 0 to 10000 (sessions)"],
        ["Max Open Sessions", "1000001", "from 0 to 1000000 (sessions)"],
        ["Connection Idle Lifetime", "-1", "(seconds)"],
        ["Connection Timeout", "-1", "from 0 to 2147483 (seconds)"],
        ["Statement Cache Size", "-1", "from 0 to 100000 (SQL texts)"],
        ["Query Timeout", "-1", "(milliseconds)"],
        ["DateTime Kind", "GMT", "one of Unspecified, Utc, Local"],
        ["Allow Network File System", "nfs", "True or False"],
    ];

    [TestCaseSource(nameof(Spellings))]
    public void Find_knows_every_spelling_in_any_case(string name, string spelling)
    {
        WalOptions.Find(spelling)!.Name.ShouldBe(name);
        WalOptions.Find(spelling.ToUpperInvariant())!.Name.ShouldBe(name);
        WalOptions.Find(spelling.ToLowerInvariant())!.Name.ShouldBe(name);
    }

    [TestCase("DataSource", "Data Source")]
    [TestCase("Filename", "Data Source")]
    [TestCase("Command Timeout", "Default Timeout")]
    [TestCase("_journal", "Journal Mode")]
    [TestCase("JournalMode", "Journal Mode")]
    [TestCase("journal_mode", "Journal Mode")]
    [TestCase("busy_timeout", "Busy Timeout")]
    [TestCase("BusyTimeout", "Busy Timeout")]
    [TestCase("_txlock", "Transaction Mode")]
    [TestCase("transaction_mode", "Transaction Mode")]
    [TestCase("Maximum Pool Size", "Max Pool Size")]
    [TestCase("Minimum Pool Size", "Min Pool Size")]
    [TestCase("Auto Enlist", "Enlist")]
    [TestCase("Max Auto Prepare", "Statement Cache Size")]
    [TestCase("Batch Size", "Write Batch Size")]
    [TestCase("Batch Interval", "Write Batch Interval")]
    [TestCase("wal_autocheckpoint", "Wal Autocheckpoint")]
    public void Find_knows_the_spellings_that_users_bring_along(string spelling, string name) =>
        WalOptions.Find(spelling)!.Name.ShouldBe(name);

    [Test]
    public void Find_gives_null_when_nobody_knows_the_keyword() => WalOptions.Find("Bogus").ShouldBeNull();

    [Test]
    public void Spellings_belong_to_one_keyword_each()
    {
        var all = WalOptions.All.SelectMany(option => option.Spellings)
            .Concat(BorrowedKeywords.All.SelectMany(keyword => keyword.Spellings))
            .ToList();
        all.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(all.Count);
    }

    [Test]
    public void All_has_every_descriptor_of_the_table()
    {
        var fields = typeof(WalOptions).GetFields().Where(field => field.FieldType == typeof(WalOption))
            .Select(field => (WalOption)field.GetValue(null)!);
        WalOptions.All.ShouldBe(fields, ignoreOrder: true);
    }

    [TestCaseSource(nameof(Defaults))]
    public void Keyword_has_its_default_when_it_is_not_set(string name, object? expected)
    {
        var builder = new WalDbConnectionStringBuilder();
        builder[name].ShouldBe(expected);
        PropertyOf(builder, name).ShouldBe(expected);
    }

    [Test]
    public void Defaults_are_written_out_for_every_keyword() =>
        Defaults().Select(row => row[0]).ShouldBe(WalOptions.All.Select(option => option.Name), ignoreOrder: true);

    [Test]
    public void Wrong_values_are_written_out_for_every_keyword_but_free_text() =>
        WrongValues().Select(row => row[0]).Distinct().ShouldBe(
            WalOptions.All.Where(option => option.Value is not TextValue).Select(option => option.Name),
            ignoreOrder: true);

    [TestCaseSource(nameof(WrongValues))]
    public void Convert_names_keyword_value_and_range_when_the_value_is_wrong(string name, string value, string range)
    {
        var fromText = Should.Throw<ArgumentException>(() => new WalDbConnectionStringBuilder($"{name}={value}"));
        var fromIndexer = Should.Throw<ArgumentException>(() => new WalDbConnectionStringBuilder()[name] = value);

        fromIndexer.Message.ShouldBe(fromText.Message);
        fromText.Message.ShouldContain($"'{name}'");
        fromText.Message.ShouldContain($"'{value}'");
        fromText.Message.ShouldContain(range);
    }

    private static object? PropertyOf(WalDbConnectionStringBuilder builder, string name) =>
        typeof(WalDbConnectionStringBuilder).GetProperty(name.Replace(" ", ""))!.GetValue(builder);
}
