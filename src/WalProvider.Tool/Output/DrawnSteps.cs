using Spectre.Console;

namespace WalProvider.Tool;

/// <summary>Steps as progress bars, one below the other.</summary>
internal sealed class DrawnSteps(ProgressContext context, OutcomeColumn outcomes) : IStepList
{
    private const int BarWidth = 14;

    public static Task<T> RunAsync<T>(IAnsiConsole console, Func<IStepList, Task<T>> work)
    {
        var outcomes = new OutcomeColumn();
        return console.Progress()
            .AutoClear(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = BarWidth },
                outcomes)
            .StartAsync(context => work(new DrawnSteps(context, outcomes)));
    }

    public IStep Begin(string title, double? total = null)
    {
        var task = context.AddTask(Markup.Escape(title), maxValue: total ?? 1);
        task.IsIndeterminate = total is null;
        return new DrawnStep(task, outcomes);
    }
}
