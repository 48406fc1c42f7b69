using Microsoft.Extensions.Logging;

namespace WalProvider;

/// <summary>The log events of this library, each with its number.</summary>
internal static partial class ProviderLog
{
    /// <summary>Reports the pragmas of a profile that did not take.</summary>
    internal static void ProfileApplied(ILogger logger, WalSettings settings, EffectiveProfile profile)
    {
        if (profile.IsComplete || !logger.IsEnabled(LogLevel.Warning))
        {
            return;
        }

        foreach (var pragma in profile)
        {
            if (!pragma.IsInEffect)
            {
                PragmaNotInEffect(logger, settings.DataSource, pragma.Name, pragma.Requested, pragma.Actual);
            }
        }
    }

    [LoggerMessage(1001, LogLevel.Warning, "{DataSource}: PRAGMA {Pragma} was to be {Requested} and is {Actual}")]
    private static partial void PragmaNotInEffect(ILogger logger, string dataSource, string pragma, string requested, string? actual);

    [LoggerMessage(1002, LogLevel.Error, "{DataSource}: writes that were pending when the process ended could not be committed")]
    internal static partial void PendingWritesLost(ILogger logger, string dataSource, Exception error);

    [LoggerMessage(1008, LogLevel.Error, "The scheduled backup '{Name}' failed; the next is tried in time")]
    internal static partial void ScheduledBackupFailed(ILogger logger, string name, Exception error);
}
