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

    [LoggerMessage(
        1003,
        LogLevel.Warning,
        "{DataSource}: the file is on FUSE. WAL is safe there only where the program behind it keeps locks and shared memory as a local disk "
        + "does, and no other machine writes the file. 'Journal Mode'=DELETE needs less; 'Allow Network File System'=True silences this")]
    internal static partial void FileSystemIsDoubtful(ILogger logger, string dataSource);

    /// <summary>Reports a checkpoint that was run in the background.</summary>
    internal static void Checkpointed(ILogger logger, string dataSource, CheckpointMode mode, CheckpointResult result)
        => Checkpointed(
            logger, dataSource, mode, result.CheckpointedFrames, result.LogFrames, result.Completed, result.Elapsed.TotalMilliseconds);

    [LoggerMessage(
        1101,
        LogLevel.Warning,
        "{DataSource}: the WAL cannot be emptied and is {WalBytes} bytes long: '{ApplicationName}' has been reading for {Seconds:0} s, SQL: {Sql}")]
    internal static partial void ReaderPinsWal(
        ILogger logger, string dataSource, long walBytes, string applicationName, double seconds, string sql);

    [LoggerMessage(
        1102,
        LogLevel.Debug,
        "{DataSource}: {Mode} checkpoint, {CheckpointedFrames} of {LogFrames} frames, completed: {Completed}, {Milliseconds:0.0} ms")]
    private static partial void Checkpointed(
        ILogger logger, string dataSource, CheckpointMode mode, int checkpointedFrames, int logFrames, bool completed, double milliseconds);

    [LoggerMessage(1103, LogLevel.Warning, "{DataSource}: the WAL could not be looked after")]
    internal static partial void UpkeepFailed(ILogger logger, string dataSource, Exception error);

    [LoggerMessage(
        1104,
        LogLevel.Information,
        "{DataSource}: SQLite {Version} has the WAL-reset bug; checkpoints of this process are kept clear of it. Where other processes "
        + "write the same file, use SQLite 3.51.3, 3.50.7 or 3.44.6")]
    internal static partial void EngineHasWalResetBug(ILogger logger, string dataSource, string version);

    [LoggerMessage(
        1105,
        LogLevel.Warning,
        "{DataSource}: SQLite {Version} damages what savepoints undo where 'Temp Store' is MEMORY, as this connection string says. Take it "
        + "out, or use SQLite 3.37.2 or later")]
    internal static partial void EngineHasMemoryJournalBug(ILogger logger, string dataSource, string version);

    [LoggerMessage(1201, LogLevel.Error, "The scheduled backup '{Name}' failed; the next is tried in time")]
    internal static partial void ScheduledBackupFailed(ILogger logger, string name, Exception error);
}
