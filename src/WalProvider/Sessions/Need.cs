namespace WalProvider;

/// <summary>What a statement must wait for before it may run.</summary>
internal enum Need
{
    /// <summary>Nothing: it may run.</summary>
    Nothing,

    /// <summary>The write gate.</summary>
    Gate,

    /// <summary>A lock of another process.</summary>
    Lock,
}
