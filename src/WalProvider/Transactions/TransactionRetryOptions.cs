using System.Data.Common;
using Polly;
using Polly.Retry;

namespace WalProvider;

/// <summary>How a whole transaction is tried again after a transient failure.</summary>
public sealed class TransactionRetryOptions
{
    /// <summary>How many times it is tried again after the first. From 0; default 5.</summary>
    public int MaxRetryAttempts { get; set; } = 5;

    /// <summary>The wait before the second try; it doubles from try to try, and is jittered. Default 10 milliseconds.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest wait. Default 1 second.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What the waits are measured by. Default: the system's clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>A pipeline of your own instead of the one that the other settings make. Default: null.</summary>
    /// <remarks>Whatever it decides, a transaction that may have been committed is not run again.</remarks>
    public ResiliencePipeline? Pipeline { get; set; }

    internal ResiliencePipeline ToPipeline()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxRetryAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThan(Delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDelay, TimeSpan.Zero);
        if (Pipeline is not null || MaxRetryAttempts == 0)
        {
            return Pipeline ?? ResiliencePipeline.Empty;
        }

        var retry = new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<DbException>(error => error.IsTransient),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            MaxRetryAttempts = MaxRetryAttempts,
            Delay = Delay,
            MaxDelay = MaxDelay,
        };
        return new ResiliencePipelineBuilder { TimeProvider = TimeProvider }.AddRetry(retry).Build();
    }
}
