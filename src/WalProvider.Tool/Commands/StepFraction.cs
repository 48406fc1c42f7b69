namespace WalProvider.Tool;

/// <summary>Draws the progress of a copy as a step that counts to one.</summary>
internal sealed class StepFraction(IStep step) : IProgress<BackupProgress>
{
    public void Report(BackupProgress value) => step.Report(value.Fraction);
}
