namespace WalProvider;

/// <summary>Says what became of a statement that was stopped, and of what was around it.</summary>
internal static class StopErrors
{
    /// <summary>The exception for what was cancelled.</summary>
    /// <param name="cancellationToken">The token that asked for it; none where the command itself did.</param>
    /// <param name="loss">What was undone beside it.</param>
    internal static OperationCanceledException Cancelled(CancellationToken cancellationToken, StopLoss loss)
        => new($"The command was cancelled.{Explain(loss)}", cancellationToken) { HelpLink = "docs/errors.md" };

    /// <summary>The exception for what still waited, or had just got through, when its connection was closed.</summary>
    internal static InvalidOperationException ClosedMeanwhile()
        => new("The connection was closed before this was done, by another thread or while it waited; nothing more of it is done.");

    /// <summary>A sentence on what was undone beside a write that was stopped; empty where nothing was.</summary>
    internal static string Explain(StopLoss loss) => loss switch
    {
        StopLoss.Transaction => " It was a write, and SQLite has rolled back the whole transaction with it: dispose it, and begin it again.",
        StopLoss.Unit => " It was a write, and SQLite has rolled back the batch unit with it: dispose the unit, and begin it again.",
        _ => "",
    };
}
