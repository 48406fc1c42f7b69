namespace WalProvider.Tool;

/// <summary>A backup's progress, shown as a step of total 1.</summary>
internal sealed class StepProgress(IStep step) : IProgress<BackupProgress>
{
    public void Report(BackupProgress value) => step.Report(value.Fraction);
}
