using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;

namespace WalProvider.Tool;

/// <summary>The whole story: load, checkpoint, workers, backup; each step beside the wrapped provider on the same work.</summary>
internal sealed class DemoRun(IDemoSource source, DemoFolder folder, IStepList steps, CancellationToken cancellationToken)
{
    public const int Workers = 10;

    /// <summary>Autocommit takes minutes for all rows; a sample shows the rate.</summary>
    private static readonly TimeSpan SampleTime = TimeSpan.FromSeconds(2);

    private readonly string _ours = folder.File("walprovider.db");
    private readonly string _wrapped = folder.File("wrapped.db");
    private readonly string _backup = folder.File("backup.db");
    private readonly string _wrappedBackup = folder.File("wrapped-backup.db");
    private readonly List<DemoStep> _steps = [];
    private WorkerReport[] _workers = [];
    private long _writtenDuringBackup;
    private RowCheck? _backupCheck;

    public async Task<DemoReport> RunAsync()
    {
        var clock = Stopwatch.StartNew();
        using (var ours = DemoDatabase.Open(_ours))
        using (var wrapped = DemoDatabase.OpenWrappedTuned(_wrapped))
        {
            Load(ours, wrapped);
            Checkpoint(ours, wrapped);
            await CheckByWorkersAsync();
            await BackUpAsync(ours, wrapped);
        }

        CheckBackup();
        return new DemoReport(source.Title, source.Rows, _steps, _workers, _writtenDuringBackup, _backupCheck, clock.Elapsed);
    }

    private void Load(WalDbConnection ours, DbConnection wrapped)
    {
        var loaded = Measure("Load by unchanged Dapper code", source.Rows, step =>
        {
            var count = new DapperLoad(source, step, cancellationToken).Run(ours);
            ours.CommitBatch();
            return count;
        });
        var byHand = Measure("wrapped: transactions by hand", source.Rows, step =>
        {
            new DapperLoad(source, step, cancellationToken).RunInTransactions(wrapped, DemoDatabase.RowsPerTransaction);
            return source.Rows;
        });
        var asInstalled = Measure("wrapped: as installed", null, step =>
        {
            using var plain = DemoDatabase.OpenWrappedAsInstalled(folder.File("sample.db"));
            return new DapperLoad(source, step, cancellationToken).Run(plain, SampleTime);
        });
        _steps.Add(new DemoStep("load, transactions by hand", loaded, byHand, "same pragmas, transactions of 5,000 rows"));
        _steps.Add(new DemoStep("load, as installed", loaded, asInstalled, AsInstalled(asInstalled.Rows ?? 0)));
    }

    private void Checkpoint(WalDbConnection ours, DbConnection wrapped)
    {
        var checkpointed = Measure("Checkpoint before fork", null, _ =>
        {
            ours.CheckpointBeforeFork();
            return null;
        });
        var byPragma = Measure("wrapped: wal_checkpoint", null, _ =>
        {
            wrapped.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            return null;
        });
        _steps.Add(new DemoStep("checkpoint before fork", checkpointed, byPragma, "PRAGMA wal_checkpoint(TRUNCATE)"));
    }

    private async Task CheckByWorkersAsync()
    {
        var team = new WorkerTeam(source, Workers);
        var ours = await MeasureAsync($"{Workers} processes check all rows", Workers, async step =>
        {
            _workers = await team.RunAsync(_ours, isWrapped: false, done => step.Report(done), cancellationToken);
            return _workers.Sum(worker => worker.Rows);
        });
        var wrapped = await MeasureAsync("wrapped: the same", Workers, async step =>
        {
            var reports = await team.RunAsync(_wrapped, isWrapped: true, done => step.Report(done), cancellationToken);
            return reports.Sum(worker => worker.Rows);
        });
        _steps.Add(new DemoStep($"{Workers} processes check all rows", ours, wrapped, "the same code"));
    }

    private async Task BackUpAsync(WalDbConnection ours, SqliteConnection wrapped)
    {
        var backedUp = await MeasureAsync("Back up beside a writer", 1, async step =>
        {
            using var writer = new BusyWriter(() => DemoDatabase.Open(_ours), rowsPerTransaction: 0);
            await writer.HasBegunAsync();
            var before = writer.Rows;
            await ours.BackupToAsync(_backup, progress: new StepProgress(step), cancellationToken: cancellationToken);
            _writtenDuringBackup = writer.Rows - before;
            await writer.StopAsync();
            return null;
        });
        var byHand = await MeasureAsync("wrapped: BackupDatabase", null, async _ =>
        {
            using var writer = new BusyWriter(() => DemoDatabase.OpenWrappedTuned(_wrapped), DemoDatabase.RowsPerTransaction);
            await writer.HasBegunAsync();
            await Task.Run(() => WrappedBackup.Run(wrapped, _wrappedBackup), cancellationToken);
            await writer.StopAsync();
            return null;
        });
        _steps.Add(new DemoStep("back up beside a writer", backedUp, byHand, "BackupDatabase, quick_check and SHA-256"));
    }

    private void CheckBackup()
    {
        // By the wrapped provider: a witness that shares nothing with what wrote it.
        var check = Measure("Check the backup", null, _ =>
        {
            using var connection = DemoDatabase.OpenToRead(_backup, isWrapped: true);
            if (connection.ExecuteScalar<string>("PRAGMA quick_check") == "ok")
                _backupCheck = source.Check(connection, cancellationToken);
            return _backupCheck?.Rows;
        });
        _steps.Add(new DemoStep("check the backup", check));
    }

    private string AsInstalled(long sample)
        => sample < source.Rows ? $"no pragma, no transaction; a sample of {Quantity.Rows(sample)}" : "no pragma, no transaction";

    private DemoMeasure Measure(string title, double? total, Func<IStep, long?> work)
        => MeasureAsync(title, total, step => Task.FromResult(work(step))).GetAwaiter().GetResult();

    private async Task<DemoMeasure> MeasureAsync(string title, double? total, Func<IStep, Task<long?>> work)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var step = steps.Begin(title, total);
        var clock = Stopwatch.StartNew();
        var rows = await work(step);
        var measure = new DemoMeasure(clock.Elapsed, rows);
        step.Finish(measure.ToString());
        return measure;
    }
}
