using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

/// <summary>
/// One time between two kills: a process writes a ledger, and this one writes marks, reads, runs checkpoints of all modes and backs
/// up, all on one file; then the writing process is killed while the others go on.
/// </summary>
/// <param name="database">The file.</param>
/// <param name="length">How long the writing process lives.</param>
/// <param name="counts">What was done in all periods.</param>
internal sealed class SoakPeriod(string database, TimeSpan length, SoakCounts counts)
{
    private const int Readers = 2;
    private const string Marks = "CREATE TABLE IF NOT EXISTS marks(n INTEGER PRIMARY KEY)";

    private long _marks;

    /// <summary>Runs it, and looks at what is left.</summary>
    /// <param name="before">What was there before it.</param>
    /// <param name="plan">How the process writes.</param>
    /// <param name="name">What it is called where something is wrong.</param>
    public async Task<SoakState> Run(SoakState before, LedgerPlan plan, string name)
    {
        _marks = before.Marks;
        using (var worker = WorkerProcess.Start("ledger", database, plan.ToString()))
        {
            worker.ReadLine().ShouldBe("ready");
            using var source = new WalDbDataSourceBuilder($"Data Source={database}").Build();
            using var end = new CancellationTokenSource();
            Task[] others =
            [
                .. Enumerable.Range(0, Readers).Select(_ => Patience.OnThread(() => Read(source, before, end.Token))),
                Patience.OnThread(() => Write(source, end.Token)),
                Patience.OnThread(() => Checkpoint(source, end.Token)),
                Patience.OnThread(() => BackUp(source, end.Token)),
            ];

            // Whoever fails says so at once.
            await Task.WhenAny([.. others, Elapsed()]);
            worker.Kill();
            await end.CancelAsync();
            await Task.WhenAll(others).Within();
        }

        return Look(before, plan, name);
    }

    private async Task Elapsed()
    {
        using var timer = new PeriodicTimer(length);
        await timer.WaitForNextTickAsync();
    }

    private SoakState Look(SoakState before, LedgerPlan plan, string name)
    {
        var acknowledged = Math.Max(before.Units, LedgerState.Acknowledged(database));
        var state = LedgerState.Read(database);
        counts.Kills.Add(state, acknowledged, acknowledged + plan.BatchSize, name);
        using var connection = new WalDbConnection($"Data Source={database};Pooling=False");
        connection.Open();
        connection.Ask("SELECT count(*) FROM marks").ShouldBe(_marks, name);
        return new SoakState(state.Units, _marks);
    }

    private void Read(WalDbDataSource source, SoakState before, CancellationToken end)
    {
        for (var last = before.Units; !end.IsCancellationRequested; counts.Read())
        {
            using var connection = source.OpenConnection();
            using var reader = connection.Read("SELECT count(*), coalesce(max(unit) + 1, 0) FROM ledger");
            reader.Read().ShouldBeTrue();
            var (rows, units) = (reader.GetInt64(0), reader.GetInt64(1));
            rows.ShouldBe(units * Ledger.RowsOfUnit);
            units.ShouldBeGreaterThanOrEqualTo(last);
            last = units;
        }
    }

    private void Write(WalDbDataSource source, CancellationToken end)
    {
        using (var connection = source.OpenConnection())
            connection.Run(Marks);
        for (; !end.IsCancellationRequested; counts.Write())
        {
            using var connection = source.OpenConnection();
            connection.Run($"INSERT INTO marks VALUES({_marks})");
            _marks++;
        }
    }

    private void Checkpoint(WalDbDataSource source, CancellationToken end)
    {
        using var connection = source.OpenConnection();
        for (var n = 0; !end.IsCancellationRequested; n++)
            counts.Checkpoint(connection.Checkpoint((CheckpointMode)(n % 4), TimeSpan.FromMilliseconds(100)));
    }

    private void BackUp(WalDbDataSource source, CancellationToken end)
    {
        var copy = database + ".copy";
        using var connection = source.OpenConnection();
        do
        {
            var acknowledged = LedgerState.Acknowledged(database);
            connection.BackupTo(copy);
            counts.Backups.Add(LedgerState.Read(copy), acknowledged, long.MaxValue, $"backup {counts.Backups.Looks}");
        }
        while (!end.IsCancellationRequested);
    }
}
