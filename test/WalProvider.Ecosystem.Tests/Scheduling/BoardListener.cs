using Quartz;
using Quartz.Listener;

namespace WalProvider.Ecosystem.Tests;

/// <summary>Writes a scheduler's errors on its board.</summary>
internal sealed class BoardListener(Board board) : SchedulerListenerSupport
{
    public override Task SchedulerError(string msg, SchedulerException cause, CancellationToken cancellationToken = default)
    {
        board.Errors.Enqueue($"{msg} {cause}");
        return Task.CompletedTask;
    }
}
