using Microsoft.Extensions.Logging;

namespace WalProvider;

/// <summary>Runs a schedule: waits, backs up, waits again, until it is disposed.</summary>
internal sealed class BackupScheduler : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly BackupSchedule _schedule;
    private readonly Func<CancellationToken, Task<BackupResult>> _backUp;
    private readonly ILogger _logger;
    private readonly ITimer _timer;

    /// <summary>Starts to wait for the first backup.</summary>
    /// <param name="schedule">When, and who is told.</param>
    /// <param name="backUp">Makes one backup.</param>
    /// <param name="clock">What the interval is measured by.</param>
    /// <param name="logger">Where a failure is reported.</param>
    internal BackupScheduler(BackupSchedule schedule, Func<CancellationToken, Task<BackupResult>> backUp, TimeProvider clock, ILogger logger)
    {
        _schedule = schedule;
        _backUp = backUp;
        _logger = logger;
        _timer = clock.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm();
    }

    /// <summary>Ends the schedule; a backup that is under way is cancelled and leaves nothing behind.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _stopping.Cancel();
    }

    private void Arm() => _timer.Change(_schedule.Interval, Timeout.InfiniteTimeSpan);

    private void Tick() => _ = Run();

    private async Task Run()
    {
        try
        {
            // NB: not as the argument of a conditional call, which is not evaluated where nobody listens.
            var result = await _backUp(_stopping.Token).ConfigureAwait(false);
            _schedule.Completed?.Invoke(result);
        }
        catch (Exception error) when (!_stopping.IsCancellationRequested)
        {
            ProviderLog.ScheduledBackupFailed(_logger, _schedule.Rotation.Name, error);
            _schedule.Failed?.Invoke(error);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The data source is gone, and so is the schedule.
            return;
        }

        Arm();
    }
}
