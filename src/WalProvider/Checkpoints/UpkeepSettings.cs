using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace WalProvider;

/// <summary>How the WAL of a pool's file is kept short.</summary>
/// <param name="Options">The limits.</param>
/// <param name="IsExplicit">Whether the user has set them; among the pools of a file such a one goes first.</param>
/// <param name="Logger">Where it is reported.</param>
internal sealed record UpkeepSettings(CheckpointOptions Options, bool IsExplicit, ILogger Logger)
{
    /// <summary>The defaults, reported nowhere. One who has turned SQLite's own checkpoints off wants to do it alone.</summary>
    internal static UpkeepSettings DefaultFor(WalSettings settings)
        => new(new CheckpointOptions { IsEnabled = settings.HasAutocheckpoint }, IsExplicit: false, NullLogger.Instance);
}
