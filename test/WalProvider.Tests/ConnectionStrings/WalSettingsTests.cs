using System.Reflection;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalSettingsTests
{
    [Test]
    public void Parse_gives_the_defaults_when_nothing_is_set()
    {
        var settings = WalSettings.Parse("Data Source=a.db");

        settings.DataSource.ShouldBe("a.db");
        settings.Mode.ShouldBe(SqliteOpenMode.ReadWriteCreate);
        settings.Cache.ShouldBe(SqliteCacheMode.Default);
        settings.IsFileless.ShouldBeFalse();
        settings.IsReadOnly.ShouldBeFalse();
        settings.Pooling.ShouldBeTrue();
        settings.Profile.ShouldBe(WalProfile.Balanced);
        settings.IsHardened.ShouldBeFalse();
        settings.BusyTimeout.ShouldBe(TimeSpan.FromSeconds(30));
        settings.WriteBatchSize.ShouldBe(0);
        settings.WriteBatchInterval.ShouldBe(TimeSpan.FromSeconds(1));
        settings.WriteGate.ShouldBeTrue();
        settings.TransactionMode.ShouldBe(WalTransactionMode.Immediate);
        settings.MaxPoolSize.ShouldBe(32);
        settings.MinPoolSize.ShouldBe(0);
        settings.MaxOpenSessions.ShouldBe(0);
        settings.ConnectionIdleLifetime.ShouldBe(TimeSpan.FromMinutes(5));
        settings.ConnectionTimeout.ShouldBe(TimeSpan.FromSeconds(15));
        settings.StatementCacheSize.ShouldBe(100);
        settings.QueryTimeout.ShouldBe(TimeSpan.Zero);
        settings.Enlist.ShouldBeTrue();
        settings.ApplicationName.ShouldBe(Assembly.GetEntryAssembly()!.GetName().Name);
        settings.AllowNetworkFileSystem.ShouldBeFalse();
        settings.DefaultTimeout.ShouldBe(30);
        settings.IsDefaultTimeoutSet.ShouldBeFalse();
    }

    [Test]
    public void Parse_reads_each_unit()
    {
        var settings = WalSettings.Parse(
            "Data Source=a.db;Busy Timeout=1500;Write Batch Interval=250;Connection Idle Lifetime=60;Connection Timeout=2;"
            + "Query Timeout=300;Command Timeout=9;Application Name=me;Profile=Hardened;Transaction Mode=Deferred");

        settings.BusyTimeout.ShouldBe(TimeSpan.FromMilliseconds(1500));
        settings.WriteBatchInterval.ShouldBe(TimeSpan.FromMilliseconds(250));
        settings.ConnectionIdleLifetime.ShouldBe(TimeSpan.FromSeconds(60));
        settings.ConnectionTimeout.ShouldBe(TimeSpan.FromSeconds(2));
        settings.QueryTimeout.ShouldBe(TimeSpan.FromMilliseconds(300));
        settings.DefaultTimeout.ShouldBe(9);
        settings.IsDefaultTimeoutSet.ShouldBeTrue();
        settings.ApplicationName.ShouldBe("me");
        settings.IsHardened.ShouldBeTrue();
        settings.TransactionMode.ShouldBe(WalTransactionMode.Deferred);
    }

    [Test]
    public void InnerConnectionString_has_the_wrapped_providers_keywords_only()
    {
        var settings = WalSettings.Parse(
            "Data Source='a;b.db';Mode=ReadWrite;Cache=Private;Password=p;Foreign Keys=True;Recursive Triggers=True;Default Timeout=7;"
            + "Pooling=True;Busy Timeout=5;Profile=Durable;Max Pool Size=3");
        var inner = new SqliteConnectionStringBuilder(settings.InnerConnectionString);

        inner.DataSource.ShouldBe("a;b.db");
        inner.Mode.ShouldBe(SqliteOpenMode.ReadWrite);
        inner.Cache.ShouldBe(SqliteCacheMode.Private);
        inner.Password.ShouldBe("p");
        inner.RecursiveTriggers.ShouldBeTrue();
        inner.DefaultTimeout.ShouldBe(7);
        inner.Pooling.ShouldBeFalse();
        inner.ForeignKeys.ShouldBeNull();
    }

    [Test]
    public void Settings_are_equal_when_their_canonical_texts_are()
    {
        var one = WalSettings.Parse("busy_timeout=5;Filename=a.db");
        var same = WalSettings.Parse("Data Source=a.db;Busy Timeout=5");
        var other = WalSettings.Parse("Data Source=a.db;Busy Timeout=6");

        one.ShouldBe(same);
        one.GetHashCode().ShouldBe(same.GetHashCode());
        one.ShouldNotBe(other);
        one.Equals(null).ShouldBeFalse();
    }

    [Test]
    public void ToString_hides_the_password()
    {
        var settings = WalSettings.Parse("Data Source=a.db;Password=secret");
        settings.ToString().ShouldNotContain("secret");
        settings.ToString().ShouldContain("a.db");
        settings.ConnectionString.ShouldContain("secret");
    }

    [TestCase("Data Source=:memory:", false)]
    [TestCase("Data Source=", false)]
    [TestCase("Data Source=x;Mode=Memory", false)]
    [TestCase("Data Source=x;Mode=Memory;Cache=Shared", true)]
    [TestCase("Data Source=x.db", true)]
    [TestCase("Data Source=x.db;Pooling=False", false)]
    public void Pooling_is_off_for_a_private_database_in_memory(string connectionString, bool expected) =>
        WalSettings.Parse(connectionString).Pooling.ShouldBe(expected);

    [TestCase("Data Source=a.db;Write Batch Size=10", 10)]
    [TestCase("Data Source=a.db;Profile=Bulk", 5000)]
    [TestCase("Data Source=a.db;Profile=Bulk;Write Batch Size=0", 0)]
    [TestCase("Data Source=a.db;Profile=Bulk;Write Batch Size=7", 7)]
    [TestCase("Data Source=a.db;Write Batch Size=10;Cache=Shared", 0)]
    [TestCase("Data Source=a.db;Profile=Bulk;Cache=Shared", 0)]
    [TestCase("Data Source='file:a.db?cache=shared';Write Batch Size=10", 0)]
    public void WriteBatchSize_comes_from_keyword_profile_and_cache(string connectionString, int expected) =>
        WalSettings.Parse(connectionString).WriteBatchSize.ShouldBe(expected);

    [TestCase("Data Source=a.db;Mode=ReadOnly", true)]
    [TestCase("Data Source=a.db;Read Only=True", true)]
    [TestCase("Data Source='file:a.db?immutable=1'", true)]
    [TestCase("Data Source=a.db;Mode=ReadWrite", false)]
    public void IsReadOnly_comes_from_mode_and_URI(string connectionString, bool expected) =>
        WalSettings.Parse(connectionString).IsReadOnly.ShouldBe(expected);

    [Test]
    public void Parse_throws_when_the_pool_is_smaller_than_its_minimum()
    {
        var error = Should.Throw<ArgumentException>(() => WalSettings.Parse("Data Source=a.db;Max Pool Size=2;Min Pool Size=3"));
        error.Message.ShouldContain("'Min Pool Size' is set to 3");
        error.Message.ShouldContain("'Max Pool Size' (2)");
    }

    [Test]
    public void Parse_takes_a_minimum_that_is_the_maximum() =>
        WalSettings.Parse("Data Source=a.db;Max Pool Size=2;Min Pool Size=2").MinPoolSize.ShouldBe(2);

    [TestCase("file:a.db")]
    [TestCase("FILE:a.db")]
    public void Parse_throws_when_a_hardened_data_source_is_a_URI(string dataSource)
    {
        var error = Should.Throw<ArgumentException>(() => WalSettings.Parse($"Data Source={dataSource};Profile=Hardened"));
        error.Message.ShouldContain(dataSource);
        error.Message.ShouldContain("ForPath");
    }

    [Test]
    public void Parse_takes_a_hardened_path_from_ForPath()
    {
        var builder = WalDbConnectionStringBuilder.ForPath("file:a.db");
        builder.Profile = WalProfile.Hardened;
        WalSettings.Parse(builder.ConnectionString).IsHardened.ShouldBeTrue();
    }

    [Test]
    [NonParallelizable]
    public void ResolveFilePath_follows_DataDirectory_as_the_wrapped_provider_does()
    {
        // A setting of the whole process; this is the only test that depends on it, and it is back before it ends.
        using var folder = new TempFolder();
        var before = AppContext.GetData("DataDirectory");
        AppDomain.CurrentDomain.SetData("DataDirectory", folder.Path);
        try
        {
            WalSettings.Parse("Data Source=|DataDirectory|a.db").ResolveFilePath().ShouldBe(folder.File("a.db"));
            WalSettings.Parse("Data Source=sub/a.db").ResolveFilePath().ShouldBe(folder.File("sub/a.db"));
            WalSettings.Parse("Data Source=/abs/a.db").ResolveFilePath().ShouldBe("/abs/a.db");
            WalSettings.Parse("Data Source=file:a.db").ResolveFilePath().ShouldBe(Path.GetFullPath("a.db"));
        }
        finally
        {
            AppDomain.CurrentDomain.SetData("DataDirectory", before);
        }
    }
}
