namespace WalProvider.Benchmarks;

/// <summary>What a writing process writes through.</summary>
internal enum WriterKind
{
    /// <summary>Ours, by its defaults.</summary>
    Ours,

    /// <summary>The wrapped provider with the same pragmas, busy_timeout among them.</summary>
    Wrapped,

    /// <summary>The same without busy_timeout: its own naps do the waiting.</summary>
    WrappedNaps,
}
