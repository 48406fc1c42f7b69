using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Engine;

[Parallelizable(ParallelScope.All)]
public class EngineFileTests
{
    [Test]
    public void TryGetLength_gives_the_length_of_the_wal_and_of_the_main_file()
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var db = connection.Session.Engine.Db;

        new EngineFile(EngineExports.WalFile(db)).TryGetLength(out var wal).ShouldBeTrue();
        new EngineFile(EngineExports.MainFile(db)).TryGetLength(out var main).ShouldBeTrue();

        wal.ShouldBe(new FileInfo(database.File + "-wal").Length);
        main.ShouldBe(new FileInfo(database.File).Length);
    }

    [Test]
    public void TryWriteZeros_writes_all_of_them([Values(1, 65_536, 131_072, 527_360)] int count)
    {
        using var database = new TestDatabase();
        using var connection = database.OpenWithTable();
        var file = new EngineFile(EngineExports.WalFile(connection.Session.Engine.Db));
        file.TryGetLength(out var before).ShouldBeTrue();

        file.TryWriteZeros(before, before + count).ShouldBeTrue();

        file.TryGetLength(out var after).ShouldBeTrue();
        (after - before).ShouldBe(count);
        connection.Ask("PRAGMA integrity_check").ShouldBe("ok");
    }

    [Test]
    public void No_file_has_neither_length_nor_room()
    {
        new EngineFile(0).TryGetLength(out _).ShouldBeFalse();
        new EngineFile(0).TryWriteZeros(0, 1).ShouldBeFalse();
    }
}
