using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class DatabaseFilesTests
{
    [TestCase("same")]
    [TestCase("uri")]
    [TestCase("link")]
    [TestCase("linked folder")]
    [TestCase("dots")]
    [TestCase("relative")]
    [TestCase("mode")]
    public void All_names_of_one_file_share_a_gate(string kind)
    {
        using var database = new TestDatabase("Busy Timeout=0");
        using var first = database.OpenWithTable();
        using var second = new WalDbConnection($"Data Source={OtherName(database, kind)};Busy Timeout=0;Pooling=False");
        second.Open();

        using (first.BeginTransaction())
            Should.Throw<WriteGateTimeoutException>(() => second.Run("INSERT INTO t VALUES(1)"));

        second.Run("INSERT INTO t VALUES(1)").ShouldBe(1);
    }

    [Test]
    public void Other_files_have_other_gates()
    {
        using var one = new TestDatabase("Busy Timeout=0");
        using var other = new TestDatabase("Busy Timeout=0");
        using var first = one.OpenWithTable();
        using var second = other.OpenWithTable();
        using var firstTransaction = first.BeginTransaction();
        using var secondTransaction = second.BeginTransaction();
        second.Run("INSERT INTO t VALUES(1)");
    }

    [Test]
    public void Shared_memory_databases_have_a_gate_for_each_name()
    {
        var name = $"gates-{Guid.NewGuid():N}";
        using var source = new WalDbDataSourceBuilder($"Data Source={name};Mode=Memory;Cache=Shared;Busy Timeout=0").Build();
        using var other = new WalDbDataSourceBuilder($"Data Source={name}-other;Mode=Memory;Cache=Shared;Busy Timeout=0").Build();
        using var first = source.OpenConnection();
        using var second = source.OpenConnection();
        using var third = other.OpenConnection();
        using var transaction = first.BeginTransaction();
        Should.Throw<WriteGateTimeoutException>(() => second.BeginTransaction());
        third.BeginTransaction().Dispose();
    }

    [Test]
    public void Write_Gate_off_leaves_it_to_the_file_lock()
    {
        using var database = new TestDatabase("Busy Timeout=0;Write Gate=False");
        using var first = database.OpenWithTable();
        using var second = database.Open();
        using var transaction = first.BeginTransaction();
        Should.Throw<SqliteBusyException>(() => second.Run("INSERT INTO t VALUES(1)")).ShouldNotBeOfType<WriteGateTimeoutException>();
    }

    [Test]
    public void For_gives_one_file_for_a_key_and_another_for_another()
    {
        var key = Guid.NewGuid().ToString();
        var file = DatabaseFiles.For(key);
        DatabaseFiles.For(key).ShouldBeSameAs(file);
        DatabaseFiles.For(key + "'").ShouldNotBeSameAs(file);
        GC.KeepAlive(file);
    }

    private static string OtherName(TestDatabase database, string kind)
    {
        var link = Path.Combine(database.Folder, "link");
        switch (kind)
        {
            case "uri":
                return $"file:{database.File}?cache=private";
            case "link":
                File.CreateSymbolicLink(link, database.File);
                return link;
            case "linked folder":
                Directory.CreateSymbolicLink(link, database.Folder);
                return Path.Combine(link, Path.GetFileName(database.File));
            case "dots":
                return Path.Combine(database.Folder, "..", Path.GetFileName(database.Folder), Path.GetFileName(database.File));
            case "relative":
                return Path.GetRelativePath(Environment.CurrentDirectory, database.File);
            case "mode":
                return $"{database.File};Mode=ReadWrite;Profile=Durable";
            default:
                return database.File;
        }
    }
}
