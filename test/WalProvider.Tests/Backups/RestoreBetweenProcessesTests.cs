using System.Diagnostics;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

public class RestoreBetweenProcessesTests
{
    private const int Restores = 24;
    private const int ShortKills = 8;

    /// <summary>As many as a nightly run takes: WALPROVIDER_KILLS=50.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("WALPROVIDER_KILLS"), out var kills) ? kills : ShortKills;

    [Test]
    public void Another_process_sees_the_old_database_or_the_new_one_and_no_error_while_it_is_restored_again_and_again()
    {
        using var folder = new TempFolder();
        var facts = MakeTwo(folder);
        using var live = new WalDbConnection($"Data Source={folder.File()}");
        live.Open();
        using var worker = WorkerProcess.Start("watch-restore", folder.File());
        worker.ReadLine().ShouldBe("ready");

        for (var restore = 0; restore < Restores; restore++)
        {
            live.RestoreFrom(folder.File($"backup.{restore % 2}"));
        }

        worker.Send("end");
        var seen = worker.ReadLine().ShouldNotBeNull().Split('|');
        worker.WaitForExit().ShouldBe(0);
        int.Parse(seen[0], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(Restores / 2);
        seen[1..].ShouldBe(facts, ignoreOrder: true);
    }

    [Test]
    public void Database_is_the_old_one_or_the_new_one_at_whatever_moment_a_restore_is_killed()
    {
        using var folder = new TempFolder();
        var facts = MakeTwo(folder);
        var random = new Random(20240102);
        for (var kill = 0; kill < Kills; kill++)
        {
            using (var worker = WorkerProcess.Start("restore", folder.File(), folder.File("backup")))
            {
                worker.ReadLine().ShouldBe("ready");
                SpendMicroseconds(random.Next(300_000));
                worker.Kill();
            }

            using var live = new WalDbConnection($"Data Source={folder.File()};Pooling=False");
            live.Open();
            facts.ShouldContain(Text(live, Facts), $"kill {kill}");
            Text(live, "PRAGMA integrity_check").ShouldBe("ok", $"kill {kill}");
        }
    }

    private const string Facts
        = "SELECT min(generation) || ' ' || max(generation) || ' ' || count(*) || ' ' || sum(length(content)) FROM item";

    /// <summary>Two backups that differ in every page, the second of them live; what tells each.</summary>
    private static string[] MakeTwo(TempFolder folder)
    {
        using var live = new WalDbConnection($"Data Source={folder.File()};Pooling=False");
        live.Open();
        SampleDatabase.Execute(live, "CREATE TABLE item(generation INTEGER, content BLOB)");
        return [Make(0, 2_000), Make(1, 3_000)];

        string Make(int generation, int rows)
        {
            SampleDatabase.Execute(
                live,
                "DELETE FROM item; "
                + $"WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) INSERT INTO item SELECT {generation}, randomblob(500 + {generation}) FROM n");
            live.BackupTo(folder.File($"backup.{generation}"));
            return Text(live, Facts);
        }
    }

    private static string Text(WalDbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }

    // The moment is to be any, so nothing is waited for.
    private static void SpendMicroseconds(int microseconds)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started).TotalMicroseconds < microseconds)
        {
            Thread.Yield();
        }
    }
}
