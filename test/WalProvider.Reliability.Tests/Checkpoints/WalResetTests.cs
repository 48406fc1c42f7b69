using System.Globalization;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[Row(11, "the window of SQLite's WAL-reset bug held open for 1 ms, checkpoints of all modes beside writers", "no commit lost")]
public class WalResetTests
{
    private const int Damaged = -1;
    private const int MostCanarySeconds = 30;

    private static int Seconds => Extent.Of(fast: 1, whole: 15);

    private static int LeastCheckpoints => Extent.Of(fast: 50, whole: 2_000);

    [Test]
    public void No_commit_is_lost_to_checkpoints_beside_writers_of_the_process()
    {
        using var folder = new TempFolder();
        var database = Create(folder);

        var (committed, checkpoints, pauses) = Run(database, new WalResetPlan(Seconds, LeastCheckpoints));

        var found = Count(database);
        Report.Figures($"{committed:N0} commits, {checkpoints:N0} checkpoints, {pauses:N0} times in the window: {committed - found} lost");
        pauses.ShouldBeGreaterThan(10);
        found.ShouldBe(committed);
    }

    [Test]
    public void No_commit_is_lost_to_checkpoints_beside_writers_of_another_process()
    {
        using var folder = new TempFolder();
        var database = Create(folder);
        using var writer = Start(database, new WalResetPlan(0, 0, Checkpoints: false));

        var (_, checkpoints, pauses) = Run(database, new WalResetPlan(Seconds, LeastCheckpoints, Writes: false));
        writer.Send("end");
        var (committed, _, _) = Numbers(writer);

        var found = Count(database);
        Report.Figures($"writers in another process: {committed:N0} commits, {checkpoints:N0} checkpoints, {pauses:N0} times in the window: {committed - found} lost");
        pauses.ShouldBeGreaterThan(10);
        found.ShouldBe(committed);
    }

    [Test]
    public void Canary_commits_are_lost_where_nothing_guards_the_window()
    {
        using var folder = new TempFolder();
        long committed = 0, found = 0, checkpoints = 0;
        for (var second = 0; second < MostCanarySeconds && found == committed; second++)
        {
            var database = Create(folder, $"{second}.db");
            (committed, checkpoints, _) = Run(database, new WalResetPlan(1, 0, IsGuarded: false));
            found = Count(database);
        }

        Report.Figures(found == Damaged
            ? $"canary, unguarded: the file was damaged within {checkpoints:N0} checkpoints"
            : $"canary, unguarded: {committed - found:N0} of {committed:N0} lost in {checkpoints:N0} checkpoints");
        found.ShouldBeLessThan(committed);
    }

    private static string Create(TempFolder folder, string name = "test.db")
    {
        using var connection = new WalDbConnection($"Data Source={folder.File(name)};Pooling=False");
        connection.Open();
        connection.Run("CREATE TABLE t(a)");
        return folder.File(name);
    }

    private static (long Committed, long Checkpoints, long Pauses) Run(string database, WalResetPlan plan)
    {
        using var worker = Start(database, plan);
        return Numbers(worker);
    }

    private static WorkerProcess Start(string database, WalResetPlan plan)
    {
        var worker = WorkerProcess.Start(
            new Dictionary<string, string> { ["LD_PRELOAD"] = ShimLibrary.Window }, "wal-reset", database, plan.ToString());
        worker.ReadLine().ShouldBe("ready");
        return worker;
    }

    private static (long Committed, long Checkpoints, long Pauses) Numbers(WorkerProcess worker)
    {
        var line = worker.ReadLine();
        worker.WaitForExit().ShouldBe(0);
        var numbers = line!.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1], numbers[2]);
    }

    private static long Count(string database)
    {
        try
        {
            using var connection = new WalDbConnection($"Data Source={database};Pooling=False");
            connection.Open();
            return Equals(connection.Ask("PRAGMA integrity_check"), "ok") ? (long)connection.Ask("SELECT count(*) FROM t NOT INDEXED")! : Damaged;
        }
        catch (SqliteException)
        {
            return Damaged;
        }
    }
}
