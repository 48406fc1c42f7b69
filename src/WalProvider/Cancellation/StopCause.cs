namespace WalProvider;

/// <summary>What has stopped a statement.</summary>
internal enum StopCause
{
    /// <summary>Nothing: it runs.</summary>
    None,

    /// <summary>The token of the call, or the command's own request.</summary>
    Cancelled,

    /// <summary>Query Timeout.</summary>
    TimedOut,
}
