using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class ProviderLogTests
{
    [Test]
    public void Open_logs_no_warning_when_the_whole_profile_took()
    {
        using var folder = new TempFolder();
        var log = new LogList();
        using var source = Build($"Data Source={folder.File()}", log);
        source.OpenConnection().Dispose();
        log.Category.ShouldBe("WalProvider");
        Warnings(log).ShouldBeEmpty();
    }

    [Test]
    public void Open_logs_each_pragma_that_did_not_take_once_for_each_session()
    {
        using var folder = new TempFolder();
        MakeDatabase(folder);
        var log = new LogList();
        using var source = Build($"Data Source={folder.File()};Mode=ReadOnly", log);
        for (var round = 0; round < 3; round++)
            source.OpenConnection().Dispose();

        var (level, id, text) = Warnings(log).ShouldHaveSingleItem();
        level.ShouldBe(LogLevel.Warning);
        id.ShouldBe(1001);
        text.ShouldContain(folder.File());
        text.ShouldContain("journal_mode");
        text.ShouldContain("WAL");
    }

    [Test]
    public void Open_logs_nothing_when_nobody_wants_warnings()
    {
        using var folder = new TempFolder();
        MakeDatabase(folder);
        var log = new LogList { Least = LogLevel.Error };
        using var source = Build($"Data Source={folder.File()};Mode=ReadOnly", log);
        source.OpenConnection().Dispose();
        log.Events.ShouldBeEmpty();
    }

    [Test]
    public void Writes_of_a_lost_connection_that_cannot_be_committed_are_logged()
    {
        using var folder = new TempFolder();
        var log = new LogList();
        using var source = Build($"Data Source={folder.File()};Write Batch Size=100;Write Batch Interval=0", log);
        Forget(source);

        Patience.Until(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return source.Statistics.InUse == 0;
        });

        var (level, id, text) = Warnings(log).ShouldHaveSingleItem();
        level.ShouldBe(LogLevel.Error);
        id.ShouldBe(1002);
        text.ShouldContain(folder.File());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(WalDbDataSource source)
    {
        var connection = source.OpenConnection();
        connection.Run("CREATE TABLE p(a PRIMARY KEY); CREATE TABLE t(a REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
        connection.Run("INSERT INTO t VALUES(1)");
    }

    private static WalDbDataSource Build(string connectionString, LogList log)
        => new WalDbDataSourceBuilder(connectionString).UseLoggerFactory(log).Build();

    private static void MakeDatabase(TempFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File()};Pooling=False");
        connection.Open();
        connection.Run("CREATE TABLE t(a)");
    }

    private static IEnumerable<(LogLevel Level, int Id, string Text)> Warnings(LogList log)
        => log.Events.Where(found => found.Level >= LogLevel.Warning);
}
