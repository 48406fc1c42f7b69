using System.Globalization;
using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[Row(16, "backup beside a writer; restore killed at random moments, over a stale -wal, beside open connections",
    "every backup is whole and has what was acknowledged before it; a restored file is the old or the new, never a mix")]
public class RestoreKillTests
{
    private const int SmallUnits = 200;
    private const int LargeUnits = 900;

    private static int Kills => Extent.Of(fast: 4, whole: 50);

    [Test]
    public void Restore_that_is_killed_leaves_the_old_file_or_the_new_one()
    {
        using var folder = new TempFolder();
        var database = folder.File();
        Backup(folder.File("small.db"), SmallUnits, database + ".0");
        Backup(folder.File("large.db"), LargeUnits, database + ".1");
        DatabaseBackup.RestoreTo(database + ".0", database);
        var random = new Random(16);
        var seen = new Dictionary<long, int>();

        for (var kill = 0; kill < Kills; kill++)
        {
            using (var worker = WorkerProcess.Start("restore-ledger", database))
            {
                var restoreMicroseconds = int.Parse(worker.ReadLine()!, CultureInfo.InvariantCulture);
                Moment.Spend(random.Next(2 * restoreMicroseconds));
                worker.Kill();
            }

            // The killed one has left its WAL beside the file: the next to open must not take it for that of another content.
            var state = LedgerState.Read(database);
            state.Damage.ShouldBeNull($"kill {kill}");
            state.Units.ShouldBeOneOf(SmallUnits, LargeUnits);
            seen[state.Units] = seen.GetValueOrDefault(state.Units) + 1;
            Report.Progress(kill, Kills);
        }

        Report.Figures(
            $"{Kills} restores killed: {seen.GetValueOrDefault(SmallUnits)} the one, {seen.GetValueOrDefault(LargeUnits)} the other, 0 mixed");
        if (Extent.IsWhole)
            seen.Count.ShouldBe(2);
    }

    [Test]
    public void Backup_beside_a_writer_is_whole_and_has_what_was_acknowledged_before([Values] BackupMode mode)
    {
        using var folder = new TempFolder();
        var database = folder.File();
        using var worker = WorkerProcess.Start("ledger", database, new LedgerPlan { CheckpointEvery = 300 }.ToString());
        worker.ReadLine().ShouldBe("ready");
        var findings = new Findings();
        using (var connection = new WalDbConnection($"Data Source={database};Pooling=False"))
        {
            connection.Open();
            for (var n = 0; n < Kills; n++)
            {
                var acknowledged = LedgerState.Acknowledged(database);
                connection.BackupTo(folder.File("copy"), new BackupOptions { Mode = mode });
                findings.Add(LedgerState.Read(folder.File("copy")), acknowledged, long.MaxValue, $"backup {n}");
            }
        }

        worker.Kill();
        Report.Figures($"{findings.Looks} backups by {mode} beside a writer: {findings}");
        findings.ShouldBeNone();
    }

    private static void Backup(string database, int units, string destination)
    {
        WorkerProcess.Run("ledger", database, new LedgerPlan { Units = units }.ToString());
        using var connection = new WalDbConnection($"Data Source={database};Pooling=False");
        connection.Open();
        connection.BackupTo(destination);
    }
}
