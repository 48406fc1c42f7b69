using System.Collections.Concurrent;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace WalProvider.Tool;

/// <summary>Beside the bar: how far it is, and in the end what came of it.</summary>
internal sealed class OutcomeColumn : ProgressColumn
{
    private const int WidestPercentage = 4;

    private readonly ConcurrentDictionary<int, string> _outcomes = [];

    protected override bool NoWrap => true;

    /// <summary>Says what came of a task.</summary>
    public void Set(ProgressTask task, string outcome) => _outcomes[task.Id] = outcome;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        return _outcomes.TryGetValue(task.Id, out var outcome) ? new Text(outcome)
            : task.IsIndeterminate ? new Text($"{task.ElapsedTime?.TotalSeconds ?? 0:0.0} s")
            : new Text($"{task.Percentage:0}%".PadLeft(WidestPercentage));
    }
}
