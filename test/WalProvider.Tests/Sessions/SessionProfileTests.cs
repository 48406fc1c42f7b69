using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class SessionProfileTests
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["synchronous=0"] = "OFF",
        ["synchronous=1"] = "NORMAL",
        ["synchronous=2"] = "FULL",
        ["temp_store=0"] = "DEFAULT",
        ["temp_store=2"] = "MEMORY",
        ["foreign_keys=1"] = "ON",
        ["foreign_keys=0"] = "OFF",
        ["trusted_schema=0"] = "OFF",
        ["cell_size_check=1"] = "ON",
        ["journal_mode=wal"] = "WAL",
        ["journal_mode=memory"] = "MEMORY",
    };

    [Test]
    public void EffectiveProfile_is_what_the_pragmas_read_back([Values] WalProfile profile)
    {
        using var database = new TestDatabase($"Profile={profile}");
        using var connection = database.Open();

        var effective = connection.EffectiveProfile!;

        effective.Name.ShouldBe(profile);
        effective.IsComplete.ShouldBeTrue();
        foreach (var pragma in effective.Where(pragma => pragma.Name != "defensive"))
            ReadBack(connection, pragma.Name).ShouldBe(pragma.Actual, pragma.Name, StringCompareShould.IgnoreCase);
    }

    [Test]
    public void EffectiveProfile_is_read_back_on_a_pooled_session_too([Values] WalProfile profile)
    {
        using var database = new TestDatabase($"Profile={profile}");
        database.Open().Dispose();
        using var connection = database.Open();
        foreach (var pragma in connection.EffectiveProfile!.Where(pragma => pragma.Name != "defensive"))
            ReadBack(connection, pragma.Name).ShouldBe(pragma.Actual, pragma.Name, StringCompareShould.IgnoreCase);
    }

    [Test]
    public void EffectiveProfile_says_what_a_database_in_memory_has()
    {
        using var connection = new WalDbConnection("Data Source=:memory:");
        connection.EffectiveProfile.ShouldBeNull();
        connection.Open();
        connection.EffectiveProfile!["journal_mode"].ShouldBe("MEMORY");
        connection.Ask("PRAGMA journal_mode").ShouldBe("memory");
    }

    [Test]
    public void EffectiveProfile_names_what_did_not_take_on_a_reader()
    {
        using var database = new TestDatabase();
        using (var elsewhere = database.OpenElsewhere())
            elsewhere.Run("CREATE TABLE t(a)");
        using var connection = new WalDbConnection($"Data Source={database.File};Mode=ReadOnly;Pooling=False");
        connection.Open();
        connection.EffectiveProfile!.IsComplete.ShouldBeFalse();
        connection.EffectiveProfile.Single(pragma => !pragma.IsInEffect).Name.ShouldBe("journal_mode");
        connection.Ask("PRAGMA journal_mode").ShouldBe("delete");
    }

    [Test]
    public void Keywords_go_before_the_profile()
    {
        using var database = new TestDatabase("Profile=Durable;Cache Size=-1234;Synchronous=OFF;Pragmas=secure_delete=1");
        using var connection = database.Open();
        connection.Ask("PRAGMA cache_size").ShouldBe(-1234L);
        connection.Ask("PRAGMA synchronous").ShouldBe(0L);
        connection.Ask("PRAGMA secure_delete").ShouldBe(1L);
        connection.Ask("PRAGMA foreign_keys").ShouldBe(1L);
    }

    [Test]
    public void Hardened_refuses_to_write_the_schema_directly()
    {
        using var database = new TestDatabase("Profile=Hardened");
        using var connection = database.OpenWithTable();
        connection.Run("PRAGMA writable_schema=ON");
        Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => connection.Run("UPDATE sqlite_master SET sql='x'"));
    }

    private static string ReadBack(WalDbConnection connection, string pragma)
    {
        var answer = Convert.ToString(connection.Ask($"PRAGMA {pragma}"), System.Globalization.CultureInfo.InvariantCulture)!;
        return Words.GetValueOrDefault($"{pragma}={answer}", answer);
    }
}
