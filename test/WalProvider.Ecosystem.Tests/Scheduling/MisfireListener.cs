using Quartz;
using Quartz.Listener;

namespace WalProvider.Ecosystem.Tests;

/// <summary>Writes the triggers that came too late on a scheduler's board.</summary>
internal sealed class MisfireListener(Board board) : TriggerListenerSupport
{
    public override string Name => nameof(MisfireListener);

    public override Task TriggerMisfired(ITrigger trigger, CancellationToken cancellationToken = default)
    {
        board.Ran($"{trigger.Key.Name} misfired");
        return Task.CompletedTask;
    }
}
