using Spectre.Console;

namespace WalProvider.Tool;

/// <summary>A step that is a progress bar.</summary>
internal sealed class DrawnStep(ProgressTask task, OutcomeColumn outcomes) : IStep
{
    public void Report(double done)
    {
        if (!task.IsIndeterminate)
            task.Value = Math.Min(done, task.MaxValue);
    }

    public void Finish(string outcome)
    {
        outcomes.Set(task, outcome);
        task.IsIndeterminate = false;
        task.Value = task.MaxValue;
        task.StopTask();
    }
}
