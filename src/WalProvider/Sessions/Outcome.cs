namespace WalProvider;

/// <summary>How far an execution got without waiting.</summary>
internal enum Outcome
{
    /// <summary>To a statement with a result.</summary>
    Result,

    /// <summary>To the end.</summary>
    End,

    /// <summary>To a write that must wait at the gate.</summary>
    AwaitGate,

    /// <summary>To a lock of another process, which only asking again can tell to be free.</summary>
    AwaitLock,

    /// <summary>To a statement that takes a stream which must be read first.</summary>
    AwaitStream,
}
