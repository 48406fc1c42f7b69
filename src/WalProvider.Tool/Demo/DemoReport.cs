namespace WalProvider.Tool;

/// <summary>What came of a demo.</summary>
/// <param name="Input">What was loaded.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Steps">What was measured.</param>
/// <param name="Workers">What the worker processes saw.</param>
/// <param name="WrittenDuringBackup">How many rows the writer wrote meanwhile.</param>
/// <param name="Backup">What the backup held; null where the engine itself found it damaged.</param>
/// <param name="Elapsed">How long all of it took.</param>
internal sealed record DemoReport(
    string Input,
    long Rows,
    IReadOnlyList<DemoStep> Steps,
    IReadOnlyList<WorkerReport> Workers,
    long WrittenDuringBackup,
    RowCheck? Backup,
    TimeSpan Elapsed)
{
    /// <summary>Whether every worker saw every row and the backup held them all.</summary>
    public bool IsRight => Workers.All(worker => worker.IsRight) && Backup is { IsRight: true };
}
