using System.Data.Common;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalDbConnectionStringBuilderTests
{
    private static readonly string[] Awkward =
    [
        "a b", " leading", "trailing ", "semi;colon", "e=qual", "it's", "\"quoted\"", "both ' and \"", "'", "\"", "''", ";", "=", "{brace}",
        "new\nline", "tab\t", "ünïcödé 日本語 😀", "%20?#", "C:\\path\\to.db", "Password=x", "null", "true", "\\", "ends in quote'",
    ];

    private static IEnumerable<TestCaseData> TextsInTextKeywords() =>
        from name in new[] { "Data Source", "Password", "Application Name", "Pragmas" }
        from text in Awkward
        select new TestCaseData(name, text);

    [TestCaseSource(nameof(TextsInTextKeywords))]
    public void ConnectionString_round_trips_awkward_text(string name, string text)
    {
        var builder = new WalDbConnectionStringBuilder { [name] = text };
        new WalDbConnectionStringBuilder(builder.ConnectionString)[name].ShouldBe(text);
    }

    [Test]
    public void ConnectionString_round_trips_any_text() => Prop
        .ForAll(ArbMap.Default.ArbFor<NonNull<string>>().Filter(text => !text.Get.Contains('\0') && !text.Get.EndsWith('\n')), text =>
        {
            var builder = new WalDbConnectionStringBuilder { DataSource = text.Get, ApplicationName = text.Get, Mode = SqliteOpenMode.ReadOnly };
            var again = new WalDbConnectionStringBuilder(builder.ConnectionString);
            return again.DataSource == text.Get && again.ApplicationName == text.Get && again.Mode == SqliteOpenMode.ReadOnly;
        })
        .QuickCheckThrowOnFailure();

    [Test]
    public void DataSource_refuses_a_line_break_at_its_end_which_would_be_lost_on_the_way()
        => Should.Throw<ArgumentException>(() => new WalDbConnectionStringBuilder { DataSource = "a\n" }).Message.ShouldContain("line break");

    [Test]
    public void ConnectionString_round_trips_any_numbers() => Prop
        .ForAll<int, int, long>((busy, cache, limit) =>
        {
            var builder = new WalDbConnectionStringBuilder
            {
                BusyTimeout = busy & int.MaxValue,
                CacheSize = Math.Max(cache, -int.MaxValue),
                JournalSizeLimit = limit & long.MaxValue,
                DefaultTimeout = cache,
            };
            var again = new WalDbConnectionStringBuilder(builder.ConnectionString);
            return again.Values.Cast<object?>().SequenceEqual(builder.Values.Cast<object?>());
        })
        .QuickCheckThrowOnFailure();

    [Test]
    public void ConnectionString_is_canonical_whatever_spelling_case_and_order()
    {
        var one = new WalDbConnectionStringBuilder("busy_timeout=5;FILENAME=a.db;journal_mode=wal;mode=readonly");
        var other = new WalDbConnectionStringBuilder("Mode=2;Journal Mode=WAL;Data Source=a.db;BusyTimeout= 5 ");

        one.ConnectionString.ShouldBe("Data Source=a.db;Mode=ReadOnly;Journal Mode=WAL;Busy Timeout=5");
        other.ConnectionString.ShouldBe(one.ConnectionString);
        one.EquivalentTo(other).ShouldBeTrue();
    }

    [Test]
    public void ConnectionString_names_only_what_is_set() => new WalDbConnectionStringBuilder().ConnectionString.ShouldBeEmpty();

    [Test]
    public void ConnectionString_takes_the_last_when_a_keyword_stands_twice() =>
        new WalDbConnectionStringBuilder("Busy Timeout=1;busy_timeout=2").BusyTimeout.ShouldBe(2);

    [TestCase("Data Source")]
    [TestCase("just text")]
    [TestCase("Data Source='a")]
    public void ConnectionString_throws_when_it_is_malformed(string text) =>
        Should.Throw<ArgumentException>(() => new WalDbConnectionStringBuilder(text));

    [Test]
    public void Constructor_takes_null_for_nothing() => new WalDbConnectionStringBuilder(null).ConnectionString.ShouldBeEmpty();

    [Test]
    public void Properties_set_what_the_keywords_set()
    {
        var set = new WalDbConnectionStringBuilder();
        foreach (var (name, value) in NonDefaults)
            typeof(WalDbConnectionStringBuilder).GetProperty(name.Replace(" ", ""))!.SetValue(set, value);
        var parsed = new WalDbConnectionStringBuilder(string.Join(';', NonDefaults.Select(pair => $"{pair.Name}={pair.Value}")));

        NonDefaults.Select(pair => pair.Name).ShouldBe(WalOptions.All.Select(option => option.Name), ignoreOrder: true);
        set.ConnectionString.ShouldBe(parsed.ConnectionString);
        foreach (var (name, value) in NonDefaults)
            parsed[name].ShouldBe(value);
    }

    private static readonly (string Name, object Value)[] NonDefaults =
    [
        ("Data Source", "a.db"), ("Mode", SqliteOpenMode.ReadWrite), ("Cache", SqliteCacheMode.Private), ("Password", "secret"),
        ("Foreign Keys", false), ("Recursive Triggers", true), ("Default Timeout", 7), ("Pooling", false),
        ("Profile", WalProfile.Durable), ("Journal Mode", "DELETE"), ("Synchronous", "EXTRA"), ("Cache Size", -4000),
        ("Temp Store", "FILE"), ("Mmap Size", 1048576L), ("Page Size", 8192), ("Wal Autocheckpoint", 500),
        ("Journal Size Limit", -1L), ("Auto Vacuum", "FULL"), ("Max Page Count", 1000L), ("Pragmas", "secure_delete=ON"),
        ("Busy Timeout", 5000), ("Transaction Mode", WalTransactionMode.Deferred), ("Write Gate", false), ("Write Batch Size", 10),
        ("Write Batch Interval", 50), ("Enlist", false), ("Max Pool Size", 4), ("Min Pool Size", 2), ("Max Open Sessions", 9), ("Connection Idle Lifetime", 60),
        ("Connection Timeout", 3), ("Statement Cache Size", 0), ("Query Timeout", 900), ("DateTime Kind", DateTimeKind.Utc), ("Application Name", "me"),
        ("Allow Network File System", true),
    ];

    [Test]
    public void Property_throws_as_the_connection_string_does_when_the_value_is_wrong()
    {
        var builder = new WalDbConnectionStringBuilder();
        Should.Throw<ArgumentException>(() => builder.MaxPoolSize = 0).Message.ShouldContain("'Max Pool Size'");
        Should.Throw<ArgumentException>(() => builder.JournalMode = "WALL").Message.ShouldContain("'Journal Mode'");
        Should.Throw<ArgumentException>(() => builder.Profile = (WalProfile)77).Message.ShouldContain("'Profile'");
        builder.ConnectionString.ShouldBeEmpty();
    }

    [Test]
    public void Property_takes_null_back_to_the_default()
    {
        var builder = new WalDbConnectionStringBuilder("Foreign Keys=True;Journal Mode=WAL;Cache Size=5;Application Name=me")
        {
            ForeignKeys = null,
            JournalMode = null,
            CacheSize = null,
            ApplicationName = null,
        };
        builder.ForeignKeys.ShouldBeNull();
        builder.JournalMode.ShouldBeNull();
        builder.CacheSize.ShouldBeNull();
        builder.ApplicationName.ShouldBe("");
        builder.ShouldSerialize("Journal Mode").ShouldBeFalse();
    }

    [Test]
    public void Remove_and_null_set_a_keyword_back_by_any_spelling()
    {
        var builder = new WalDbConnectionStringBuilder("Busy Timeout=5;Page Size=1024");

        builder.Remove("busy_timeout").ShouldBeTrue();
        builder.Remove("busy_timeout").ShouldBeFalse();
        builder.Remove("Bogus").ShouldBeFalse();
        builder["PageSize"] = null;

        builder.BusyTimeout.ShouldBe(30_000);
        builder.PageSize.ShouldBeNull();
        builder.ConnectionString.ShouldBeEmpty();
    }

    [Test]
    public void Clear_sets_every_keyword_back()
    {
        var builder = new WalDbConnectionStringBuilder(string.Join(';', NonDefaults.Select(pair => $"{pair.Name}={pair.Value}")));
        builder.Clear();
        builder.ConnectionString.ShouldBeEmpty();
        builder.Values.Cast<object?>().ShouldBe(new WalDbConnectionStringBuilder().Values.Cast<object?>());
    }

    [Test]
    public void Keys_and_Values_belong_together()
    {
        var builder = new WalDbConnectionStringBuilder("Data Source=a.db;Max Pool Size=3");
        var pairs = builder.Keys.Cast<string>().Zip(builder.Values.Cast<object?>()).ToList();

        pairs.Select(pair => pair.First).ShouldBe(WalOptions.All.Select(option => option.Name));
        pairs.ShouldAllBe(pair => Equals(builder[pair.First], pair.Second));
        pairs.ShouldContain(("Max Pool Size", (object?)3));
    }

    [TestCase("Data Source=a.db;Foreign Keys=True")]
    [TestCase("Filename=:memory:;Cache=Shared;Command Timeout=5")]
    [TestCase("Data Source=x;Mode=Memory;Recursive Triggers=True;Pooling=False;Password=p")]
    [TestCase("")]
    public void Keywords_of_the_wrapped_provider_read_as_through_its_own_builder(string connectionString)
    {
        var theirs = new SqliteConnectionStringBuilder(connectionString);
        var ours = new WalDbConnectionStringBuilder(connectionString);

        ours.ConnectionString.ShouldBe(theirs.ConnectionString);
        foreach (string key in theirs.Keys)
        {
            ours[key].ShouldBe(theirs[key]);
            ours.ContainsKey(key).ShouldBeTrue();
            ours.ShouldSerialize(key).ShouldBe(theirs.ShouldSerialize(key));
            ours.TryGetValue(key, out var our).ShouldBe(theirs.TryGetValue(key, out var their));
            our.ShouldBe(their);
        }
    }

    [Test]
    public void Members_of_the_wrapped_providers_builder_are_all_here_with_their_types()
    {
        foreach (var property in typeof(SqliteConnectionStringBuilder).GetProperties())
        {
            var ours = typeof(WalDbConnectionStringBuilder).GetProperty(
                property.Name, property.PropertyType, [.. property.GetIndexParameters().Select(parameter => parameter.ParameterType)]);
            ours.ShouldNotBeNull(property.Name);
            ours.CanWrite.ShouldBe(property.CanWrite, property.Name);
        }
    }

    [Test]
    public void Builder_works_through_the_base_class()
    {
        DbConnectionStringBuilder builder = new WalDbConnectionStringBuilder();
        builder.Add("Data Source", "a.db");
        builder.Add("busy_timeout", 5);
        builder.Count.ShouldBe(2);
        builder.ToString().ShouldBe("Data Source=a.db;Busy Timeout=5");
    }

    [TestCase("app.db")]
    [TestCase("/tmp/with space;and=more'\".db")]
    public void ForPath_takes_a_plain_path_as_it_is(string path) => WalDbConnectionStringBuilder.ForPath(path).DataSource.ShouldBe(path);

    [TestCase("file:app.db")]
    [TestCase("FILE:app.db")]
    [TestCase(":memory:")]
    [TestCase("|DataDirectory|app.db")]
    public void ForPath_makes_absolute_what_would_read_as_something_else(string path)
    {
        var settings = WalSettings.Parse(WalDbConnectionStringBuilder.ForPath(path).ConnectionString);
        settings.IsFileless.ShouldBeFalse();
        settings.ResolveFilePath().ShouldBe(Path.Combine(Environment.CurrentDirectory, path));
    }

    [Test]
    public void ForPath_makes_the_file_of_that_very_name([Values("file:odd?mode=memory", ":memory:", "a b;c=d'e\".db", "ünï%41#.db")] string name)
    {
        using var folder = new TempFolder();
        // The relative names cannot be tried without changing the current folder of all tests; the folder stands in for it.
        var builder = WalDbConnectionStringBuilder.ForPath(folder.File(name));
        using (var connection = new SqliteConnection(WalSettings.Parse(builder.ConnectionString).InnerConnectionString))
            connection.Open();
        Directory.GetFiles(folder.Path).ShouldBe([folder.File(name)]);
    }

    [Test]
    public void ForPath_throws_when_the_path_is_empty() =>
        Should.Throw<ArgumentException>(() => WalDbConnectionStringBuilder.ForPath(""));
}
