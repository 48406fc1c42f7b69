namespace WalProvider.Worker;

/// <summary>How a reading process reads.</summary>
public enum WatchWay
{
    /// <summary>A connection for each read.</summary>
    Opened,

    /// <summary>One connection.</summary>
    Kept,

    /// <summary>One that may only read.</summary>
    ReadOnly,

    /// <summary>A deferred transaction for each read.</summary>
    Deferred,

    /// <summary>A snapshot for each read.</summary>
    Snapshot,

    /// <summary>Another program's connection: the wrapped provider's.</summary>
    Wrapped,

    /// <summary>The main file alone: for the proof that a reader who is behind is found.</summary>
    Immutable,
}
